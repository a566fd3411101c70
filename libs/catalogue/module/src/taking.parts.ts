import { does, every } from '@guildhall/kernel';
import { KeepsAssessment } from './assessing/keeps-assessment';
import { KeepsCounterClaim } from './assessing/keeps-counter-claim';
import { ListsRelease } from './listing/lists-release';
import { PutsOutPublisher } from './letting-in/puts-out-publisher';
import { TakesOffWord } from './letting-in/takes-off-word';
import { WritesFeed } from './logging/writes-feed';
import { DrawsPictures } from './picturing/draws-pictures';
import { KeptPictures } from './picturing/kept-pictures';
import { AdmitsPublishers } from './publishing/admits-publishers';
import { LookAgain } from './publishing/jobs';
import { KeepsPublisher } from './publishing/keeps-publisher';
import { LooksAgain } from './publishing/looks-again';
import { TakesPublisher } from './publishing/takes-publisher';
import { FetchesPackage } from './taking/fetches-package';
import { FindsForgotten } from './taking/finds-forgotten';
import { FindForgotten, LookAtRelease } from './taking/jobs';
import { LooksAtRelease } from './taking/looks-at-release';
import { TakesRelease } from './taking/takes-release';
import { TakesWord } from './taking/takes-word';
import { KeepsNotice } from './telling/keeps-notice';

/** What the catalogue takes things by, and lists them. */
export const takingProviders = [WritesFeed, TakesRelease, LooksAtRelease, FetchesPackage, FindsForgotten, ListsRelease, TakesPublisher, KeepsPublisher, AdmitsPublishers, LooksAgain, TakesWord, KeepsNotice, KeepsAssessment, KeepsCounterClaim, PutsOutPublisher, TakesOffWord, DrawsPictures, KeptPictures];
export const takingJobs = [does(LookAtRelease, LooksAtRelease), does(FindForgotten, FindsForgotten), does(LookAgain, LooksAgain)];
export const takingRecurring = [every('15 minutes', FindForgotten)];
