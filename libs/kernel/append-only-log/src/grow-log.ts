import { sql, write, writeRows } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';
import { MerkleTree, formatCheckpoint, leafHash, signNote, type NoteKey } from '@guildhall/sharing-contract';
import type { LogTables } from './log-tables';

/** A log while a transaction appends to it. @public */
export interface GrowingLog {
  /** How many entries there were before. */
  readonly began: number;
  /** @returns where it stands */
  append(leaf: string | Uint8Array): number;
  /** Leaves the tree and its signed checkpoint to the commit, which fails where the log has grown otherwise meanwhile. @returns the checkpoint */
  keep(): string;
  /** What to go on from once this transaction is over. */
  end(): LogEnd;
  /** That an entry of this transaction's is in the tree as it is now: base64, from the leaf up. */
  proofOf(index: number): readonly string[];
}

/** So many rows are listed in one statement; each number of them is one that is planned by itself. */
const FEW = 4;

/** How far a log has come, and the largest whole subtrees: all that is needed to go on. @public */
export interface LogEnd { readonly size: number; readonly peaks: readonly Uint8Array[] }

/**
 * Takes hold of a council's log: entries have one order, whichever process writes, and others wait until the transaction is over. So it is taken last.
 * @public
 * @param key signs under the name of the log
 */
export async function growLog(tx: TransactionContext, tables: LogTables, key: NoteKey): Promise<GrowingLog> {
  const { log } = tables;
  const held = (): Promise<{ size: string; peaks: Buffer[] }[]> => sql(tx, `select size::text as size, peaks from ${log} where council_id = $1 for update`, [tx.council.id]);
  let [now] = await held();
  if (!now) {
    // The row of a log that has none yet; somebody else may be just as fast.
    await sql(tx, `insert into ${log} (council_id, size, peaks, checkpoint) values ($1, 0, '{}', '') on conflict do nothing`, [tx.council.id]);
    [now] = await held();
  }
  if (!now) throw new Error('The log has no beginning.');
  return growLogFrom(tx, tables, key, { size: Number(now.size), peaks: now.peaks.map((hash) => new Uint8Array(hash)) });
}

/**
 * The same without looking how far it has come, for whoever has appended last: all goes with the commit in one round trip. It fails where another process has appended meanwhile: then take hold of it.
 * @public
 */
export function growLogFrom(tx: TransactionContext, { log, subtree }: LogTables, key: NoteKey, end: LogEnd): GrowingLog {
  const tree = MerkleTree.resume(end.size, end.peaks);
  return {
    began: end.size,
    append: (leaf) => tree.append(leafHash(leaf)),
    keep: () => {
      const checkpoint = noteOf(tree, key);
      const nodes = tree.nodesSince(end.size).map(({ height, position, hash }): readonly [number, number, string] => [height, position, bytea(hash)]);
      // A few hashes, which one entry brings, go with the log's row in one statement: to begin another costs the database as much as what it stores.
      const few = nodes.length <= FEW ? nodes : [];
      const kept = few.length > 0 ? `, kept as (insert into ${subtree} (council_id, height, position, hash) values ${few.map((_, at) => `($1, $${at * 3 + 6}::smallint, $${at * 3 + 7}::bigint, $${at * 3 + 8}::bytea)`).join(', ')})` : '';
      // Division by zero is how a statement fails that has found nothing.
      write(tx, `with grown as (update ${log} set size = $3, peaks = $4::bytea[], checkpoint = $5 where council_id = $1 and size = $2 returning 1)${kept} select 1 / count(*) as grown from grown`, [tx.council.id, end.size, tree.size, tree.peaks.map(bytea), checkpoint, ...few.flat()]);
      if (few.length === 0) writeRows(tx, { into: subtree, columns: { height: 'smallint', position: 'bigint', hash: 'bytea' }, rows: nodes });
      return checkpoint;
    },
    end: () => ({ size: tree.size, peaks: tree.peaks }),
    proofOf: (index) => tree.inclusionProof(index).map(base64),
  };
}

/** A signed note over a tree. */
export function noteOf(tree: MerkleTree, key: NoteKey): string { return signNote(formatCheckpoint({ origin: key.name, size: tree.size, root: tree.root() }), [key]); }

/** As PostgreSQL reads it. */
function bytea(bytes: Uint8Array): string { return `\\x${Buffer.from(bytes).toString('hex')}`; }

export function base64(bytes: Uint8Array): string { return Buffer.from(bytes).toString('base64'); }
