import { proveRelease, readRelease, respelt, type Submission, type SubmitRefusal } from '@guildhall/catalogue-contract';
import { Database, enqueue, isTaken, write } from '@guildhall/kernel';
import { CLOCK, IDS, done, refused, type Clock, type Ids, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { readEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnFeed } from '../logging/own-feed';
import { ReadsPublishers } from '../publishing/reads-publishers';
import { provedBill } from './bill-of-materials';
import { LookAtRelease } from './jobs';
import { givenBefore, keepSubmission, same, tooMuchWaits, type Given } from './submission';

const MOST_WAITING = 500;

/** Takes a release that somebody hands in: what it says is signed by whom it says; what it is about is looked at afterwards. */
@Injectable()
export class TakesRelease {
  constructor(private readonly db: Database, private readonly publishers: ReadsPublishers, private readonly own: OwnFeed, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  async take(ctx: RequestContext, { release, components }: { readonly release: Envelope; readonly components: string }): Promise<Outcome<Submission, SubmitRefusal>> {
    const envelope = readEnvelope(release);
    if (!envelope.ok) return envelope;
    const read = readRelease(envelope.value);
    if (!read.ok) return refused('malformed', read.refusal.message);
    const { subject: [subject], predicate } = read.value;
    const { package: name, version, publisher: by } = predicate;
    const bill = provedBill(components, predicate.components);
    if (!bill.ok) return refused('malformed', `${name} ${version}: ${bill.refusal.message}`);
    const publisher = await this.publishers.known(ctx, by);
    if (!publisher) return refused('unknown-publisher', await this.publishers.why(ctx, by, `${by} does not publish here yet. Hand in who you are first (POST publishers); somebody makes sure of it once.`));
    const now = this.clock.now();
    const signed = proveRelease(envelope.value, { package: name, version, sha512: subject.digest.sha512, facts: predicate.facts, publisher, known: [], now });
    if (!signed.ok) return refused(signed.refusal.reason === 'malformed' ? 'malformed' : 'not-signed', signed.refusal.message);
    const isRespelt = respelt(envelope.value, publisher);
    if (isRespelt !== undefined) return refused('not-signed', isRespelt);
    const given: Given = { kind: 'release', envelope: envelope.value, publisher: by, about: name, version, components };
    return this.#keep(ctx, given, now);
  }

  async #keep(ctx: RequestContext, given: Given, now: Date, again = true): Promise<Outcome<Submission, SubmitRefusal>> {
    try {
      return await this.db.run(ctx, async (tx) => {
        const before = await givenBefore(tx, given);
        if (before && !before.may_try_again) return same(before);
        const tooMany = await tooMuchWaits(tx, given, this.own.options(ctx).mostWaiting ?? MOST_WAITING);
        if (tooMany) return tooMany;
        const id = before?.submission_id ?? this.ids.uuid();
        enqueue(tx, LookAtRelease, { submissionId: id }, { key: id });
        if (!before) return done(keepSubmission(tx, id, given, now, { state: 'waiting', nextTryAt: now }));
        write(tx, `update catalogue.submission set state = 'waiting', reasons = '{}', tries = 0, next_try_at = $3::timestamptz, decided_at = null where council_id = $1 and submission_id = $2`, [ctx.council.id, id, now.toISOString()]);
        return done({ id, state: 'waiting', reasons: [] });
      });
    } catch (error) {
      // Somebody else has handed in the same just now.
      if (again && isTaken(error, 'catalogue.submission')) return this.#keep(ctx, given, now, false);
      throw error;
    }
  }
}
