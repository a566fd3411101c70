import { STARTER_ATTRIBUTES, STARTER_PURPOSES, signAgreement, type Agreement, type Body } from '@guildhall/sharing-contract';
import { agreementBetween } from '@guildhall/sharing-contract/testing';
import { Agreements } from '../src/knowing/agreements';
import { Peers } from '../src/knowing/peers';
import { OwnNode } from '../src/node/own-node';
import { RUNNING, type TwoBodies } from './two-bodies';

/** A body that was begun as a third one tells the receiver something too, by an agreement of its own. */
export async function holdsToo({ app, receiver, bodies, assessed }: TwoBodies, id: string, changes: Partial<Agreement>): Promise<{ readonly body: Body; readonly agreement: Agreement }> {
  const ctx = app.systemContext(id);
  const node = app.get(OwnNode);
  const body = node.body(ctx);
  const words = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: { [bodies.receiver.id]: bodies.receiver.name, [id]: body.name } };
  const agreement = agreementBetween(bodies.receiver, body, words, changes);
  const envelope = signAgreement(agreement, node.signer(ctx), signAgreement(agreement, node.signer(receiver)));
  for (const [at, peer] of [[receiver, body], [ctx, bodies.receiver]] as const) {
    await app.get(Peers).pin(at, { body: peer, running: RUNNING, assessments: [assessed(peer)] });
    const kept = await app.get(Agreements).keep(at, envelope, [peer]);
    if (!kept.ok) throw new Error(kept.refusal.message);
  }
  return { body, agreement };
}
