import type { Text } from '@guildhall/kernel-contract';
import type { CheckId, Entry, EntryKind, Vocabulary } from '@guildhall/sharing-contract';

/**
 * How far a line is proved: on `both-sides`; by us alone, because it was `not-sent`, while we wait for the answer (`waiting`), tell it (`telling`) or look whether the other side has it (`comparing`), or because that has `not-shown` its log yet;
 * or, in red, with one record missing: nothing was shown for a week (`never-shown`), ours of the answer (`theirs-alone`), or theirs of what they were asked (`never-heard`), were told (`never-received`) or told us (`never-told`).
 */
export type TrailProof = 'both-sides' | 'not-sent' | 'waiting' | 'telling' | 'comparing' | 'not-shown' | 'never-shown' | 'never-heard' | 'never-received' | 'never-told' | 'theirs-alone';

/** One body asked another. */
export interface AskedLine {
  readonly asker: Text;
  readonly holder: Text;
  readonly attributes: readonly Text[];
  readonly purpose: Text | undefined;
  /** Undefined while no answer has come. */
  readonly isTold: boolean | undefined;
  readonly failed: readonly CheckId[];
  /** Why, where an officer looked. */
  readonly lookedBecause?: string;
}

/** Whether something was told; undefined while that is not known. And why not. */
export interface WhatCame { readonly isTold: boolean | undefined; readonly failed: readonly CheckId[] }

/** One thing that happened with somebody's information. */
export interface TrailLine {
  readonly index: number;
  readonly at: Date;
  readonly kind: Exclude<EntryKind, 'received'>;
  /** `isKept` when it is here, so that it can be read; what is not is called by its id. */
  readonly agreement?: { readonly id: string; readonly version?: number; readonly name: Text; readonly isKept: boolean };
  /** The other body, where there is one. */
  readonly peer?: Text;
  /** Of an exchange only. */
  readonly asked?: AskedLine;
  /** Of a change that was told unasked: whether it was, as far as that is known. */
  readonly told?: WhatCame;
  /** Of an exchange or such a change. */
  readonly proof?: TrailProof;
  /** What is meant, where it is about something that is held. */
  readonly attributes: readonly Text[];
  /** Of a choice or a dispute: who pressed. */
  readonly chosenBy?: 'resident' | 'adviser' | 'peer';
  readonly receiptId?: string;
  /** Of something that was put right here: who had been told what was wrong, and since when they know. */
  readonly toldWrong?: readonly { readonly name: Text; readonly takenAt?: Date; readonly isTurnedDown: boolean }[];
}

