import { bankHolidays } from '@guildhall/cases-contract';
import { extendTime, pauseTime, resumeTime, type PauseReason, type TimeInHand } from '@guildhall/information-rights-contract';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, demand, done, isUuid, refused, type Clock, type Outcome, type Refusal, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { ANSWER_DISPUTES, ukDay, type AnswerTimeStep, type AttributeId, type WordsToResident } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { DisputeReads, type DisputeOfPerson } from './dispute-reads';
import { dueOn, sealedWith, timeOf, type KeptTime, type TimeRow } from './dispute-time';
import { TellOfDispute } from './jobs';
import { OutgoingCorrections, TRIED_FOR_MS } from './outgoing';

/** Why the time is not changed. */
export type DisputeClockRefusal = Refusal<'closed' | 'passed-on' | 'changed-meanwhile' | 'is-paused' | 'not-paused' | 'is-extended' | 'too-late'>;
/** What an officer says of it to the resident, as they saw it. */
export interface SaidOfDispute { readonly version: number; readonly words: WordsToResident }

interface ClockRow extends TimeRow { readonly dispute_id: string; readonly said: Buffer | null }

/** Asks back, lets the time go on, and extends it, of what somebody says is wrong: decided as for every request for a right, with words to the resident, who reads it here and at the body where it was said. That one writes to them, where it can; this body once it has not said so for as long as the first tries take. */
@Injectable()
export class HoldsDisputeClock {
  constructor(private readonly db: Database, private readonly reads: DisputeReads, private readonly outgoing: OutgoingCorrections, @Inject(CLOCK) private readonly clock: Clock) {}

  /** `identity`: the time stands still until it is certain who says so. `clarification`: they are asked what is right, and the time goes on; the law stops it for that only where a copy was asked for (UK GDPR, Article 12A(5)). @throws NotFound */
  askBack(ctx: RequestContext, disputeId: string, said: SaidOfDispute, reason: PauseReason): Promise<Outcome<void, DisputeClockRefusal>> {
    return this.#change(ctx, disputeId, said, reason === 'identity' ? 'paused' : 'asked', (time, today) => (reason === 'identity' ? pauseTime(time, reason, today) : done(time)));
  }

  /** What was asked for has come. @throws NotFound */
  resume(ctx: RequestContext, disputeId: string, said: Omit<SaidOfDispute, 'words'>): Promise<Outcome<void, DisputeClockRefusal>> { return this.#change(ctx, disputeId, said, 'resumed', resumeTime); }

  /** By two more months, once, and within the first one (Article 12A(3)). @throws NotFound */
  extend(ctx: RequestContext, disputeId: string, said: SaidOfDispute): Promise<Outcome<void, DisputeClockRefusal>> {
    return this.#change(ctx, disputeId, said, 'extended', (time, today) => extendTime(time, bankHolidays(ctx.council.nation), today));
  }

  /** All that the person says of the same thing has one time: what is decided of one holds for each that allows it. */
  async #change(ctx: RequestContext, disputeId: string, { version, words }: { readonly version: number; readonly words?: WordsToResident }, step: AnswerTimeStep, decide: (time: TimeInHand, today: string) => Outcome<TimeInHand, DisputeClockRefusal>): Promise<Outcome<void, DisputeClockRefusal>> {
    demand(ctx, ANSWER_DISPUTES);
    const found = isUuid(disputeId) ? await this.reads.find(ctx, disputeId) : undefined;
    if (!found) throw new NotFound('There is no such dispute here.');
    if (found.isOpen && found.isPassedOn) return refused('passed-on', 'Another body told this, and answers it.');
    const together = await this.reads.openWith(ctx, found);
    const at = this.clock.now();
    return this.db.run(ctx, async (tx) => {
      const rows = await sql<ClockRow>(tx, 'select dispute_id, raised_at, time, said from sharing.dispute where council_id = $1 and dispute_id = any($2::uuid[]) and answered_at is null order by dispute_id for update', [tx.council.id, together.map((one) => one.disputeId)]);
      const own = rows.find((row) => row.dispute_id === disputeId);
      if (!own) return refused('closed', 'This was answered already.');
      if ((own.time?.version ?? 0) !== version) return refused('changed-meanwhile', 'Somebody else has changed it meanwhile.');
      const decided = decide(timeOf(own), ukDay(at));
      if (!decided.ok) return decided;
      for (const row of rows) {
        const change = row === own ? decided : decide(timeOf(row), ukDay(at));
        const dispute = together.find((one) => one.disputeId === row.dispute_id);
        if (change.ok && dispute) await this.#write(tx, { row, dispute, step, words: words ?? null, at }, change.value);
      }
      audit(tx, { action: `sharing.dispute-${step}`, subject: { type: 'sharing.dispute', id: disputeId }, personId: isUuid(found.localId) ? found.localId : undefined });
      const isSaidElsewhere = together.some(({ fromPeer, pairwise }) => fromPeer !== undefined && pairwise !== undefined);
      enqueue(tx, TellOfDispute, { disputeId, messageId: this.reads.newId(), step, at: at.toISOString(), body: this.reads.ownId(tx) }, isSaidElsewhere ? { runAt: new Date(at.getTime() + TRIED_FOR_MS) } : {});
      return done(undefined);
    });
  }

  async #write(tx: TransactionContext, { row, dispute: { disputeId, localId, attribute, fromPeer, pairwise }, step, words, at }: { readonly row: ClockRow; readonly dispute: DisputeOfPerson; readonly step: AnswerTimeStep; readonly words: WordsToResident | null; readonly at: Date }, { time: { identifiedOn, isExtended }, pausedFor }: TimeInHand): Promise<void> {
    const time: KeptTime = { isExtended, ...(identifiedOn && { identifiedOn }), ...(pausedFor === 'identity' && { pausedFor }), version: (row.time?.version ?? 0) + 1 };
    await sql(tx, `update sharing.dispute set time = $3, said = decode($4, 'base64') where council_id = $1 and dispute_id = $2`, [tx.council.id, disputeId, JSON.stringify(time), sealedWith(tx, disputeId, row.said, { kind: step, at: at.toISOString(), body: this.reads.ownId(tx), words })]);
    if (fromPeer === undefined || pairwise === undefined) return;
    const due = dueOn(tx, { raised_at: row.raised_at, time }, at);
    this.outgoing.put(tx, { peerId: fromPeer, localId, about: { dispute: disputeId }, at, message: { kind: 'time', id: disputeId, subject: pairwise, attribute: attribute as AttributeId, at: at.toISOString(), step, words, dueOn: due.dueOn, isPaused: due.isPaused } });
  }
}
