import { COUNTER_CLAIM_TYPE, readAssessment, readCounterClaim } from '@guildhall/assurance-contract';
import { done, refused, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { dateAfter, documentDigest, ukDay, verifyEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { CLOCKS_DIFFER_BY_MS, publisherKeysAt, respelt, type Publisher } from '../publisher';
import type { InMemoryFeed } from './in-memory-feed';

/** Why something is not listed. What nobody known here has said is refused at once; the rest was looked at. */
export type AssessmentRefusal = Refusal<'malformed' | 'unknown-publisher' | 'not-signed' | 'not-now' | 'not-assessed'>;
interface Kept { readonly envelope: Envelope; /** Without their versions. */ readonly about: readonly string[]; readonly first: string; readonly claims: Map<string, { readonly envelope: Envelope; readonly at: string }> }
const NPM = /^(pkg:npm\/(?:%40[^/@]+\/)?[^/@]+)@(.+)$/;

/** What assessors found, and what is said against it, in memory. */
export class InMemoryAssessments {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly publishers: ReadonlyMap<string, Publisher>, private readonly feed: InMemoryFeed) {}

  take(envelope: Envelope, now: Date): Outcome<unknown, AssessmentRefusal> { return envelope.payloadType === COUNTER_CLAIM_TYPE ? this.#takeClaim(envelope, now) : this.#takeAssessment(envelope, now); }

  /** Of a package: its name as packages have it. */
  about(name: string): readonly Envelope[] { return this.#of(name).map(({ envelope }) => envelope); }
  /** The newest first. */
  claimsAbout(name: string): readonly Envelope[] { return this.#of(name).flatMap(({ claims }) => [...claims.values()]).sort((a, b) => (a.at < b.at ? 1 : -1)).map(({ envelope }) => envelope); }

  #of(name: string): readonly Kept[] { return [...this.#kept.values()].filter(({ about }) => about.includes(`pkg:npm/${name.replace('@', '%40')}`)); }

  #takeAssessment(envelope: Envelope, now: Date): Outcome<unknown, AssessmentRefusal> {
    const read = readAssessment(envelope);
    if (!read.ok) return refused('malformed', read.refusal.message);
    const [assessor = ''] = envelope.signatures.flatMap(({ keyid }) => keyid?.split('#', 1) ?? []);
    const publisher = this.publishers.get(assessor);
    if (!publisher) return refused('unknown-publisher', `${assessor || 'Whoever signed it'} is not known here.`);
    if (!verifyEnvelope(envelope, publisherKeysAt(publisher, now), 1).ok || respelt(envelope, publisher) !== undefined) return refused('not-signed', `The assessment is not as ${assessor} signed it.`);
    const { subject, predicate: { assessedOn } } = read.value;
    if (assessedOn > dateAfter(ukDay(now), 'P1D')) return refused('not-now', `Nobody has looked at anything on ${assessedOn} yet.`);
    const first = subject[0]?.name ?? '';
    this.#kept.set(documentDigest(envelope), { envelope, first, about: subject.map(({ name }) => NPM.exec(name)?.[1] ?? name), claims: new Map() });
    this.feed.list('assessment', first, null, envelope, now);
    return done(undefined);
  }

  #takeClaim(envelope: Envelope, now: Date): Outcome<unknown, AssessmentRefusal> {
    const read = readCounterClaim(envelope);
    if (!read.ok) return refused('malformed', read.refusal.message);
    const { by, assessment, at } = read.value;
    const publisher = this.publishers.get(by);
    if (!publisher) return refused('unknown-publisher', `${by} is not known here.`);
    const said = new Date(at);
    if (said.getTime() > now.getTime() + CLOCKS_DIFFER_BY_MS || !verifyEnvelope(envelope, publisherKeysAt(publisher, said, now), 1).ok || respelt(envelope, publisher) !== undefined) return refused('not-signed', `This is not as ${by} signed it at ${at}.`);
    const assessed = this.#kept.get(assessment);
    if (!assessed) return refused('malformed', 'The assessment against which this is said is not listed here.');
    if (!assessed.about.some((name) => wasAssessed(publisher, name))) return refused('not-assessed', `${by} was not assessed there.`);
    const before = assessed.claims.get(by);
    if (before && before.at >= at) return refused('not-now', `${by} has said something against it at ${before.at} already.`);
    assessed.claims.set(by, { envelope, at });
    this.feed.list('assessment', assessed.first, null, envelope, now);
    return done(undefined);
  }
}

/** A package under a scope of theirs, or a deployment below the address of their website. */
function wasAssessed({ scopes, contact: { web } }: Publisher, name: string): boolean {
  return scopes.some((scope) => name.startsWith(`pkg:npm/${scope.replace('@', '%40')}/`)) || (web !== undefined && URL.canParse(name) && new URL(name).origin === new URL(web).origin);
}
