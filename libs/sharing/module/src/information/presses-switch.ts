import { Database, audit } from '@guildhall/kernel';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { CLOCK, done, refused, type Clock, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { choiceScope, type ChoiceState } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Choices } from '../choosing/choices';
import { MayBeShared } from './may-be-shared';
import { Receipts, type Receipt } from './receipts';
import { SubjectKeys } from './subject-keys';
import { demandInformationOf } from './whose-information';

/** What was pressed, below which words. */
export interface Press {
  readonly agreementId: string;
  readonly state: ChoiceState;
  /** The digest of the words that stood above the switch. */
  readonly shown: string;
  /** On what authority an adviser presses, and after which checks. */
  readonly basis?: AssistedBasis;
}
/** `words-changed`: other words hold now than were shown. `no-choice`: the law gives none, or the agreement is not in force and nothing that was told by it is kept, or used any more. */
export type PressRefusal = Refusal<'words-changed' | 'no-choice'>;

/** Stops sharing by an agreement, or lets it: at once, for a receipt. */
@Injectable()
export class PressesSwitch {
  constructor(
    private readonly db: Database, private readonly choices: Choices, private readonly shared: MayBeShared, private readonly receipts: Receipts, private readonly keys: SubjectKeys, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same again changes nothing, and has the same receipt. @throws NotFound when there is no such agreement */
  async press(ctx: RequestContext, personId: string, { agreementId, state, shown, basis }: Press): Promise<Outcome<Receipt, PressRefusal>> {
    demandInformationOf(ctx, personId);
    const [{ shareable, kept }, latest] = await Promise.all([this.shared.find(ctx, personId, agreementId), this.receipts.latest(ctx, personId, agreementId)]);
    const { press, notice, noticeDigest: digest } = shareable;
    const isSameAgain = press !== state && latest?.state === state && shareable.chosen?.state === state;
    // What is stopped after its agreement has ended is stopped for good, and pressed twice it is stopped once.
    if (shareable.mode === 'none' || (state === 'given' ? !shareable.isInForce : press === undefined && !isSameAgain)) return refused('no-choice', 'There is nothing to choose.');
    if (shown !== digest) return refused('words-changed', 'These words have changed since they were shown.');
    if (isSameAgain) return done(latest);
    // Later than all that is known: a clock that was put back, or another body's that is ahead, would have what was said before outlive this press.
    const at = new Date(Math.max(this.clock.now().getTime(), (shareable.chosen?.at.getTime() ?? 0) + 1));
    const by = ctx.actor.kind === 'resident' ? 'resident' : 'adviser';
    // Before it is done: an entry about nothing can be explained, and a choice without one cannot.
    if (by === 'adviser') await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.choose', subject: { type: 'sharing.agreement', id: agreementId }, personId, detail: { state, ...basis } })));
    const subjectKey = await this.keys.make(ctx, personId);
    await this.choices.choose(ctx, {
      localId: personId, subjectKey, agreementId, state, at, scope: choiceScope(kept.document), noticeDigest: digest, language: notice.language, by,
      alongside: (tx) => { this.receipts.write(tx, personId, { state, at, by, kept, notice }); },
    });
    const receipt = await this.receipts.latest(ctx, personId, agreementId);
    if (!receipt) throw new Error('A receipt that was written is not there.');
    return done(receipt);
  }
}
