import { Database, LOG } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { MOST_OF_EXCHANGE, MOST_TWINS, TWIN_KINDS, findTwin, readTwinsAnswer, readTwinsQuestion, type Checkpoint, type Entry, type EntryShown, type SignedAnswer, type TwinsAnswer } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { jsonIn } from '../asking/messages';
import { Peers, checkpointBy, type Peer } from '../knowing/peers';
import { SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import { SignedPost, type Came } from '../node/signed-post';
import { OpenTwins, type FoundTwin, type OpenTwin } from './open-twins';

const TAG = 'guildhall-twins';
/** A job has a minute. What is left is there in the next round. */
const ONE_ROUND_IN_MS = 30_000;

/**
 * Compares what stands in this log with the other body's. What was received here proved the other's entry when it came. Of all else the other body is asked for its half, with the proof that it stands in its log: without one it has none, whatever it says.
 * One that told something of which nobody here has heard, or that does not have what it was told, shows on the resident's page.
 */
@Injectable()
export class ComparesTwins implements JobHandler<Record<never, never>> {
  constructor(
    private readonly db: Database, private readonly node: OwnNode, private readonly post: SignedPost, private readonly peers: Peers, private readonly log: SharingLog, private readonly open: OpenTwins, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log,
  ) {}

  /** In turns, so that no body keeps another one waiting, until nothing is left or the round is over. */
  async run(ctx: RequestContext): Promise<void> {
    const until = new Date(this.clock.now().getTime() + ONE_ROUND_IN_MS);
    await this.open.takeIn(ctx, until);
    for (let left = await this.open.peers(ctx); left.length > 0; ) {
      const more: string[] = [];
      for (const peerId of left) if (this.clock.now() < until && (await this.#compareSome(ctx, peerId))) more.push(peerId);
      left = more;
    }
  }

  /** @returns whether there may be more */
  async #compareSome(ctx: RequestContext, peerId: string): Promise<boolean> {
    const open = await this.open.of(ctx, peerId);
    if (open.length === 0) return false;
    const peer = await this.peers.find(ctx, peerId);
    const answer = peer && (await this.#ask(ctx, peer, [...new Set(open.map(({ exchange }) => exchange))]));
    const checkpoint = answer && checkpointBy(peer.body, answer.checkpoint, this.clock.now());
    if (!answer || !checkpoint) {
      this.diary.warn('sharing.twins-not-compared', { peer: peerId });
      await this.open.letBe(ctx, peerId);
      return false;
    }
    const shown = new Map(answer.twins.map(({ exchange, entries }) => [exchange, entries]));
    await this.open.keep(ctx, peerId, open.map((one) => this.#found(ctx, one, shown.get(one.exchange) ?? [], checkpoint)), { checkpoint, note: answer.checkpoint });
    return open.length === MOST_TWINS;
  }

  #found(ctx: RequestContext, { index, entry }: OpenTwin, shown: readonly EntryShown[], log: Checkpoint): FoundTwin {
    const twin = findTwin(entry, shown, { log, self: this.node.id(ctx) });
    // What was asked and has an answer there has none here. One that never arrived has none anywhere: then nothing is missed.
    if (entry.kind === 'asked') return { index, state: twin ? 'missing' : 'open', allow: twin?.allow ?? null };
    return { index, state: twin ? 'there' : 'missing', allow: twin?.allow ?? null };
  }

  async #ask(ctx: RequestContext, { body }: Peer, exchanges: readonly string[]): Promise<TwinsAnswer | undefined> {
    const said = await this.post.send(ctx, body, { tag: TAG, path: 'twins', content: { exchanges } });
    const read = said?.status === 200 ? readTwinsAnswer(jsonIn(said.text)) : undefined;
    return read?.ok ? read.value : undefined;
  }

  /** What this log has of exchanges with the body that asks, and with no other, each with its proof. */
  answer(ctx: RequestContext, message: Came): Promise<SignedAnswer> {
    return this.post.receive(ctx, message, { tag: TAG, title: 'Not told', read: readTwinsQuestion }, async ({ message: { exchanges }, peer }) => ({ status: 200, content: await this.#shown(ctx, peer, exchanges) }));
  }

  async #shown(ctx: RequestContext, { body: { id } }: Peer, exchanges: readonly string[]): Promise<TwinsAnswer> {
    const rows = await this.db.query<{ exchange_id: string; index: string; leaf: string }>(ctx, `
      select exchange_id, index::text as index, leaf from (
        select exchange_id, index, leaf, row_number() over (partition by exchange_id order by index) as place from sharing.entry where council_id = $1 and peer = $2 and exchange_id = any($3::uuid[]) and kind = any($4)
      ) e where place <= ${MOST_OF_EXCHANGE} order by index`, [ctx.council.id, id, exchanges, TWIN_KINDS]);
    const { size, checkpoint } = await this.log.head(ctx);
    const shown = new Map<string, EntryShown[]>(exchanges.map((exchange) => [exchange, []]));
    // One after another: all at once would take every connection from whoever waits for a page.
    for (const { exchange_id: exchange, index, leaf } of rows) shown.get(exchange)?.push({ entry: JSON.parse(leaf) as Entry, index: Number(index), proof: await this.log.inclusionProof(ctx, Number(index), size) });
    return { checkpoint, twins: exchanges.map((exchange) => ({ exchange, entries: shown.get(exchange) ?? [] })) };
  }
}
