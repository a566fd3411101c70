import { feedLeaf, type FeedItem, type FeedPage } from '@guildhall/catalogue-contract';
import { done, refused, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { MerkleTree, openNote, parseCheckpoint, verifyConsistency, type Checkpoint, type NoteKey } from '@guildhall/sharing-contract';

/** How far a log is known. */
export interface KnownLog { readonly size: number; readonly peaks: readonly Uint8Array[] }
/** A page whose entries are the next ones of the log that was signed. */
export interface ProvedPage {
  readonly items: readonly FeedItem[];
  readonly checkpoint: Checkpoint;
  /** Whether the log has no more than this page. */
  readonly isLast: boolean;
}
/** `not-signed`: not by its key; `forked`, `shrunk`: it is signed, and cannot be the same log. */
export type PageRefusal = Refusal<'not-signed' | 'out-of-order' | 'forked' | 'shrunk'>;

/** What a note of a feed says, when its key has signed it. */
export function openFeedNote(note: string, key: NoteKey): Outcome<Checkpoint, Refusal<'not-signed'>> {
  const opened = openNote(note, [key]);
  if (!opened.ok) return refused('not-signed', `What it shows is not signed by the key of ${key.name}.`);
  try {
    const checkpoint = parseCheckpoint(opened.value.text);
    return checkpoint.origin === key.name ? done(checkpoint) : refused('not-signed', `What it shows is about ${checkpoint.origin}, and not about ${key.name}.`);
  } catch {
    return refused('not-signed', `What ${key.name} shows is no checkpoint.`);
  }
}

/**
 * Whether a page is what comes next in the log that is known from before, and in no other.
 * @param prove fetches the proof that the log of one size begins with that of a smaller (RFC 9162, 2.1.4): asked where the page is not the end
 */
export async function provePage({ checkpoint: note, items }: FeedPage, known: KnownLog, key: NoteKey, prove: (from: number, to: number) => Promise<readonly string[]>): Promise<Outcome<ProvedPage, PageRefusal>> {
  const opened = openFeedNote(note, key);
  if (!opened.ok) return opened;
  const checkpoint = opened.value;
  if (checkpoint.size < known.size) return refused('shrunk', `${key.name} had ${known.size} entries, and signs now that it has ${checkpoint.size}.`);
  const tree = MerkleTree.resume(known.size, known.peaks);
  const taken = items.slice(0, checkpoint.size - known.size);
  for (const { index, entry } of taken) {
    if (index !== tree.size) return refused('out-of-order', `Entry ${tree.size} of ${key.name} was asked for, and ${index} came.`);
    tree.append(feedLeaf(entry));
  }
  const isLast = tree.size === checkpoint.size;
  if (tree.size === known.size && !isLast) return refused('out-of-order', `${key.name} signs that it has ${checkpoint.size} entries, and does not show those after ${known.size}.`);
  const root = (): Uint8Array => tree.root();
  const isOne = isLast ? Buffer.from(root()).equals(checkpoint.root) : tree.size === 0 || verifyConsistency({ earlier: tree.size, size: checkpoint.size, proof: (await prove(tree.size, checkpoint.size)).map((hash) => new Uint8Array(Buffer.from(hash, 'base64'))), earlierRoot: root(), root: checkpoint.root });
  return isOne ? done({ items: taken, checkpoint, isLast }) : refused('forked', `${key.name} signs a log that does not begin with the entries that it showed before.`);
}
