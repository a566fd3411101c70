import { Database, LOG } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { MOST_TWINS, readTwinsAnswer, readTwinsQuestion, signAnswer, verifyRequest, type SignedAnswer, type SignedRequest, type TwinsAnswer } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { bodyNamedIn, jsonIn, keyOf, problem } from '../asking/messages';
import { Peers, type Peer } from '../knowing/peers';
import { OwnNode } from '../node/own-node';
import { SignedPost } from '../node/signed-post';

const TAG = 'guildhall-twins';
const MINUTE_IN_MS = 60_000;
/** An exchange that is on its way is none that is missing. */
const SETTLED_AFTER_MS = 2 * MINUTE_IN_MS;
/** What is missing after so long is not asked for again. */
const LOOKED_FOR_MS = 7 * 24 * 60 * MINUTE_IN_MS;

interface Open { readonly exchange_id: string; readonly peer: string; readonly kind: 'asked' | 'answered' }

/**
 * Compares what stands in this log with the other body's. What was received here proved the other's entry when it came. Of what was asked and never answered, and of what was answered, the other body is asked:
 * one that says that it told something of which nobody here has heard, or that it never heard what it was told, shows on the resident's page.
 */
@Injectable()
export class ComparesTwins implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, private readonly node: OwnNode, private readonly post: SignedPost, private readonly peers: Peers, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log) {}

  async run(ctx: RequestContext): Promise<void> {
    const now = this.clock.now().getTime();
    const open = await this.db.query<Open>(ctx, `
      select e.exchange_id, e.peer, e.kind from sharing.entry e
      where e.council_id = $1 and e.kind in ('asked', 'answered') and e.allow and e.at > $2 and e.at < $3
        and not exists (select from sharing.entry r where r.council_id = e.council_id and r.exchange_id = e.exchange_id and r.kind = 'received')
        and not exists (select from sharing.twin t where t.council_id = e.council_id and t.exchange_id = e.exchange_id and (t.state = 'there' or t.looked_at > $4))
      order by e.at limit ${MOST_TWINS}`, [ctx.council.id, new Date(now - LOOKED_FOR_MS), new Date(now - SETTLED_AFTER_MS), new Date(now - 60 * MINUTE_IN_MS)]);
    for (const peer of new Set(open.map((one) => one.peer))) await this.#compare(ctx, peer, open.filter((one) => one.peer === peer));
  }

  async #compare(ctx: RequestContext, peerId: string, open: readonly Open[]): Promise<void> {
    const peer = await this.peers.find(ctx, peerId);
    const answer = peer && (await this.#ask(ctx, peer, open.map(({ exchange_id: id }) => id)));
    if (!answer) return this.diary.warn('sharing.twins-not-compared', { peer: peerId });
    const told = new Map(answer.twins.map(({ exchange, kinds }) => [exchange, kinds]));
    // What was asked must have been answered there, or it never arrived and nothing was told: then there is nothing to be missed. What was answered must have been received.
    const states = open.map(({ exchange_id: id, kind }) => (kind === 'asked' ? (told.get(id)?.includes('answered') ? 'missing' : 'there') : told.get(id)?.includes('received') ? 'there' : 'missing'));
    await this.db.query(ctx, `
      insert into sharing.twin (council_id, exchange_id, peer_id, state, looked_at) select $1, exchange, $2, state, $3 from unnest($4::uuid[], $5::text[]) as told (exchange, state)
      on conflict (council_id, exchange_id) do update set state = excluded.state, looked_at = excluded.looked_at`, [ctx.council.id, peerId, this.clock.now(), open.map(({ exchange_id: id }) => id), states]);
  }

  async #ask(ctx: RequestContext, { body }: Peer, exchanges: readonly string[]): Promise<TwinsAnswer | undefined> {
    const said = await this.post.send(ctx, body, { tag: TAG, path: 'twins', content: { exchanges } });
    const read = said?.status === 200 ? readTwinsAnswer(jsonIn(said.text)) : undefined;
    return read?.ok ? read.value : undefined;
  }

  /** What this log has of exchanges with the body that asks, and with no other. */
  async answer(ctx: RequestContext, message: SignedRequest): Promise<SignedAnswer> {
    const now = this.clock.now();
    const say = (status: number, body: string): SignedAnswer => signAnswer({ status, body, contentType: status === 200 ? 'application/json' : 'application/problem+json' }, message, this.node.signer(ctx), { tag: TAG, created: now });
    const read = readTwinsQuestion(jsonIn(message.body));
    if (!read.ok) return say(400, problem(400, 'This is no question', read.refusal.message));
    const peer = await this.peers.find(ctx, bodyNamedIn(message));
    const verified = verifyRequest(message, { tag: TAG, now, keyFor: (keyid) => keyOf(peer?.body, keyid, now) });
    if (!verified.ok || !peer) return say(401, problem(401, 'Not told', verified.ok ? 'This body is not known here.' : verified.refusal.message));
    const rows = await this.db.query<{ exchange_id: string; kinds: TwinsAnswer['twins'][number]['kinds'] }>(ctx, `
      select exchange_id, array_agg(distinct kind) as kinds from sharing.entry where council_id = $1 and peer = $2 and exchange_id = any($3::uuid[]) and allow group by exchange_id`, [ctx.council.id, peer.body.id, read.value.exchanges]);
    const kinds = new Map(rows.map((row) => [row.exchange_id, row.kinds]));
    return say(200, JSON.stringify({ twins: read.value.exchanges.map((exchange) => ({ exchange, kinds: kinds.get(exchange) ?? [] })) }));
  }
}
