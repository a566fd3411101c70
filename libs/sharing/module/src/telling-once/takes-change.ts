import { Database, enqueue, extensionsOf } from '@guildhall/kernel';
import { CLOCK, isUuid, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { CHANGE_TAKER, changeDigest, contentDigest, entryOf, keysAt, readToldChange, signAnswer, subjectMark, verifyRequest, type AttributeId, type SignedAnswer, type SignedRequest } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { bodyNamedIn, jsonIn, nonceOf, problem } from '../asking/messages';
import { Peers, checkpointBy, keepHeard } from '../knowing/peers';
import { Links } from '../linking/links';
import { REPLAYED, SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import { CHANGE_TAG } from './brings-change';
import { Changes } from './changes';
import { DecidesChange } from './decides-change';
import { BringChange } from './jobs';

/** Stands in the log for somebody of whom it is not known who they are. */
const NOBODY = 'nobody';

/** Those here who take a change of this. None: it waits in the inbox for the body's own systems. */
export function takersOf(ctx: RequestContext, localId: string, attribute: string): readonly string[] {
  return isUuid(localId) ? extensionsOf(ctx, CHANGE_TAKER).filter(({ attributes }) => attributes.includes(attribute as AttributeId)).map(({ id }) => `taker:${id}`) : [];
}

/** A change that another body tells of somebody: decided here, too, written down, and brought to whoever takes it. */
@Injectable()
export class TakesChange {
  constructor(
    private readonly db: Database, private readonly node: OwnNode, private readonly peers: Peers, private readonly links: Links, private readonly changes: Changes, private readonly decides: DecidesChange, private readonly log: SharingLog, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same again is known, and changes nothing. */
  async take(ctx: RequestContext, message: SignedRequest): Promise<SignedAnswer> {
    const now = this.clock.now();
    const say = (status: number, body: string): SignedAnswer => signAnswer({ status, body, contentType: status === 200 ? 'application/json' : 'application/problem+json' }, message, this.node.signer(ctx), { tag: CHANGE_TAG, created: now });
    const refuse = (status: number, detail: string): SignedAnswer => say(status, problem(status, 'The change was not taken', detail));
    const read = readToldChange(jsonIn(message.body));
    if (!read.ok) return refuse(400, read.refusal.message);
    const { request, evidence } = read.value;
    const [attribute] = request.attributes;
    if (attribute === undefined || request.attributes.length > 1 || evidence.attribute !== attribute) return refuse(400, 'A change is of one thing, and that is the one that is asked for.');
    const peer = await this.peers.find(ctx, bodyNamedIn(message));
    const verified = verifyRequest(message, { tag: CHANGE_TAG, now, keyFor: (keyid) => (peer ? keysAt(peer.body, now).find((key) => key.keyid === keyid)?.key : undefined) });
    if (!verified.ok || !peer) return refuse(401, verified.ok ? 'This body is not known here.' : verified.refusal.message);
    const [link, same] = await Promise.all([this.links.byName(ctx, peer.body.id, request.subject), this.#known(ctx, request.exchange)]);
    if (same !== undefined) return same === peer.body.id ? say(200, TAKEN) : refuse(409, 'Another change was told under this name.');
    const said = checkpointBy(peer.body, request.checkpoint, now);
    const decision = await this.decides.toHear(ctx, request, { agreementId: request.agreement.split('@')[0] ?? '', peer, link, isLogWhole: peer.isLogWhole && said !== undefined });
    const failed = decision.reasons.filter(({ pass }) => !pass).map(({ id }) => id);
    const entry = entryOf('change-heard', request, { at: now, peer: peer.body.id, subject: link ? subjectMark(link.subjectKey, link.localId) : NOBODY, decision, req: null, res: changeDigest(read.value), peerCheckpoint: request.checkpoint === null ? null : contentDigest(request.checkpoint) });
    const appended = await this.log.append(ctx, { entry, nonce: nonceOf(verified.value), alongside: (tx) => {
      if (said) keepHeard(tx, peer.body.id, said, request.checkpoint ?? '');
      if (!decision.allow || !link) return;
      const takers = takersOf(tx, link.localId, attribute);
      this.changes.put(tx, { changeId: request.exchange, localId: link.localId, attribute, evidence, fromPeer: peer.body.id }, takers.map((recipient) => ({ recipient })));
      for (const recipient of takers) enqueue(tx, BringChange, { changeId: request.exchange, recipient, tries: 0 });
    } });
    if (appended === REPLAYED) return refuse(409, 'This message has come before.');
    return decision.allow ? say(200, TAKEN) : say(403, JSON.stringify({ type: 'about:blank', title: 'The change was not taken', status: 403, detail: decision.reasons.filter(({ pass }) => !pass).map(({ text }) => `${text.en}.`).join(' '), failed }));
  }

  async #known(ctx: RequestContext, changeId: string): Promise<string | null | undefined> {
    const [row] = await this.db.query<{ from_peer: string | null }>(ctx, 'select from_peer from sharing.change where council_id = $1 and change_id = $2', [ctx.council.id, changeId]);
    return row?.from_peer;
  }
}

const TAKEN = JSON.stringify({ taken: true });
