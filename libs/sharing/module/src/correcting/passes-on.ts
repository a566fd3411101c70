import type { RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import type { AttributeId } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { OutgoingCorrections } from './outgoing';
import { ToldBefore } from './told-before';

/** Passes a dispute on to whoever told this body what is disputed: they hold it, and they answer. */
@Injectable()
export class PassesOn {
  constructor(private readonly told: ToldBefore, private readonly outgoing: OutgoingCorrections) {}

  /** @returns what leaves it to the transaction in which the dispute is written down */
  async prepare(ctx: RequestContext, { disputeId, localId, mark, attribute, at }: { readonly disputeId: string; readonly localId: string; readonly mark: string; readonly attribute: AttributeId; readonly at: Date }): Promise<(tx: TransactionContext) => void> {
    const holders = await this.told.holders(ctx, localId, mark, attribute);
    return (tx) => {
      for (const { peerId, agreementId, pairwise } of holders) this.outgoing.put(tx, { peerId, localId, about: { dispute: disputeId }, at, message: { kind: 'disputed', id: disputeId, agreement: agreementId, subject: pairwise, attribute, at: at.toISOString() } });
    };
  }
}
