import { COUNTER_CLAIM_TYPE, readAssessment, readCounterClaim } from '@guildhall/assurance-contract';
import { openNotice, readNotice, type Submission, type SubmitRefusal } from '@guildhall/catalogue-contract';
import { Database, isTaken } from '@guildhall/kernel';
import { CLOCK, IDS, done, refused, type Clock, type Ids, type Outcome, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { readEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { KeepsAssessment, assessorOf } from '../assessing/keeps-assessment';
import { KeepsCounterClaim } from '../assessing/keeps-counter-claim';
import { WritesFeed, type HeldFeed } from '../logging/writes-feed';
import { ReadsPublishers } from '../publishing/reads-publishers';
import { KeepsNotice } from '../telling/keeps-notice';
import { givenBefore, keepSubmission, same, type Given } from './submission';

/** Takes what somebody tells of packages and deployments: notices of publishers, what assessors found, and what is said against that. All are decided at once. */
@Injectable()
export class TakesWord {
  constructor(
    private readonly db: Database, private readonly publishers: ReadsPublishers, private readonly feed: WritesFeed, private readonly notices: KeepsNotice, private readonly assessments: KeepsAssessment, private readonly counterClaims: KeepsCounterClaim,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  async notice(ctx: RequestContext, handed: Envelope): Promise<Outcome<Submission, SubmitRefusal>> {
    const envelope = readEnvelope(handed);
    if (!envelope.ok) return envelope;
    const read = readNotice(envelope.value);
    if (!read.ok) return refused('malformed', read.refusal.message);
    const { publisher: id, package: name } = read.value;
    const publisher = await this.publishers.known(ctx, id);
    if (!publisher) return refused('unknown-publisher', await this.publishers.why(ctx, id, `${id} does not publish here.`));
    const opened = openNotice(envelope.value, publisher, this.clock.now());
    if (!opened.ok) return refused('not-signed', opened.refusal.message);
    return this.#keep(ctx, { kind: 'notice', envelope: envelope.value, publisher: id, about: name }, (tx, feed) => this.notices.keep(tx, feed, envelope.value, id, null));
  }

  async assessment(ctx: RequestContext, handed: Envelope): Promise<Outcome<Submission, SubmitRefusal>> {
    const envelope = readEnvelope(handed);
    if (!envelope.ok) return envelope;
    if (envelope.value.payloadType === COUNTER_CLAIM_TYPE) return this.#counterClaim(ctx, envelope.value);
    const read = readAssessment(envelope.value);
    if (!read.ok) return refused('malformed', read.refusal.message);
    const about = (read.value.subject[0]?.name ?? '').slice(0, 300);
    return this.#keep(ctx, { kind: 'assessment', envelope: envelope.value, publisher: assessorOf(envelope.value) ?? '', about }, (tx, feed) => this.assessments.keep(tx, feed, envelope.value, null));
  }

  #counterClaim(ctx: RequestContext, envelope: Envelope): Promise<Outcome<Submission, SubmitRefusal>> {
    const read = readCounterClaim(envelope);
    if (!read.ok) return Promise.resolve(refused('malformed', read.refusal.message));
    const { by, assessment } = read.value;
    return this.#keep(ctx, { kind: 'assessment', envelope, publisher: by, about: assessment }, (tx, feed) => this.counterClaims.keep(tx, feed, envelope, null));
  }

  async #keep(ctx: RequestContext, given: Given, keep: (tx: TransactionContext, feed: HeldFeed) => Promise<Outcome<unknown>>, again = true): Promise<Outcome<Submission, SubmitRefusal>> {
    try {
      return await this.db.run(ctx, async (tx) => {
        const before = await givenBefore(tx, given);
        if (before) return same(before);
        const kept = await this.feed.hold(tx, (feed) => keep(tx, feed));
        // Whoever is not known could hand in without an end: nothing of it is kept.
        if (!kept.ok && (kept.refusal.reason === 'unknown-publisher' || kept.refusal.reason === 'not-signed')) return refused(kept.refusal.reason, kept.refusal.message);
        // What it is about may come yet: then the same can be handed in again.
        if (!kept.ok && kept.refusal.reason === 'no-assessment') return refused('malformed', kept.refusal.message);
        return done(keepSubmission(tx, this.ids.uuid(), given, this.clock.now(), { state: kept.ok ? 'listed' : 'refused', reasons: kept.ok ? [] : [kept.refusal.message] }));
      }, { retry: true });
    } catch (error) {
      if (again && isTaken(error, 'catalogue.submission')) return this.#keep(ctx, given, keep, false);
      throw error;
    }
  }
}
