import { Database, enqueue, extensionsOf } from '@guildhall/kernel';
import { CLOCK, isUuid, refused, type Clock, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { CHANGE_TAKER, changeDigest, contentDigest, entryOf, readToldChange, subjectMark, type AttributeId, type SignedAnswer, type ToldChange } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { whyNot } from '../asking/why-not';
import { checkpointBy, keepHeard } from '../knowing/peers';
import { Links } from '../linking/links';
import { REPLAYED, SharingLog } from '../logging/sharing-log';
import { SignedPost, type Received, type Reply, type Came } from '../node/signed-post';
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
    private readonly db: Database, private readonly post: SignedPost, private readonly links: Links, private readonly changes: Changes, private readonly decides: DecidesChange, private readonly log: SharingLog, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same again is known, and changes nothing. */
  take(ctx: RequestContext, message: Came): Promise<SignedAnswer> {
    return this.post.receive(ctx, message, { tag: CHANGE_TAG, title: 'The change was not taken', read: readOneChange }, (received) => this.#take(ctx, received));
  }

  async #take(ctx: RequestContext, { message: told, peer, nonce }: Received<ToldChange>): Promise<Reply> {
    const now = this.clock.now();
    const { request, evidence } = told;
    const { attribute } = evidence;
    const [link, same] = await Promise.all([this.links.byName(ctx, peer.body.id, request.subject), this.#known(ctx, request.exchange)]);
    if (same !== undefined) return same === peer.body.id ? TAKEN : { status: 409, detail: 'Another change was told under this name.' };
    const said = checkpointBy(peer.body, request.checkpoint, now);
    const agreementId = request.agreement.split('@')[0] ?? '';
    const { decision, keptFor } = await this.decides.toHear(ctx, request, { agreementId, peer, link, isLogWhole: peer.isLogWhole && said !== undefined });
    const failed = decision.reasons.filter(({ pass }) => !pass).map(({ id }) => id);
    const entry = entryOf('change-heard', request, { at: now, peer: peer.body.id, subject: link ? subjectMark(link.subjectKey, link.localId) : NOBODY, decision, req: null, res: changeDigest(told), peerCheckpoint: request.checkpoint === null ? null : contentDigest(request.checkpoint) });
    const appended = await this.log.append(ctx, { entry, nonce, alongside: (tx) => {
      if (said) keepHeard(tx, peer.body.id, said, request.checkpoint ?? '');
      if (!decision.allow || !link || keptFor === undefined) return;
      const takers = takersOf(tx, link.localId, attribute);
      this.changes.put(tx, { changeId: request.exchange, localId: link.localId, attribute, evidence, fromPeer: peer.body.id, by: { agreementId, keptFor } }, takers.map((recipient) => ({ recipient })));
      for (const recipient of takers) enqueue(tx, BringChange, { changeId: request.exchange, recipient, tries: 0 });
    } });
    if (appended === REPLAYED) return { status: 409, detail: 'This message has come before.' };
    return decision.allow ? TAKEN : { status: 403, detail: whyNot(decision), more: { failed } };
  }

  async #known(ctx: RequestContext, changeId: string): Promise<string | null | undefined> {
    const [row] = await this.db.query<{ from_peer: string | null }>(ctx, 'select from_peer from sharing.change where council_id = $1 and change_id = $2', [ctx.council.id, changeId]);
    return row?.from_peer;
  }
}

const TAKEN: Reply = { status: 200, content: { taken: true } };

/** A change is of one thing, and that is the one that is asked for. */
function readOneChange(json: unknown): Outcome<ToldChange, Refusal<string>> {
  const read = readToldChange(json);
  if (!read.ok) return read;
  const { request: { attributes }, evidence } = read.value;
  return attributes.length === 1 && attributes[0] === evidence.attribute ? read : refused('malformed', 'A change is of one thing, and that is the one that is asked for.');
}
