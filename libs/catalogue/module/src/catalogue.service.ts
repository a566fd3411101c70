import type { CatalogueApi, FeedPage, PackageListing, PackagePage, PackageQuery, ReleaseListing, Submission, SubmitRefusal } from '@guildhall/catalogue-contract';
import { refused, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { ReadsFeed } from './logging/reads-feed';
import { ReadsPublishers } from './publishing/reads-publishers';
import { ReadsPackages } from './reading/reads-packages';
import { ReadsSubmissions } from './reading/reads-submissions';
import { SearchesPackages } from './searching/searches-packages';

/** What the catalogue offers to other modules and, over HTTP, to everybody. */
@Injectable()
export class CatalogueService implements CatalogueApi {
  constructor(private readonly searching: SearchesPackages, private readonly packages: ReadsPackages, private readonly publishers: ReadsPublishers, private readonly submissions: ReadsSubmissions, private readonly log: ReadsFeed) {}

  search(ctx: RequestContext, query: PackageQuery): Promise<PackagePage> { return this.searching.search(ctx, query); }
  listing(ctx: RequestContext, name: string): Promise<PackageListing> { return this.packages.listing(ctx, name); }
  release(ctx: RequestContext, name: string, version: string): Promise<ReleaseListing> { return this.packages.release(ctx, name, version); }
  components(ctx: RequestContext, name: string, version: string): Promise<string> { return this.packages.components(ctx, name, version); }
  publisher(ctx: RequestContext, id: string): Promise<readonly Envelope[]> { return this.publishers.states(ctx, id); }
  submitRelease(): Promise<Outcome<Submission, SubmitRefusal>> { return Promise.resolve(refused('too-many', 'Nothing is taken here yet.')); }
  submitPublisher(): Promise<Outcome<Submission, SubmitRefusal>> { return Promise.resolve(refused('too-many', 'Nothing is taken here yet.')); }
  submitNotice(): Promise<Outcome<Submission, SubmitRefusal>> { return Promise.resolve(refused('too-many', 'Nothing is taken here yet.')); }
  submitAssessment(): Promise<Outcome<Submission, SubmitRefusal>> { return Promise.resolve(refused('too-many', 'Nothing is taken here yet.')); }
  submission(ctx: RequestContext, id: string): Promise<Submission> { return this.submissions.read(ctx, id); }
  feed(ctx: RequestContext, from: number, limit: number): Promise<FeedPage> { return this.log.page(ctx, from, limit); }
  checkpoint(ctx: RequestContext): Promise<string> { return this.log.checkpoint(ctx); }
  consistency(ctx: RequestContext, from: number, to: number): Promise<readonly string[]> { return this.log.consistency(ctx, from, to); }
}
