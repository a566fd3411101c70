import type { Checkpoint } from '../checkpoint';
import { leafHash, verifyInclusion } from '../merkle-tree';
import { entryBytes, type Entry, type EntryKind } from './entry';
import type { EntryShown } from './twins';

/** What stands in the other body's log where this stands in one's own. */
const OTHER_HALF: Readonly<Partial<Record<EntryKind, EntryKind>>> = { asked: 'answered', answered: 'received', 'change-told': 'change-heard', 'change-heard': 'change-told' };

/** Kinds of entries of which the other body has the other half. @public */
export const TWIN_KINDS = ['answered', 'received', 'change-told', 'change-heard'] as const satisfies readonly EntryKind[];

/**
 * The other half of an entry, where the other body's log is proved to have it: of the same exchange between the same two, by the same agreement, and with the digests that stand in one's own. The newest, where there are several.
 * @public
 * @param own an entry of one's own log
 * @param log its checkpoint, which has proved whose it is
 * @param self one's own id, as the other body has it
 */
export function findTwin(own: Entry, shown: readonly EntryShown[], { log, self }: { readonly log: Checkpoint; readonly self: string }): Entry | undefined {
  return shown.filter(({ entry }) => isOtherHalf(own, entry, self)).filter((one) => isIn(log, one)).at(-1)?.entry;
}

function isOtherHalf(own: Entry, other: Entry, self: string): boolean {
  if (other.kind !== OTHER_HALF[own.kind] || own.exchange === null || other.exchange !== own.exchange || other.peer !== self || other.agreement !== own.agreement) return false;
  switch (own.kind) {
    case 'asked': return other.req === own.req;
    case 'answered': return other.req === own.req && other.res === own.res && other.allow === own.allow;
    // Each decides for itself; what is told only leaves where it may.
    case 'change-told': return other.res === own.res;
    default: return other.res === own.res && other.allow === true;
  }
}

function isIn({ size, root }: Checkpoint, { entry, index, proof }: EntryShown): boolean {
  return verifyInclusion({ index, size, leaf: leafHash(entryBytes(entry)), proof: proof.map((hash) => new Uint8Array(Buffer.from(hash, 'base64'))), root });
}
