import { Database, LOG, audit, sql } from '@guildhall/kernel';
import { CLOCK, Unavailable, type Clock, type JobHandler, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { MerkleTree, verifyConsistency, type Body } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { AsksLog, isNotReached, type OfWhom } from './asks-log';

/** A job has a minute. */
const ONE_ROUND_IN_MS = 30_000;

interface PeerRow { readonly peer_id: string; readonly body: Body; readonly list_id: string | null; readonly seen_size: string; readonly seen_peaks: Buffer[]; readonly growing_size: string; readonly growing_peaks: Buffer[]; readonly growing_is_own: boolean }
interface Heard { readonly size: string; readonly root: string; readonly note: string }
/** A tree that was carried on: from which size, whether to the end of what was to be fetched, and whether the body has signed all of that. */
interface Grown { readonly tree: MerkleTree; readonly begun: number; readonly isAll: boolean; readonly isOwn: boolean }

/**
 * Holds what each body has said of its log against that log: fetches the hashes of the entries that are new, works out the tree, and looks whether every checkpoint that was heard is one of it.
 * A log that was cut short, changed or told in two ways does not pass; then nothing is shared with the body until people have looked, and both notes are kept. Only what the body has signed can speak against it.
 */
@Injectable()
export class WatchesLogs implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, private readonly logs: AsksLog, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log) {}

  /** Those first that were not looked at for the longest; each has its share of the round, and goes on in the next one where it got to. */
  async run(ctx: RequestContext): Promise<void> {
    const until = this.clock.now().getTime() + ONE_ROUND_IN_MS;
    const peers = await this.db.query<PeerRow>(ctx, `
      select p.peer_id, p.body, p.list_id, p.seen_size::text as seen_size, p.seen_peaks, p.growing_size::text as growing_size, p.growing_peaks, p.growing_is_own from sharing.peer p
      where p.council_id = $1 and p.contradiction is null and exists (select from sharing.heard h where h.council_id = p.council_id and h.peer_id = p.peer_id)
      order by p.watched_at nulls first, p.peer_id`, [ctx.council.id]);
    for (const [at, peer] of peers.entries()) {
      const now = this.clock.now();
      if (now.getTime() >= until) return;
      await this.db.query(ctx, 'update sharing.peer set watched_at = $3 where council_id = $1 and peer_id = $2 returning peer_id', [ctx.council.id, peer.peer_id, now]);
      await this.#noteShown(ctx, peer, await this.#isShown(ctx, peer, now.getTime() + (until - now.getTime()) / (peers.length - at)));
    }
  }

  /** Whether the log was shown as far as there was time to look. */
  async #isShown(ctx: RequestContext, peer: PeerRow, until: number): Promise<boolean> {
    try {
      return await this.#watch(ctx, peer, until);
    } catch (error) {
      if (!isNotReached(error)) throw error;
      this.diary.warn('sharing.log-not-reached', { peer: peer.peer_id });
      return false;
    }
  }

  /** Officers read since when it is not. */
  async #noteShown(ctx: RequestContext, { peer_id: id }: PeerRow, isShown: boolean): Promise<void> {
    await this.db.query(ctx, 'update sharing.peer set unproved_since = case when not $3 then $4::timestamptz end where council_id = $1 and peer_id = $2 and (unproved_since is null) <> $3 returning peer_id', [ctx.council.id, id, isShown, this.clock.now()]);
  }

  async #watch(ctx: RequestContext, peer: PeerRow, until: number): Promise<boolean> {
    const heard = await this.db.query<Heard>(ctx, 'select h.size::text as size, h.root, h.note from sharing.heard h where h.council_id = $1 and h.peer_id = $2 order by h.size desc, h.root', [ctx.council.id, peer.peer_id]);
    const seen = Number(peer.seen_size);
    const grown = await this.#grow(ctx, peer, { size: Math.max(...heard.map(({ size }) => Number(size))), until });
    const { tree, begun } = grown;
    if (!grown.isAll) {
      await this.db.query(ctx, 'update sharing.peer set growing_size = $3, growing_peaks = $4, growing_is_own = $6 where council_id = $1 and peer_id = $2 and seen_size = $5 returning peer_id', [ctx.council.id, peer.peer_id, tree.size, peaksOf(tree), seen, grown.isOwn]);
      return grown.isOwn;
    }
    // The largest first: what this tree has itself needs no call. Those whose proofs there is no time to ask for any more stay for the next round, and so do those that are not proved.
    const [proved, left]: [Heard[], Heard[]] = [[], []];
    for (const one of heard) {
      if (proved.length + left.length > 0 && Number(one.size) < begun && this.clock.now().getTime() >= until) break;
      const isPart = await this.#isPartOf(ctx, peer, grown, one);
      if (isPart === false) {
        await this.#contradict(ctx, peer, one);
        return true;
      }
      (isPart ? proved : left).push(one);
    }
    for (const { size } of left) this.diary.warn('sharing.checkpoint-not-proved', { peer: peer.peer_id, size: Number(size) });
    await this.db.run(ctx, async (tx) => {
      await sql(tx, `update sharing.peer set seen_size = $3, seen_peaks = $4, growing_size = 0, growing_peaks = '{}' where council_id = $1 and peer_id = $2 and seen_size = $5`, [ctx.council.id, peer.peer_id, tree.size, peaksOf(tree), seen]);
      await sql(tx, 'delete from sharing.heard where council_id = $1 and peer_id = $2 and (size, root) in (select * from unnest($3::bigint[], $4::text[]))', [ctx.council.id, peer.peer_id, proved.map(({ size }) => size), proved.map(({ root }) => root)]);
    });
    return left.length === 0;
  }

  /** Carries on the tree to that size, or as far as the log says that it goes, until the time is over. @throws Unavailable when the log is not shown, or ends by a word that may be anybody's */
  async #grow(ctx: RequestContext, peer: PeerRow, { size, until }: { readonly size: number; readonly until: number }): Promise<Grown> {
    // What was fetched in the round before and is not proved yet goes on from what is proved.
    const [begun, peaks] = Number(peer.growing_size) > Number(peer.seen_size) ? [Number(peer.growing_size), peer.growing_peaks] : [Number(peer.seen_size), peer.seen_peaks];
    const tree = MerkleTree.resume(begun, peaks.map((hash) => new Uint8Array(hash)));
    let isOwn = begun === Number(peer.seen_size) || peer.growing_is_own;
    for (let isFirst = true; tree.size < size; isFirst = false) {
      if (!isFirst && this.clock.now().getTime() >= until) return { tree, begun, isAll: false, isOwn };
      const { said, isOwn: isSigned } = await this.logs.ask(ctx, whomOf(peer), `leaves?from=${tree.size}`);
      const leaves = said?.['leaves'];
      const hashes = Array.isArray(leaves) ? leaves.filter((one): one is string => typeof one === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(one)) : undefined;
      if (!hashes || (hashes.length === 0 && !isSigned)) throw new Unavailable('The log does not give its entries.');
      isOwn &&= isSigned;
      // A log says by an empty list, signed, that it ends here.
      if (hashes.length === 0) break;
      for (const hash of hashes.slice(0, size - tree.size)) tree.append(new Uint8Array(Buffer.from(hash, 'base64')));
    }
    return { tree, begun, isAll: true, isOwn };
  }

  /** Whether a checkpoint is of this tree; undefined while that is not proved. Of one that is older than where it was begun, whose hashes are not kept here, the log must prove it. @throws Unavailable when the tree itself may be anybody's */
  async #isPartOf(ctx: RequestContext, peer: PeerRow, { tree, begun, isOwn }: Grown, { size: written, root }: Heard): Promise<boolean | undefined> {
    const size = Number(written);
    if (size > tree.size) return false;
    if (size >= begun) {
      const isSame = Buffer.from(tree.root(size)).toString('base64') === root;
      if (!isSame && !isOwn) {
        // Begun anew the next time: whoever told it need not have been the body.
        await this.db.query(ctx, `update sharing.peer set growing_size = 0, growing_peaks = '{}' where council_id = $1 and peer_id = $2 returning peer_id`, [ctx.council.id, peer.peer_id]);
        throw new Unavailable('The log does not sign its entries.');
      }
      return isSame;
    }
    try {
      const { said, isOwn: isSigned } = await this.logs.ask(ctx, whomOf(peer), `consistency?from=${size}&to=${begun}`);
      const proof = Array.isArray(said?.['proof']) ? said['proof'].map((hash) => new Uint8Array(Buffer.from(String(hash), 'base64'))) : undefined;
      const isProved = proof !== undefined && verifyConsistency({ earlier: size, size: begun, proof, earlierRoot: new Uint8Array(Buffer.from(root, 'base64')), root: tree.root(begun) });
      // That it was never so long, or has no proof, counts where it has signed that.
      return isProved || (isSigned ? false : undefined);
    } catch (error) {
      if (!isNotReached(error)) throw error;
      return undefined;
    }
  }

  /** Keeps both notes: what was heard, and what the log says of itself now. Where people have just looked and gone on, what was heard before that counts no more. */
  async #contradict(ctx: RequestContext, peer: PeerRow, { size, root, note }: Heard): Promise<void> {
    const { peer_id: id } = peer;
    const notes = [note, await this.logs.note(ctx, whomOf(peer))];
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

function whomOf({ body, list_id: listId }: PeerRow): OfWhom { return { body, isListed: listId !== null }; }

function peaksOf(tree: MerkleTree): readonly Buffer[] { return tree.peaks.map((hash) => Buffer.from(hash)); }
