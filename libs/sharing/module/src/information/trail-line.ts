import type { Text } from '@guildhall/kernel-contract';
import type { CheckId, Entry, EntryKind, Vocabulary } from '@guildhall/sharing-contract';

/**
 * How far a line is proved: on `both-sides`; by us alone, because it was `not-sent` or the other side has `not-shown` its log; still `waiting`;
 * or with one record missing: ours (`theirs-alone`), or theirs of what they were asked (`never-heard`) or told (`never-received`).
 */
export type TrailProof = 'both-sides' | 'not-sent' | 'not-shown' | 'waiting' | 'never-heard' | 'never-received' | 'theirs-alone';

/** One body asked another. */
export interface AskedLine {
  readonly asker: Text;
  readonly holder: Text;
  readonly attributes: readonly Text[];
  readonly purpose: Text | undefined;
  /** Undefined while no answer has come. */
  readonly isTold: boolean | undefined;
  readonly failed: readonly CheckId[];
  readonly proof: TrailProof;
  /** Why, where an officer looked. */
  readonly lookedBecause?: string;
}

/** One thing that happened with somebody's information. */
export interface TrailLine {
  readonly index: number;
  readonly at: Date;
  readonly kind: Exclude<EntryKind, 'received'>;
  readonly agreement?: { readonly id: string; readonly version?: number; readonly name: Text };
  /** The other body, where there is one. */
  readonly peer?: Text;
  /** Of an exchange only. */
  readonly asked?: AskedLine;
  /** Of a change that was told unasked: whether it could be. */
  readonly told?: { readonly isTold: boolean; readonly failed: readonly CheckId[] };
  /** What is meant, where it is about something that is held. */
  readonly attributes: readonly Text[];
  /** Of a choice or a dispute: who pressed. */
  readonly chosenBy?: 'resident' | 'adviser' | 'peer';
  readonly receiptId?: string;
}

/** A line as it is kept. */
export interface TrailRow {
  readonly index: string;
  readonly leaf: string;
  readonly received: string | null;
  readonly is_twin_missing: boolean;
  readonly chosen_by: TrailLine['chosenBy'] | null;
  readonly receipt_id: string | null;
  /** The reason of an officer who looked, sealed. */
  readonly look: Buffer | null;
}

/** What is needed to say it in words. */
export interface TrailWords {
  readonly own: Text;
  readonly vocabulary: Vocabulary;
  /** Names of agreements, by their id. */
  readonly agreements: ReadonlyMap<string, Text>;
  readonly now: Date;
  /** Opens the reason of an officer's look. */
  readonly becauseIn: (peer: string, exchange: string, sealed: Buffer) => string;
}

/** Whoever waits for a page gets an answer in seconds; what has not come by then does not come. */
const WAITED_FOR_MS = 60_000;

/** A line of the log in words, for the person whom it is about. */
export function trailLine(row: TrailRow, words: TrailWords): TrailLine {
  const entry = JSON.parse(row.leaf) as Entry & { readonly kind: TrailLine['kind'] };
  const received = row.received === null ? undefined : (JSON.parse(row.received) as Entry);
  const [id, version] = entry.agreement?.split('@') ?? [];
  const peer = entry.peer === null ? undefined : bodyNamed(entry.peer, words);
  const attributes = entry.attributes.map((attribute) => words.vocabulary.attributes.find((one) => one.id === attribute)?.title ?? same(attribute));
  return {
    index: Number(row.index), at: new Date(entry.t), kind: entry.kind, attributes, ...(peer && { peer }),
    ...(id !== undefined && { agreement: { id, ...(version !== undefined && { version: Number(version) }), name: words.agreements.get(id) ?? same(id) } }),
    ...((entry.kind === 'asked' || entry.kind === 'answered') && { asked: askedLine(entry, { received, isTwinMissing: row.is_twin_missing, peer: peer ?? same(''), attributes, words, look: row.look }) }),
    ...((entry.kind === 'change-told' || entry.kind === 'change-heard') && { told: { isTold: entry.allow === true, failed: entry.failed } }),
    ...(row.chosen_by && { chosenBy: row.chosen_by }), ...(row.receipt_id !== null && { receiptId: row.receipt_id }),
  };
}

function askedLine(entry: Entry, { received, isTwinMissing, peer, attributes, words, look }: { readonly look: Buffer | null; readonly received: Entry | undefined; readonly isTwinMissing: boolean; readonly peer: Text; readonly attributes: readonly Text[]; readonly words: TrailWords }): AskedLine {
  const isOurs = entry.kind === 'asked';
  const decided = isOurs && entry.allow === true ? received : entry;
  return {
    asker: isOurs ? words.own : peer, holder: isOurs ? peer : words.own, attributes, purpose: words.vocabulary.purposes.find(({ id }) => id === entry.purpose)?.to,
    isTold: decided?.allow ?? undefined, failed: decided?.failed ?? [], proof: proofOf(entry, received, isTwinMissing, words.now), ...(look && { lookedBecause: words.becauseIn(entry.peer ?? '', entry.exchange ?? '', look) }),
  };
}

/** An answer is written down as received only when it has proved that it stands in the other body's log; a question that is answered has brought the other body's log with it. */
function proofOf({ kind, allow, peerCheckpoint, t }: Entry, received: Entry | undefined, isTwinMissing: boolean, now: Date): TrailProof {
  if (kind === 'answered') return isTwinMissing ? 'never-received' : peerCheckpoint === null ? 'not-shown' : 'both-sides';
  if (allow !== true) return 'not-sent';
  if (received) return 'both-sides';
  if (isTwinMissing) return 'theirs-alone';
  return now.getTime() - new Date(t).getTime() < WAITED_FOR_MS ? 'waiting' : 'never-heard';
}

function bodyNamed(id: string, { vocabulary }: TrailWords): Text { return vocabulary.bodies[id] ?? same(id); }

function same(word: string): Text { return { en: word, cy: word }; }
