import type { Contract, Outcome, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { defineContract } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import type { FeedEntry, FeedPage } from './feed';
import type { NoticeKind } from './notice';
import type { Maturity, PackageFacts, PackageKind } from './package-facts';

/** What is looked for; all of it must fit. @public */
export interface PackageQuery {
  /** Words, of which each must be found in the name, the description, the keywords or what it does. */
  readonly words?: string;
  readonly kind?: PackageKind;
  /** A contract or port that it provides: `payments.payment-provider`. */
  readonly contract?: string;
  readonly language?: string;
  readonly publisher?: string;
  readonly maturity?: Maturity;
  /** 1 to 100; 20 unless told. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}
/** A line of what was found. @public */
export interface PackageSummary {
  readonly name: string;
  /** The newest version that is not withdrawn and no pre-release, where there is one. */
  readonly latest: string;
  readonly kind: PackageKind;
  readonly description: string;
  readonly publisher: string;
  readonly licence: string;
  readonly maturity: Maturity;
  readonly languages: readonly string[];
  /** An instant: when the latest was published. */
  readonly publishedAt: string;
  /** Cases of its kits that it passes, of those that apply to it. */
  readonly passed: number;
  readonly applicable: number;
  /** Kinds of notices in force about the latest. */
  readonly noticed: readonly NoticeKind[];
}
/** @public */
export interface PackagePage { readonly items: readonly PackageSummary[]; /** Null on the last page. */ readonly next: string | null; readonly total: number }

/** A package with everything that was published of it, the newest first; also one of which nothing is listed any more, by what was listed of it last. @public */
export interface PackageListing extends PackageSummary {
  readonly versions: readonly { readonly version: string; readonly publishedAt: string; /** Hexadecimal. */ readonly sha512: string; readonly noticed: readonly NoticeKind[] }[];
  /** Versions that were listed here and were taken off, and why; absent where a catalogue does not tell. */
  readonly removed?: readonly { readonly version: string; /** A sentence. */ readonly because: string; /** An instant. */ readonly at: string }[];
  /** Signed notices about any of them. */
  readonly notices: readonly Envelope[];
}
/** One release, with all that was signed of it: whoever installs it proves it by themselves. @public */
export interface ReleaseListing {
  readonly facts: PackageFacts;
  readonly sha512: string;
  readonly release: Envelope;
  /** That it stands in this catalogue's log, and since when: hashes in base64 (RFC 9162, 2.1.3). */
  readonly logged: { readonly entry: FeedEntry; readonly index: number; readonly size: number; readonly proof: readonly string[]; /** Of that size, signed. */ readonly checkpoint: string };
  /** What is known of its publisher: each state that it signed, the newest last. */
  readonly publisher: readonly Envelope[];
  readonly assessments: readonly Envelope[];
  /** What whoever was assessed says against these, signed; absent where a catalogue does not tell. */
  readonly counterClaims?: readonly Envelope[];
  readonly notices: readonly Envelope[];
  /** Notices and assessments that were listed here and were taken off, by the digest of what was signed, and why; absent where a catalogue does not tell. Another catalogue may still list them. */
  readonly removed?: readonly { readonly kind: 'notice' | 'assessment'; /** Of the envelope in canonical JSON: `sha256:…`. */ readonly digest: string; /** Whose it says it is. */ readonly by: string; /** A sentence. */ readonly because: string; /** An instant. */ readonly at: string }[];
}
/** What was handed in, and what became of it. @public */
export interface Submission {
  readonly id: string;
  readonly state: 'waiting' | 'listed' | 'refused';
  /** Why it was refused, each as a sentence. */
  readonly reasons: readonly string[];
}
/** @public */
export type SubmitRefusal = Refusal<'malformed' | 'unknown-publisher' | 'not-signed' | 'too-many'>;

/**
 * A catalogue: what a council may install, by whom, and what others found of it. Nothing that it says has to be believed: each thing comes with what was signed. Served as REST under `/api/catalogue/v1`.
 * What is handed in is let in by its signature, and by nobody's being signed in.
 * @public
 */
export interface CatalogueApi {
  search(ctx: RequestContext, query: PackageQuery): Promise<PackagePage>;
  /** @throws NotFound */
  listing(ctx: RequestContext, name: string): Promise<PackageListing>;
  /** @throws NotFound */
  release(ctx: RequestContext, name: string, version: string): Promise<ReleaseListing>;
  /** The bill of materials of a release, as it was handed in (CycloneDX, JSON). @throws NotFound */
  components(ctx: RequestContext, name: string, version: string): Promise<string>;
  /** Each state that a publisher signed, the newest last. @throws NotFound */
  publisher(ctx: RequestContext, id: string): Promise<readonly Envelope[]>;
  /** Hands in a release that is in the registry already, with its bill of materials. It is fetched and looked at afterwards. The same release handed in again is the same submission. */
  submitRelease(ctx: RequestContext, submitted: { readonly release: Envelope; readonly components: string }): Promise<Outcome<Submission, SubmitRefusal>>;
  /** Hands in a publisher's first or newer state of itself. The first waits until somebody of the catalogue has made sure who it is. */
  submitPublisher(ctx: RequestContext, publisher: Envelope): Promise<Outcome<Submission, SubmitRefusal>>;
  submitNotice(ctx: RequestContext, notice: Envelope): Promise<Outcome<Submission, SubmitRefusal>>;
  /** Hands in what somebody found of a package or a deployment, or what whoever was assessed says against that. Who signed it, and what it is worth, is for each council to work out. */
  submitAssessment(ctx: RequestContext, assessment: Envelope): Promise<Outcome<Submission, SubmitRefusal>>;
  /** @throws NotFound */
  submission(ctx: RequestContext, id: string): Promise<Submission>;
  /** The catalogue's log from this entry on, up to 1,000 at once: fewer where the page would become too large, and none only where it has no more. */
  feed(ctx: RequestContext, from: number, limit: number): Promise<FeedPage>;
  /** The newest checkpoint, signed (C2SP signed-note). */
  checkpoint(ctx: RequestContext): Promise<string>;
  /** That the log of one size begins with that of a smaller: hashes in base64 (RFC 9162, 2.1.4). @throws InvalidInput */
  consistency(ctx: RequestContext, from: number, to: number): Promise<readonly string[]>;
}
/** The contract that other modules inject: `@Inject(CATALOGUE.token) catalogue: CatalogueApi`. @public */
export const CATALOGUE: Contract<CatalogueApi> = defineContract<CatalogueApi>({
  id: 'catalogue',
  version: '0.1.0',
  dispatch: (pick) => ({
    search: (ctx, query) => pick(ctx).search(ctx, query),
    listing: (ctx, name) => pick(ctx).listing(ctx, name),
    release: (ctx, name, version) => pick(ctx).release(ctx, name, version),
    components: (ctx, name, version) => pick(ctx).components(ctx, name, version),
    publisher: (ctx, id) => pick(ctx).publisher(ctx, id),
    submitRelease: (ctx, submitted) => pick(ctx).submitRelease(ctx, submitted),
    submitPublisher: (ctx, publisher) => pick(ctx).submitPublisher(ctx, publisher),
    submitNotice: (ctx, notice) => pick(ctx).submitNotice(ctx, notice),
    submitAssessment: (ctx, assessment) => pick(ctx).submitAssessment(ctx, assessment),
    submission: (ctx, id) => pick(ctx).submission(ctx, id),
    feed: (ctx, from, limit) => pick(ctx).feed(ctx, from, limit),
    checkpoint: (ctx) => pick(ctx).checkpoint(ctx),
    consistency: (ctx, from, to) => pick(ctx).consistency(ctx, from, to),
  }),
});
