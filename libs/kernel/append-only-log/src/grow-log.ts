import { sql, write, writeRows } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';
import { MerkleTree, formatCheckpoint, leafHash, signNote, type NoteKey } from '@guildhall/sharing-contract';
import type { LogTables } from './log-tables';

/** A log while a transaction appends to it. @public */
export interface GrowingLog {
  /** @returns where it stands */
  append(leaf: string | Uint8Array): number;
  /** Leaves the tree and its signed checkpoint to the commit. @returns the checkpoint */
  keep(): string;
  /** That an entry of this transaction's is in the tree as it is now: base64, from the leaf up. */
  proofOf(index: number): readonly string[];
}

/**
 * Takes hold of a council's log: entries have one order, whichever process writes, and others wait until the transaction is over. So it is taken last.
 * @public
 * @param key signs under the name of the log
 */
export async function growLog(tx: TransactionContext, { log, subtree }: LogTables, key: NoteKey): Promise<GrowingLog> {
  const held = (): Promise<{ size: string; peaks: Buffer[] }[]> => sql(tx, `select size::text as size, peaks from ${log} where council_id = $1 for update`, [tx.council.id]);
  let [now] = await held();
  if (!now) {
    // The row of a log that has none yet; somebody else may be just as fast.
    await sql(tx, `insert into ${log} (council_id, size, peaks, checkpoint) values ($1, 0, '{}', '') on conflict do nothing`, [tx.council.id]);
    [now] = await held();
  }
  if (!now) throw new Error('The log has no beginning.');
  const tree = MerkleTree.resume(Number(now.size), now.peaks.map((hash) => new Uint8Array(hash)));
  const began = tree.size;
  return {
    append: (leaf) => tree.append(leafHash(leaf)),
    keep: () => {
      const checkpoint = noteOf(tree, key);
      writeRows(tx, { into: subtree, columns: { height: 'smallint', position: 'bigint', hash: 'bytea' }, rows: tree.nodesSince(began).map(({ height, position, hash }) => [height, position, bytea(hash)]) });
      write(tx, `update ${log} set size = $2, peaks = $3::bytea[], checkpoint = $4 where council_id = $1`, [tx.council.id, tree.size, tree.peaks.map(bytea), checkpoint]);
      return checkpoint;
    },
    proofOf: (index) => tree.inclusionProof(index).map(base64),
  };
}

/** A signed note over a tree. */
export function noteOf(tree: MerkleTree, key: NoteKey): string { return signNote(formatCheckpoint({ origin: key.name, size: tree.size, root: tree.root() }), [key]); }

/** As PostgreSQL reads it. */
function bytea(bytes: Uint8Array): string { return `\\x${Buffer.from(bytes).toString('hex')}`; }

export function base64(bytes: Uint8Array): string { return Buffer.from(bytes).toString('base64'); }
