import { canonicalize, type Assessor, type Body, type BodyKey } from '@guildhall/sharing-contract';
import type { FollowedList } from './trust-lists';

/** A body as the lists have it. */
export interface ListedBody { readonly body: Body; readonly listId: string; readonly until: Date; /** Whether the list may still bring in somebody new. */ readonly mayCome: boolean }
/** A body as it is known here; without a list when its keys were compared. */
export interface KnownBefore { readonly body: Body; readonly listId: string | null; readonly until: Date | null }
/** What the lists change of who is known. */
export interface ListedChanges {
  readonly come: readonly ListedBody[];
  readonly changed: readonly ListedBody[];
  readonly gone: readonly string[];
  /** Whose keys were compared here, with those that a list calls stolen marked so. */
  readonly stolen: readonly Body[];
  /** Named with another log than the one by which it is known: another body. */
  readonly otherLog: readonly string[];
}

/** The bodies that the lists name, each as the first list has it that does. That somebody else may have a key is believed of whichever list says so. */
export function listedBodies(lists: readonly FollowedList[], own: string): ReadonlyMap<string, ListedBody> {
  const found = new Map<string, ListedBody>();
  for (const { list, followed, standing, voidAt } of lists) {
    if (!list || !voidAt || standing === 'void') continue;
    for (const body of list.members) {
      const before = found.get(body.id);
      if (body.id === own) continue;
      if (before) found.set(body.id, { ...before, body: { ...before.body, keys: before.body.keys.map((key) => withCompromise(key, body.keys)) } });
      else found.set(body.id, { body, listId: followed.id, until: voidAt, mayCome: standing !== 'expired' });
    }
  }
  return found;
}

/** What the lists change. Of bodies whose keys were compared here no list changes anything but that a key was stolen: whoever hears it first is believed. One that has ended brings in nobody. */
export function listedChanges(listed: ReadonlyMap<string, ListedBody>, known: readonly KnownBefore[], now: Date): ListedChanges {
  const before = new Map(known.map((one) => [one.body.id, one]));
  const named = [...listed.values()];
  const isOther = ({ body }: ListedBody): boolean => { const one = before.get(body.id); return one !== undefined && one.body.logOrigin !== body.logOrigin; };
  const byList = named.filter(({ body }) => before.get(body.id)?.until !== null && before.has(body.id));
  return {
    come: named.filter(({ body, mayCome }) => !before.has(body.id) && mayCome),
    changed: byList.filter((one) => !isOther(one) && isChanged(one, before.get(one.body.id)) && (one.mayCome || isStillKnown(before.get(one.body.id), now))),
    gone: known.filter((one) => isStillKnown(one, now) && one.until !== null && (!listed.has(one.body.id) || byList.some((other) => other.body.id === one.body.id && isOther(other)))).map(({ body }) => body.id),
    stolen: known.flatMap(({ body, until }) => { const one = until === null ? listed.get(body.id) : undefined; return one ? changedKeys(body, one.body.keys) : []; }),
    otherLog: byList.filter(isOther).map(({ body }) => body.id),
  };
}

/** Those who assess, each once: of several lists all that is said of them, so that what one leaves out another still has. */
export function mergedAssessors(assessors: readonly Assessor[]): readonly Assessor[] {
  const found = new Map<string, Assessor>();
  for (const one of assessors) {
    const before = found.get(one.id);
    found.set(one.id, before ? {
      ...before, accreditations: union(before.accreditations, one.accreditations), linkedTo: union(before.linkedTo, one.linkedTo),
      keys: [...before.keys.map((key) => withCompromise(key, one.keys)), ...one.keys.filter(({ x }) => !before.keys.some((key) => key.x === x))],
    } : one);
  }
  return [...found.values()];
}

/** To whom the systems of bodies belong besides, by the bodies' ids: all that any list says of one. It may only cost a body independence, so it is believed of one that was compared here, too, and whatever log it has. */
export function suppliersNamed(members: readonly Body[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { id, suppliers = [] } of members) found.set(id, union(found.get(id) ?? [], suppliers));
  return found;
}

function withCompromise(key: BodyKey, others: readonly BodyKey[]): BodyKey {
  const [since] = [key, ...others.filter(({ x }) => x === key.x)].flatMap(({ compromisedSince }) => compromisedSince ?? []).sort((a, b) => Date.parse(a) - Date.parse(b));
  return since === undefined ? key : { ...key, compromisedSince: since };
}

function changedKeys(body: Body, listed: readonly BodyKey[]): readonly Body[] {
  const keys = body.keys.map((key) => withCompromise(key, listed));
  return keys.some(({ compromisedSince }, at) => compromisedSince !== body.keys[at]?.compromisedSince) ? [{ ...body, keys }] : [];
}

function isStillKnown(one: KnownBefore | undefined, now: Date): boolean { return one !== undefined && (one.until === null || one.until > now); }
function isChanged({ body, listId, until }: ListedBody, before: KnownBefore | undefined): boolean { return listId !== before?.listId || until.getTime() !== before.until?.getTime() || canonicalize(body) !== canonicalize(before.body); }
function union(some: readonly string[], more: readonly string[]): readonly string[] { return [...new Set([...some, ...more])]; }
