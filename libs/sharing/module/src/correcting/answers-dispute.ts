import { Database, audit, isTaken, write } from '@guildhall/kernel';
import { CLOCK, Conflict, NotFound, demand, isUuid, type Clock, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { ANSWER_DISPUTES, subjectMark, type AttributeId, type DisputeOutcome, type WordsToResident } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { seal } from '../data/sealed';
import { SubjectKeys } from '../information/subject-keys';
import { SharingLog } from '../logging/sharing-log';
import { DisputeReads, type DisputeOfPerson } from './dispute-reads';
import { entryAbout } from './entry-about';
import { OutgoingCorrections } from './outgoing';
import { ToldBefore } from './told-before';

/** What an officer answers: where it is right, in words. */
export interface DisputeAnswer { readonly outcome: DisputeOutcome; readonly words: WordsToResident | null }

/** Answers what somebody says is wrong. What was wrong is put right in the record that holds it; here it is said, and everybody hears of it who was told before (UK GDPR, Articles 16 and 19). */
@Injectable()
export class AnswersDispute {
  constructor(private readonly db: Database, private readonly reads: DisputeReads, private readonly told: ToldBefore, private readonly outgoing: OutgoingCorrections, private readonly keys: SubjectKeys, private readonly log: SharingLog, @Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * From now on it may be told again. All that the person says of the same thing is answered with it, here and at other bodies.
   * @throws NotFound; Conflict when it was answered before, or is another body's to answer
   */
  async answer(ctx: RequestContext, disputeId: string, { outcome, words }: DisputeAnswer): Promise<void> {
    demand(ctx, ANSWER_DISPUTES);
    const found = isUuid(disputeId) ? await this.reads.find(ctx, disputeId) : undefined;
    if (!found) throw new NotFound('There is no such dispute here.');
    if (!found.isOpen) throw new Conflict('This was answered already.');
    if (found.isPassedOn) throw new Conflict('Another body told this, and answers it.');
    const { localId, attribute } = found;
    const personId = isUuid(localId) ? localId : undefined;
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.dispute-answered', subject: { type: 'sharing.dispute', id: disputeId }, personId, detail: { outcome } })));
    const at = this.clock.now();
    const mark = subjectMark(await this.keys.make(ctx, localId), localId);
    const [together, receivers] = await Promise.all([this.reads.openWith(ctx, found), outcome === 'corrected' ? this.told.receivers(ctx, localId, mark, attribute) : []]);
    const alongside = (tx: TransactionContext): void => {
      for (const one of together) this.#answer(tx, one, { outcome, words }, at);
      for (const { peerId, agreementId, pairwise, attribute: had } of receivers) this.outgoing.put(tx, { peerId, localId, about: { dispute: disputeId }, at, message: { kind: 'corrected', id: this.reads.newId(), agreement: agreementId, subject: pairwise, attribute: had, at: at.toISOString() } });
    };
    try {
      await this.log.append(ctx, { entry: entryAbout(outcome === 'corrected' ? 'corrected' : 'found-right', { at, attribute, subject: mark }), alongside });
    } catch (error) {
      // Somebody else was as fast: one answer counts.
      throw isTaken(error, 'sharing.dispute_answer') ? new Conflict('This was answered already.') : error;
    }
  }

  /** One of them, and the message to whoever passed it on. */
  #answer(tx: TransactionContext, { disputeId, localId, attribute, fromPeer, pairwise }: DisputeOfPerson, { outcome, words }: DisputeAnswer, at: Date): void {
    const own = this.reads.ownId(tx);
    const sealed = words && seal(tx, `dispute-answer ${disputeId} ${own}`, JSON.stringify(words)).toString('base64');
    write(tx, `insert into sharing.dispute_answer (council_id, dispute_id, body_id, outcome, sealed, answered_at) values ($1, $2, $3, $4, decode($5, 'base64'), $6)`, [tx.council.id, disputeId, own, outcome, sealed, at]);
    write(tx, 'update sharing.dispute set answered_at = $3 where council_id = $1 and dispute_id = $2 and answered_at is null', [tx.council.id, disputeId, at]);
    if (fromPeer === undefined || pairwise === undefined) return;
    this.outgoing.put(tx, { peerId: fromPeer, localId, about: { dispute: disputeId }, at, message: { kind: 'answered', id: disputeId, subject: pairwise, attribute: attribute as AttributeId, at: at.toISOString(), outcome, words } });
  }
}
