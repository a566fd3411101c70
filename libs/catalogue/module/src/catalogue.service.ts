import type { CatalogueApi, FeedPage, PackageListing, PackagePage, PackageQuery, ReleaseListing, Submission, SubmitRefusal } from '@guildhall/catalogue-contract';
import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { ReadsFeed } from './logging/reads-feed';
import { ReadsPublishers } from './publishing/reads-publishers';
import { TakesPublisher } from './publishing/takes-publisher';
import { ReadsPackages } from './reading/reads-packages';
import { ReadsSubmissions } from './reading/reads-submissions';
import { SearchesPackages } from './searching/searches-packages';
import { TakesRelease } from './taking/takes-release';
import { TakesWord } from './taking/takes-word';

/** What the catalogue offers to other modules and, over HTTP, to everybody. */
@Injectable()
export class CatalogueService implements CatalogueApi {
  constructor(
    private readonly searching: SearchesPackages, private readonly packages: ReadsPackages, private readonly publishers: ReadsPublishers, private readonly submissions: ReadsSubmissions, private readonly log: ReadsFeed,
    private readonly releases: TakesRelease, private readonly taking: TakesPublisher, private readonly words: TakesWord,
  ) {}

  search(ctx: RequestContext, query: PackageQuery): Promise<PackagePage> { return this.searching.search(ctx, query); }
  listing(ctx: RequestContext, name: string): Promise<PackageListing> { return this.packages.listing(ctx, name); }
  release(ctx: RequestContext, name: string, version: string): Promise<ReleaseListing> { return this.packages.release(ctx, name, version); }
  components(ctx: RequestContext, name: string, version: string): Promise<string> { return this.packages.components(ctx, name, version); }
  publisher(ctx: RequestContext, id: string): Promise<readonly Envelope[]> { return this.publishers.states(ctx, id); }
  submitRelease(ctx: RequestContext, submitted: { readonly release: Envelope; readonly components: string }): Promise<Outcome<Submission, SubmitRefusal>> { return this.releases.take(ctx, submitted); }
  submitPublisher(ctx: RequestContext, publisher: Envelope): Promise<Outcome<Submission, SubmitRefusal>> { return this.taking.take(ctx, publisher); }
  submitNotice(ctx: RequestContext, notice: Envelope): Promise<Outcome<Submission, SubmitRefusal>> { return this.words.notice(ctx, notice); }
  submitAssessment(ctx: RequestContext, assessment: Envelope): Promise<Outcome<Submission, SubmitRefusal>> { return this.words.assessment(ctx, assessment); }
  submission(ctx: RequestContext, id: string): Promise<Submission> { return this.submissions.read(ctx, id); }
  feed(ctx: RequestContext, from: number, limit: number): Promise<FeedPage> { return this.log.page(ctx, from, limit); }
  checkpoint(ctx: RequestContext): Promise<string> { return this.log.checkpoint(ctx); }
  consistency(ctx: RequestContext, from: number, to: number): Promise<readonly string[]> { return this.log.consistency(ctx, from, to); }
}