/** A line as it is kept. */
export interface TrailRow {
  readonly index: string;
  readonly leaf: string;
  readonly received: string | null;
  /** Whether the other body is proved to have its half, what it decided, and when it was looked last; null where nobody has looked yet. */
  readonly twin: 'open' | 'there' | 'missing' | null;
  readonly twin_allow: boolean | null;
  readonly twin_looked_at: Date | null;
  /** Of a change that is told: how far it has come. */
  readonly delivery: 'waiting' | 'arrived' | 'confirmed' | 'turned-down' | null;
  readonly delivery_failed: readonly CheckId[] | null;
  readonly chosen_by: TrailLine['chosenBy'] | null;
  readonly receipt_id: string | null;
  /** The reason of an officer who looked, sealed. */
  readonly look: Buffer | null;
  /** The bodies that had been told what was put right; instants as in JSON. */
  readonly told_wrong: readonly { readonly peer_id: string; readonly taken_at: string | null; readonly is_turned_down: boolean }[] | null;
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
/** By then it was looked whether the other body has its half: that is done every quarter of an hour. */
const COMPARED_WITHIN_MS = 20 * 60_000;
/** After that a record that was looked for and not shown is one that is missing. */
const SHOWN_WITHIN_MS = 7 * 24 * 60 * 60_000;

/** A line of the log in words, for the person whom it is about. */
export function trailLine(row: TrailRow, words: TrailWords): TrailLine {
  const entry = JSON.parse(row.leaf) as Entry & { readonly kind: TrailLine['kind'] };
  const [id, version] = entry.agreement?.split('@') ?? [];
  const peer = entry.peer === null ? undefined : bodyNamed(entry.peer, words);
  const attributes = entry.attributes.map((attribute) => words.vocabulary.attributes.find((one) => one.id === attribute)?.title ?? same(attribute));
  return {
    index: Number(row.index), at: new Date(entry.t), kind: entry.kind, attributes, ...(peer && { peer }),
    ...(id !== undefined && { agreement: { id, ...(version !== undefined && { version: Number(version) }), name: words.agreements.get(id) ?? same(id), isKept: words.agreements.has(id) } }),
    ...((entry.kind === 'asked' || entry.kind === 'answered') && { asked: askedLine(entry, { row, peer: peer ?? same(''), attributes, words }), proof: proofOf(entry, row, words.now) }),
    ...((entry.kind === 'change-told' || entry.kind === 'change-heard') && { told: whatCame(entry, row), proof: proofOf(entry, row, words.now) }),
    ...(row.chosen_by && { chosenBy: row.chosen_by }), ...(row.receipt_id !== null && { receiptId: row.receipt_id }),
    ...(row.told_wrong && { toldWrong: row.told_wrong.map(({ peer_id: id, taken_at: takenAt, is_turned_down: isTurnedDown }) => ({ name: bodyNamed(id, words), isTurnedDown, ...(takenAt !== null && { takenAt: new Date(takenAt) }) })) }),
  };
}

function askedLine(entry: Entry, { row, peer, attributes, words }: { readonly row: TrailRow; readonly peer: Text; readonly attributes: readonly Text[]; readonly words: TrailWords }): AskedLine {
  const isOurs = entry.kind === 'asked';
  return {
    asker: isOurs ? words.own : peer, holder: isOurs ? peer : words.own, attributes, purpose: words.vocabulary.purposes.find(({ id }) => id === entry.purpose)?.to,
    ...whatCame(entry, row), ...(row.look && { lookedBecause: words.becauseIn(entry.peer ?? '', entry.exchange ?? '', row.look) }),
  };
}

/** What was asked is told when the answer has come, and a change when the other body has it. What was refused here never left. */
export function whatCame(entry: Entry, { received, twin, twin_allow: theirs, delivery, delivery_failed: failed }: TrailRow): WhatCame {
  if (entry.allow !== true || (entry.kind !== 'asked' && entry.kind !== 'change-told')) return { isTold: entry.allow ?? undefined, failed: entry.failed };
  if (entry.kind === 'asked') {
    const came = received === null ? undefined : (JSON.parse(received) as Entry);
    return { isTold: came?.allow ?? undefined, failed: came?.failed ?? [] };
  }
  const isTold = twin === 'there' ? theirs === true : delivery === 'arrived' || delivery === 'confirmed' || (delivery === 'turned-down' ? false : undefined);
  return { isTold, failed: isTold === false ? (failed ?? []) : [] };
}

/** An answer is written down as received only when it has proved that it stands in the other body's log. Of all else its half must be found there. */
function proofOf({ kind, allow, t }: Entry, { received, twin, twin_looked_at: lookedAt, delivery }: TrailRow, now: Date): TrailProof {
  const age = now.getTime() - new Date(t).getTime();
  const isSent = kind === 'asked' || kind === 'change-told';
  if (isSent && allow !== true) return 'not-sent';
  if (kind === 'asked') {
    if (received !== null) return 'both-sides';
    if (twin === 'missing') return 'theirs-alone';
    return age < WAITED_FOR_MS ? 'waiting' : 'never-heard';
  }
  if (twin === 'there') return 'both-sides';
  if (delivery === 'waiting' && age < SHOWN_WITHIN_MS) return 'telling';
  if (twin === 'missing') return kind === 'change-heard' ? 'never-told' : 'never-received';
  if (lookedAt !== null && age >= SHOWN_WITHIN_MS) return 'never-shown';
  return lookedAt === null && age < COMPARED_WITHIN_MS ? 'comparing' : 'not-shown';
}

function bodyNamed(id: string, { vocabulary }: TrailWords): Text { return vocabulary.bodies[id] ?? same(id); }

function same(word: string): Text { return { en: word, cy: word }; }
