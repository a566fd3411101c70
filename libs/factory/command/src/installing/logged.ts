import { feedLeaf, type ReleaseListing } from '@guildhall/catalogue-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { documentDigest, openNote, parseCheckpoint, parseVerifierKey, verifyConsistency, verifyInclusion, type Checkpoint } from '@guildhall/sharing-contract';
import type { CatalogueClient } from './catalogue-client';

/** Since when a catalogue's log has a release, and the newest checkpoint that is known of that log. */
export interface Logged { readonly at: Date; readonly checkpoint: string }
export type LogRefusal = Refusal<'not-logged' | 'forked'>;

const CLOCKS_DIFFER_BY_MS = 5 * 60 * 1000;

/**
 * Whether a release stands in the log of a catalogue, by a checkpoint that the catalogue has signed, of a log that has only grown since it was seen last.
 * @param seen the newest checkpoint that was seen of it @throws NotReached
 */
export async function whenLogged(client: CatalogueClient, name: string, version: string, { release, logged }: ReleaseListing, seen: string | undefined, now: Date): Promise<Outcome<Logged, LogRefusal>> {
  const { entry, index, size, proof, checkpoint } = logged;
  const catalogue = client.catalogue.name;
  const not = (why: string): Outcome<never, LogRefusal> => refused('not-logged', `${catalogue} does not prove that ${name} ${version} stands in its log: ${why}.`);
  const head = opened(checkpoint, client.catalogue.key);
  if (!head) return not('its checkpoint is not signed by the key that guildhall.json has of it');
  if (entry.kind !== 'release' || entry.about !== name || entry.version !== version || entry.digest !== documentDigest(release)) return not('the entry is of something else');
  if (head.size !== size || index >= size || !verifyInclusion({ index, size, leaf: feedLeaf(entry), proof: bytes(proof), root: head.root })) return not('the proof does not lead to its checkpoint');
  if (Date.parse(entry.t) > now.getTime() + CLOCKS_DIFFER_BY_MS) return not('the entry is from the future');
  const before = seen === undefined ? undefined : opened(seen, client.catalogue.key);
  if (before && !(await hasGrown(client, before, head))) return refused('forked', `${catalogue} shows another log than this app saw before: something was taken out of it or changed. Trust nothing of it until its people have said why.`);
  return done({ at: new Date(entry.t), checkpoint: before && seen !== undefined && before.size > head.size ? seen : checkpoint });
}

function opened(checkpoint: string, verifier: string): Checkpoint | undefined {
  const key = parseVerifierKey(verifier);
  const note = openNote(checkpoint, [key]);
  if (!note.ok) return undefined;
  try {
    const head = parseCheckpoint(note.value.text);
    return head.origin === key.name ? head : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the smaller of two states of a log is the beginning of the larger. */
async function hasGrown(client: CatalogueClient, one: Checkpoint, other: Checkpoint): Promise<boolean> {
  const [earlier, later] = one.size <= other.size ? [one, other] : [other, one];
  if (earlier.size === later.size) return Buffer.from(earlier.root).equals(Buffer.from(later.root));
  const proof = bytes(await client.consistency(earlier.size, later.size));
  return verifyConsistency({ earlier: earlier.size, size: later.size, proof, earlierRoot: earlier.root, root: later.root });
}

/** Of what was seen of each log, and what is seen of some now, what is of the larger size: several are asked at once, and none may take back what another has heard. */
export function newerOf(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...before, ...Object.fromEntries(Object.entries(now).filter(([origin, checkpoint]) => sizeOf(checkpoint) > sizeOf(before[origin]))) };
}
/** The second line of a checkpoint (C2SP tlog-checkpoint). */
function sizeOf(checkpoint: string | undefined): number { return checkpoint === undefined ? -1 : Number(checkpoint.split('\n')[1]); }

function bytes(proof: readonly string[]): readonly Uint8Array[] { return proof.map((hash) => new Uint8Array(Buffer.from(hash, 'base64'))); }
