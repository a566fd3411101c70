import { does, every } from '@guildhall/kernel';
import { AssuranceController } from './assessing/assurance.controller';
import { ReadsAssurance } from './assessing/reads-assurance';
import { FeedsApiController } from './federating/feeds-api.controller';
import { FeedsController } from './federating/feeds.controller';
import { FetchesBills } from './federating/fetches-bills';
import { FollowsFeeds } from './federating/follows-feeds';
import { JudgeAgain, MirrorFeed, MirrorFeeds } from './federating/jobs';
import { JudgesAgain } from './federating/judges-again';
import { JudgingController } from './federating/judging.controller';
import { MirrorsFeed } from './federating/mirrors-feed';
import { MirrorsFeeds } from './federating/mirrors-feeds';
import { TakesFeedItem } from './federating/takes-feed-item';
import { NewsController } from './telling/news.controller';
import { ReadsNews } from './telling/reads-news';

/** What follows other catalogues, and tells others of this one. */
export const federatingControllers = [FeedsController, FeedsApiController, JudgingController, AssuranceController, NewsController];
export const federatingProviders = [FollowsFeeds, FetchesBills, MirrorsFeed, MirrorsFeeds, JudgesAgain, TakesFeedItem, ReadsAssurance, ReadsNews];
export const federatingJobs = [does(MirrorFeeds, MirrorsFeeds), does(MirrorFeed, MirrorsFeed), does(JudgeAgain, JudgesAgain)];
export const federatingRecurring = [every('5 minutes', MirrorFeeds)];
