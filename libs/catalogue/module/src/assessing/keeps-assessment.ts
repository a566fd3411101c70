import { readAssessment, type AssessmentStatement } from '@guildhall/assurance-contract';
import { publisherKeysAt, respelt, type Publisher } from '@guildhall/catalogue-contract';
import { sql, write } from '@guildhall/kernel';
import { done, refused, type Outcome, type Refusal, type TransactionContext } from '@guildhall/kernel-contract';
import { dateAfter, documentDigest, ukDay, verifyEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import type { HeldFeed } from '../logging/writes-feed';

/** Why an assessment is not listed. */
export type AssessmentNotListed = Refusal<'malformed' | 'unknown-publisher' | 'not-signed' | 'listed-already'>;
const NPM = /^(pkg:npm\/(?:%40[^/@]+\/)?[^/@]+)@(.+)$/;

/** Who says that they signed this: the publisher before the `#` of a key's name. */
export function assessorOf({ signatures }: Envelope): string | undefined { return signatures.flatMap(({ keyid }) => keyid?.split('#', 1) ?? [])[0]; }

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
      sql<{ listed: number }>(tx, 'select 1 as listed from catalogue.assessment where council_id = $1 and digest = $2', [tx.council.id, digest]),
    ]);
    if (!publisher) return refused('unknown-publisher', `${assessor || 'Whoever signed it'} is not known here. Say who you are first (guildhall publisher submit); somebody makes sure of it once.`);
    if (!verifyEnvelope(envelope, publisherKeysAt(publisher.state, loggedAt), 1).ok) return refused('not-signed', `The assessment is not signed by a key that ${assessor} has.`);
    const isRespelt = respelt(envelope, publisher.state);
    if (isRespelt !== undefined) return refused('not-signed', isRespelt);
    if (read.value.predicate.assessedOn > dateAfter(ukDay(loggedAt), 'P1D')) return refused('malformed', `Nobody has looked at anything on ${read.value.predicate.assessedOn} yet.`);
    if (known) return refused('listed-already', 'This assessment is listed already.');
    const { subject, predicate } = read.value;
    feed.list({ kind: 'assessment', about: (subject[0]?.name ?? '').slice(0, 300), version: null, envelope, from });
    write(tx, 'insert into catalogue.assessment (council_id, digest, assessor_id, standard, assessed_on, valid_until, listed_at) values ($1, $2, $3, $4, $5::date, $6::date, $7::timestamptz)', [tx.council.id, digest, assessor, predicate.standard, predicate.assessedOn, predicate.validUntil, feed.at.toISOString()]);
    for (const { name } of subject) {
      const [, of = name, version = null] = NPM.exec(name) ?? [];
      write(tx, 'insert into catalogue.assessment_subject (council_id, subject, digest, version, also_versions) values ($1, $2, $3, $4, $5) on conflict do nothing', [tx.council.id, of, digest, version, version === null ? null : (predicate.alsoFor?.versions ?? null)]);
    }
    return done(read.value);
  }
}
