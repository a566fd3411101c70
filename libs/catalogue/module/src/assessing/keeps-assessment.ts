import { readAssessment, type AssessmentStatement } from '@guildhall/assurance-contract';
import { publisherKeysAt, respelt, type Publisher } from '@guildhall/catalogue-contract';
import { sql, write } from '@guildhall/kernel';
import { done, refused, type Outcome, type Refusal, type TransactionContext } from '@guildhall/kernel-contract';
import { dateAfter, documentDigest, ukDay, verifyEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import type { HeldFeed } from '../logging/writes-feed';
import { putOut, putOutWords } from '../publishing/put-out';
import { assessedIn } from './take-off-assessment';

/** Why an assessment is not listed. */
export type AssessmentNotListed = Refusal<'malformed' | 'unknown-publisher' | 'not-signed' | 'listed-already' | 'removed-here'>;
const NPM = /^(pkg:npm\/(?:%40[^/@]+\/)?[^/@]+)@(.+)$/;

/** Who says that they signed this: the publisher before the `#` of a key's name. */
export function assessorOf({ signatures }: Envelope): string | undefined { return signatures.flatMap(({ keyid }) => keyid?.split('#', 1) ?? [])[0]; }

/** Whether somebody has signed what was found, by a key that was its own alone when a log that is believed had it first. */
export function assessedBy(assessor: Publisher, envelope: Envelope, loggedAt: Date): Outcome<undefined, Refusal<'not-signed'>> {
  return verifyEnvelope(envelope, publisherKeysAt(assessor, loggedAt), 1).ok ? done(undefined) : refused('not-signed', `The assessment is not signed by a key that ${assessor.id} has.`);
}

/** Lists what somebody found: the same for what is handed in and for what comes from another catalogue's feed. What it is worth each council works out. */
@Injectable()
export class KeepsAssessment {
  /** @param loggedAt when a log that is believed had it first; now unless told */
  async keep(tx: TransactionContext, feed: HeldFeed, envelope: Envelope, from: string | null, loggedAt = feed.at): Promise<Outcome<AssessmentStatement, AssessmentNotListed>> {
    const read = readAssessment(envelope);
    if (!read.ok) return refused('malformed', read.refusal.message);
    const assessor = assessorOf(envelope) ?? '';
    const digest = documentDigest(envelope);
    const [[publisher], [known]] = await Promise.all([
      sql<{ state: Publisher }>(tx, 'select state from catalogue.publisher where council_id = $1 and publisher_id = $2', [tx.council.id, assessor]),
      sql<{ removed_because: string | null }>(tx, 'select removed_because from catalogue.assessment where council_id = $1 and digest = $2', [tx.council.id, digest]),
    ]);
    if (!publisher) {
      const out = await putOut(tx, assessor);
      return refused('unknown-publisher', out ? putOutWords(assessor, out) : `${assessor || 'Whoever signed it'} is not known here. Say who you are first (guildhall publisher submit); somebody makes sure of it once.`);
    }
    const signed = assessedBy(publisher.state, envelope, loggedAt);
    if (!signed.ok) return signed;
    const isRespelt = respelt(envelope, publisher.state);
    if (isRespelt !== undefined) return refused('not-signed', isRespelt);
    if (read.value.predicate.assessedOn > dateAfter(ukDay(loggedAt), 'P1D')) return refused('malformed', `Nobody has looked at anything on ${read.value.predicate.assessedOn} yet.`);
    if (known && known.removed_because !== null) return refused('removed-here', `This assessment was taken off here: ${known.removed_because}`);
    if (known) return refused('listed-already', 'This assessment is listed already.');
    const { subject, predicate } = read.value;
    feed.list({ kind: 'assessment', about: assessedIn(envelope), version: null, envelope, from });
    write(tx, 'insert into catalogue.assessment (council_id, digest, assessor_id, standard, assessed_on, valid_until, listed_at, logged_at) values ($1, $2, $3, $4, $5::date, $6::date, $7::timestamptz, $8::timestamptz)', [tx.council.id, digest, assessor, predicate.standard, predicate.assessedOn, predicate.validUntil, feed.at.toISOString(), loggedAt.toISOString()]);
    for (const { name } of subject) {
      const [, of = name, version = null] = NPM.exec(name) ?? [];
      write(tx, 'insert into catalogue.assessment_subject (council_id, subject, digest, version, also_versions) values ($1, $2, $3, $4, $5) on conflict do nothing', [tx.council.id, of, digest, version, version === null ? null : (predicate.alsoFor?.versions ?? null)]);
    }
    return done(read.value);
  }
}
