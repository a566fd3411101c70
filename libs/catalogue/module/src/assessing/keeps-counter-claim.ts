import { readAssessment, readCounterClaim, type CounterClaim } from '@guildhall/assurance-contract';
import { publisherKeysAt, respelt, type Publisher } from '@guildhall/catalogue-contract';
import { sql } from '@guildhall/kernel';
import { done, refused, type Outcome, type Refusal, type TransactionContext } from '@guildhall/kernel-contract';
import { documentDigest, verifyEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import type { HeldFeed } from '../logging/writes-feed';
import { wasAssessed } from './was-assessed';

/** Why a counter-claim is not listed. */
export type CounterClaimNotListed = Refusal<'malformed' | 'unknown-publisher' | 'not-signed' | 'no-assessment' | 'not-assessed' | 'not-newer'>;
/** Clocks of those who sign and those who list differ by no more. */
const CLOCKS_DIFFER_BY_MS = 5 * 60 * 1000;

/** Lists what whoever was assessed says against it: the same for what is handed in and for what comes from another catalogue's feed. Nobody else speaks for them. */
@Injectable()
export class KeepsCounterClaim {
  /** @param loggedAt when a log that is believed had it first; now unless told */
  async keep(tx: TransactionContext, feed: HeldFeed, envelope: Envelope, from: string | null, loggedAt = feed.at): Promise<Outcome<CounterClaim, CounterClaimNotListed>> {
    const read = readCounterClaim(envelope);
    if (!read.ok) return refused('malformed', read.refusal.message);
    const { by, assessment, at } = read.value;
    const [[publisher], [assessed], [before]] = await Promise.all([
      sql<{ state: Publisher }>(tx, 'select state from catalogue.publisher where council_id = $1 and publisher_id = $2', [tx.council.id, by]),
      sql<{ envelope: Envelope }>(tx, 'select s.envelope from catalogue.assessment a join catalogue.signed s on s.council_id = a.council_id and s.digest = a.digest where a.council_id = $1 and a.digest = $2 and a.removed_because is null', [tx.council.id, assessment]),
      sql<{ at: Date }>(tx, 'select at from catalogue.counter_claim where council_id = $1 and assessment = $2 and publisher_id = $3', [tx.council.id, assessment, by]),
    ]);
    if (!publisher) return refused('unknown-publisher', `${by} is not known here. Say who you are first (guildhall publisher submit); somebody makes sure of it once.`);
    const isSigned = isSignedBy(envelope, publisher.state, read.value, loggedAt);
    if (!isSigned.ok) return isSigned;
    const of = assessed && readAssessment(assessed.envelope);
    if (!of?.ok) return refused('no-assessment', 'The assessment against which this is said is not listed here.');
    const { subject } = of.value;
    if (!wasAssessed(publisher.state, subject.map(({ name }) => name))) return refused('not-assessed', `${by} was not assessed there: only whoever publishes a package under a scope of theirs, or runs a deployment below the address of their website, says something against what was found of it.`);
    if (before && before.at >= new Date(at)) return refused('not-newer', `${by} has said something against it at ${before.at.toISOString()} already. Say it again with a later time.`);
    feed.list({ kind: 'assessment', about: (subject[0]?.name ?? '').slice(0, 300), version: null, envelope, from });
    await sql(tx, `insert into catalogue.counter_claim (council_id, assessment, publisher_id, digest, at, logged_at, listed_at) values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (council_id, assessment, publisher_id) do update set digest = excluded.digest, at = excluded.at, logged_at = excluded.logged_at, listed_at = excluded.listed_at`, [tx.council.id, assessment, by, documentDigest(envelope), new Date(at), loggedAt, feed.at]);
    return done(read.value);
  }
}

/** Whether a publisher has signed a counter-claim with a key that it had, when a log that is believed had it. */
export function isSignedBy(envelope: Envelope, publisher: Publisher, { by, at }: Pick<CounterClaim, 'by' | 'at'>, loggedAt: Date): Outcome<undefined, Refusal<'not-signed'>> {
  const said = new Date(at);
  const isInTime = said.getTime() <= loggedAt.getTime() + CLOCKS_DIFFER_BY_MS;
  if (publisher.id !== by || !isInTime || !verifyEnvelope(envelope, publisherKeysAt(publisher, said, loggedAt), 1).ok) return refused('not-signed', `This is not signed by a key that ${by} had at ${at}.`);
  const isRespelt = respelt(envelope, publisher);
  return isRespelt === undefined ? done(undefined) : refused('not-signed', isRespelt);
}
