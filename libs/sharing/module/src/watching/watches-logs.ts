import { Database, LOG, OUTBOUND, audit, sql } from '@guildhall/kernel';
import { Unavailable, isGuildhallError, type JobHandler, type Log, type Outbound, type RequestContext } from '@guildhall/kernel-contract';
import { MerkleTree, verifyConsistency, type Body } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';

interface PeerRow { readonly peer_id: string; readonly body: Body; readonly list_id: string | null; readonly seen_size: string; readonly seen_peaks: Buffer[] }
interface Heard { readonly size: string; readonly root: string; readonly note: string }

/**
 * Holds what each body has said of its log against that log: fetches the hashes of the entries that are new, works out the tree, and looks whether every checkpoint that was heard is one of it.
 * A log that was cut short, changed or told in two ways does not pass; then nothing is shared with the body until people have looked, and both notes are kept.
 */
@Injectable()
export class WatchesLogs implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, private readonly node: OwnNode, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(LOG) private readonly diary: Log) {}

  async run(ctx: RequestContext): Promise<void> {
    const peers = await this.db.query<PeerRow>(ctx, `
      select p.peer_id, p.body, p.list_id, p.seen_size::text as seen_size, p.seen_peaks from sharing.peer p
      where p.council_id = $1 and p.contradiction is null and exists (select from sharing.heard h where h.council_id = p.council_id and h.peer_id = p.peer_id)`, [ctx.council.id]);
    for (const peer of peers) {
      try {
        await this.#watch(ctx, peer);
      } catch (error) {
        if (!isGuildhallError(error) || (error.code !== 'unavailable' && error.code !== 'not-allowed')) throw error;
        this.diary.warn('sharing.log-not-reached', { peer: peer.peer_id });
      }
    }
  }

  async #watch(ctx: RequestContext, peer: PeerRow): Promise<void> {
    const heard = await this.db.query<Heard>(ctx, 'select size::text as size, root, note from sharing.heard where council_id = $1 and peer_id = $2 order by size, root', [ctx.council.id, peer.peer_id]);
    const seen = Number(peer.seen_size);
    const known = MerkleTree.resume(seen, peer.seen_peaks.map((hash) => new Uint8Array(hash)));
    const tree = await this.#grown(ctx, peer, known, Math.max(...heard.map(({ size }) => Number(size))));
    for (const one of heard) if (!(await this.#isPartOf(ctx, peer, tree, seen, one))) return this.#contradict(ctx, peer, one.note);
    await this.db.run(ctx, async (tx) => {
      await sql(tx, 'update sharing.peer set seen_size = $3, seen_peaks = $4 where council_id = $1 and peer_id = $2 and seen_size = $5', [ctx.council.id, peer.peer_id, tree.size, tree.peaks.map((hash) => Buffer.from(hash)), seen]);
      await sql(tx, 'delete from sharing.heard where council_id = $1 and peer_id = $2 and (size, root) in (select * from unnest($3::bigint[], $4::text[]))', [ctx.council.id, peer.peer_id, heard.map(({ size }) => size), heard.map(({ root }) => root)]);
    });
  }

  /** The tree with all entries up to that size; a smaller one when the log has no more. @throws Unavailable */
  async #grown(ctx: RequestContext, peer: PeerRow, known: MerkleTree, size: number): Promise<MerkleTree> {
    while (known.size < size) {
      const { leaves } = await this.#json(ctx, peer, `leaves?from=${known.size}`);
      const hashes = Array.isArray(leaves) ? leaves.filter((one): one is string => typeof one === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(one)) : [];
      if (hashes.length === 0) return known;
      for (const hash of hashes.slice(0, size - known.size)) known.append(new Uint8Array(Buffer.from(hash, 'base64')));
    }
    return known;
  }

  /** Whether a checkpoint is of this tree. Of one that is older than what was seen, whose hashes are not kept here, the log must prove it. */
  async #isPartOf(ctx: RequestContext, peer: PeerRow, tree: MerkleTree, seen: number, { size: written, root }: Heard): Promise<boolean> {
    const size = Number(written);
    if (size > tree.size) return false;
    if (size >= seen) return Buffer.from(tree.root(size)).toString('base64') === root;
    const { proof } = await this.#json(ctx, peer, `consistency?from=${size}&to=${seen}`);
    const hashes = Array.isArray(proof) ? proof.map((hash) => new Uint8Array(Buffer.from(String(hash), 'base64'))) : [];
    return verifyConsistency({ earlier: size, size: seen, proof: hashes, earlierRoot: new Uint8Array(Buffer.from(root, 'base64')), root: tree.root(seen) });
  }

  /** @throws Unavailable when it does not answer, or not with what was asked */
  async #json(ctx: RequestContext, { body, list_id: listId }: PeerRow, path: string): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.outbound.fetch(`${body.endpoint}/log/${path}`, { headers: { accept: 'application/json' }, ...this.node.guard(ctx, listId !== null) });
    if (response.status !== 200) throw new Unavailable(`The log answers ${response.status}.`);
    return response.json() as Readonly<Record<string, unknown>>;
  }

  /** Keeps both notes: what was heard, and what the log says of itself now. */
  async #contradict(ctx: RequestContext, { peer_id: id, body, list_id: listId }: PeerRow, note: string): Promise<void> {
    const { status, text } = await this.outbound.fetch(`${body.endpoint}/log/checkpoint`, this.node.guard(ctx, listId !== null)).then((response) => ({ status: response.status, text: response.text() }));
    const notes = [note, status === 200 ? text : ''];
    await this.db.run(ctx, async (tx) => {
      await sql(tx, 'update sharing.peer set contradiction = $3 where council_id = $1 and peer_id = $2 and contradiction is null', [ctx.council.id, id, notes]);
      audit(tx, { action: 'sharing.log-contradicts-itself', subject: { type: 'sharing.peer', id } });
    });
    this.diary.error('sharing.log-contradicts-itself', { peer: id });
  }
}
