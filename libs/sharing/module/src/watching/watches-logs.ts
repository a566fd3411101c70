import { Database, LOG, OUTBOUND, audit, sql } from '@guildhall/kernel';
import { CLOCK, Unavailable, isGuildhallError, type Clock, type JobHandler, type Log, type Outbound, type RequestContext } from '@guildhall/kernel-contract';
import { MerkleTree, verifyConsistency, type Body } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { jsonIn } from '../asking/messages';
import { checkpointBy } from '../knowing/peers';
import { OwnNode } from '../node/own-node';

/** A job has a minute. */
const ONE_ROUND_IN_MS = 30_000;
const ANSWERED_WITHIN_SECONDS = 5;

interface PeerRow { readonly peer_id: string; readonly body: Body; readonly list_id: string | null; readonly seen_size: string; readonly seen_peaks: Buffer[]; readonly growing_size: string; readonly growing_peaks: Buffer[] }
interface Heard { readonly size: string; readonly root: string; readonly note: string }

/**
 * Holds what each body has said of its log against that log: fetches the hashes of the entries that are new, works out the tree, and looks whether every checkpoint that was heard is one of it.
 * A log that was cut short, changed or told in two ways does not pass; then nothing is shared with the body until people have looked, and both notes are kept.
 */
@Injectable()
export class WatchesLogs implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, private readonly node: OwnNode, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log) {}

  /** Those first that were not looked at for the longest; each has its share of the round, and goes on in the next one where it got to. */
  async run(ctx: RequestContext): Promise<void> {
    const until = this.clock.now().getTime() + ONE_ROUND_IN_MS;
    const peers = await this.db.query<PeerRow>(ctx, `
      select p.peer_id, p.body, p.list_id, p.seen_size::text as seen_size, p.seen_peaks, p.growing_size::text as growing_size, p.growing_peaks from sharing.peer p
      where p.council_id = $1 and p.contradiction is null and exists (select from sharing.heard h where h.council_id = p.council_id and h.peer_id = p.peer_id)
      order by p.watched_at nulls first, p.peer_id`, [ctx.council.id]);
    for (const [at, peer] of peers.entries()) {
      const now = this.clock.now();
      if (now.getTime() >= until) return;
      await this.db.query(ctx, 'update sharing.peer set watched_at = $3 where council_id = $1 and peer_id = $2 returning peer_id', [ctx.council.id, peer.peer_id, now]);
      try {
        await this.#watch(ctx, peer, now.getTime() + (until - now.getTime()) / (peers.length - at));
      } catch (error) {
        if (!isGuildhallError(error) || (error.code !== 'unavailable' && error.code !== 'not-allowed')) throw error;
        this.diary.warn('sharing.log-not-reached', { peer: peer.peer_id });
      }
    }
  }

  async #watch(ctx: RequestContext, peer: PeerRow, until: number): Promise<void> {
    const heard = await this.db.query<Heard>(ctx, 'select h.size::text as size, h.root, h.note from sharing.heard h where h.council_id = $1 and h.peer_id = $2 order by h.size desc, h.root', [ctx.council.id, peer.peer_id]);
    const seen = Number(peer.seen_size);
    // What was fetched in the round before and is not proved yet goes on from what is proved.
    const [begun, peaks] = Number(peer.growing_size) > seen ? [Number(peer.growing_size), peer.growing_peaks] : [seen, peer.seen_peaks];
    const tree = MerkleTree.resume(begun, peaks.map((hash) => new Uint8Array(hash)));
    if (!(await this.#grow(ctx, peer, tree, { size: Math.max(...heard.map(({ size }) => Number(size))), until }))) {
      await this.db.query(ctx, 'update sharing.peer set growing_size = $3, growing_peaks = $4 where council_id = $1 and peer_id = $2 and seen_size = $5 returning peer_id', [ctx.council.id, peer.peer_id, tree.size, tree.peaks.map((hash) => Buffer.from(hash)), seen]);
      return;
    }
    // The largest first: what this tree has itself needs no call. Those whose proofs there is no time to ask for any more stay for the next round.
    const proved: Heard[] = [];
    for (const one of heard) {
      if (proved.length > 0 && Number(one.size) < begun && this.clock.now().getTime() >= until) break;
      if (!(await this.#isPartOf(ctx, peer, tree, { begun, seen }, one))) return this.#contradict(ctx, peer, one);
      proved.push(one);
    }
    await this.db.run(ctx, async (tx) => {
      await sql(tx, `update sharing.peer set seen_size = $3, seen_peaks = $4, growing_size = 0, growing_peaks = '{}' where council_id = $1 and peer_id = $2 and seen_size = $5`, [ctx.council.id, peer.peer_id, tree.size, tree.peaks.map((hash) => Buffer.from(hash)), seen]);
      await sql(tx, 'delete from sharing.heard where council_id = $1 and peer_id = $2 and (size, root) in (select * from unnest($3::bigint[], $4::text[]))', [ctx.council.id, peer.peer_id, proved.map(({ size }) => size), proved.map(({ root }) => root)]);
    });
  }

  /** Appends all entries up to that size, or as many as the log has. @returns whether that was all, and not the time over @throws Unavailable */
  async #grow(ctx: RequestContext, peer: PeerRow, tree: MerkleTree, { size, until }: { readonly size: number; readonly until: number }): Promise<boolean> {
    for (let isFirst = true; tree.size < size; isFirst = false) {
      if (!isFirst && this.clock.now().getTime() >= until) return false;
      // A log says by an empty list that it ends here; a refusal may be anybody's on the way.
      const leaves = (await this.#json(ctx, peer, `leaves?from=${tree.size}`))?.['leaves'];
      if (!Array.isArray(leaves)) throw new Unavailable('The log does not give its entries.');
      const hashes = leaves.filter((one): one is string => typeof one === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(one));
      if (hashes.length === 0) return true;
      for (const hash of hashes.slice(0, size - tree.size)) tree.append(new Uint8Array(Buffer.from(hash, 'base64')));
    }
    return true;
  }

  /** Whether a checkpoint is of this tree. Of one that is older than where it was begun, whose hashes are not kept here, the log must prove it. */
  async #isPartOf(ctx: RequestContext, peer: PeerRow, tree: MerkleTree, { begun, seen }: { readonly begun: number; readonly seen: number }, { size: written, root }: Heard): Promise<boolean> {
    const size = Number(written);
    if (size > tree.size) return false;
    if (size >= begun) return Buffer.from(tree.root(size)).toString('base64') === root;
    const proved = await this.#json(ctx, peer, `consistency?from=${size}&to=${begun}`);
    if (!proved && (await this.#saysLess(ctx, peer, seen))) return false;
    if (!proved) throw new Unavailable('The log does not prove it.');
    const hashes = Array.isArray(proved['proof']) ? proved['proof'].map((hash) => new Uint8Array(Buffer.from(String(hash), 'base64'))) : [];
    return verifyConsistency({ earlier: size, size: begun, proof: hashes, earlierRoot: new Uint8Array(Buffer.from(root, 'base64')), root: tree.root(begun) });
  }

  /** Whether it says with its signature that its log is shorter than it has proved before. */
  async #saysLess(ctx: RequestContext, peer: PeerRow, seen: number): Promise<boolean> {
    const checkpoint = checkpointBy(peer.body, await this.#note(ctx, peer), this.clock.now());
    return checkpoint !== undefined && checkpoint.size < seen;
  }

  /** What the log says of itself now; nothing where it does not answer. */
  async #note(ctx: RequestContext, { body, list_id: listId }: PeerRow): Promise<string> {
    try {
      const { status, text } = await this.outbound.fetch(`${body.endpoint}/log/checkpoint`, { timeoutInSeconds: ANSWERED_WITHIN_SECONDS, ...this.node.guard(ctx, listId !== null) });
      return status === 200 ? text() : '';
    } catch (error) {
      if (!isGuildhallError(error) || (error.code !== 'unavailable' && error.code !== 'not-allowed')) throw error;
      return '';
    }
  }

  /** Nothing where it says that it has none such (400). @throws Unavailable when it does not answer, or not with what was asked */
  async #json(ctx: RequestContext, { body, list_id: listId }: PeerRow, path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const response = await this.outbound.fetch(`${body.endpoint}/log/${path}`, { headers: { accept: 'application/json' }, timeoutInSeconds: ANSWERED_WITHIN_SECONDS, ...this.node.guard(ctx, listId !== null) });
    if (response.status === 400) return undefined;
    const said = response.status === 200 ? jsonIn(response.text()) : undefined;
    if (typeof said !== 'object' || said === null) throw new Unavailable(`The log answers ${response.status}, and not with what was asked.`);
    return said as Readonly<Record<string, unknown>>;
  }

  /** Keeps both notes: what was heard, and what the log says of itself now. Where people have just looked and gone on, what was heard before that counts no more. */
  async #contradict(ctx: RequestContext, peer: PeerRow, { size, root, note }: Heard): Promise<void> {
    const { peer_id: id } = peer;
    const notes = [note, await this.#note(ctx, peer)];
    const isFound = await this.db.run(ctx, async (tx) => {
      const [found] = await sql(tx, `
        update sharing.peer p set contradiction = $3, growing_size = 0, growing_peaks = '{}' where p.council_id = $1 and p.peer_id = $2 and p.contradiction is null
          and exists (select from sharing.heard h where h.council_id = $1 and h.peer_id = $2 and h.size = $4 and h.root = $5) returning p.peer_id`, [ctx.council.id, id, notes, size, root]);
      if (found) audit(tx, { action: 'sharing.log-contradicts-itself', subject: { type: 'sharing.peer', id } });
      return found !== undefined;
    });
    if (isFound) this.diary.error('sharing.log-contradicts-itself', { peer: id });
  }
}
