import path from 'node:path';
import type { DoctorFinding } from '@guildhall/catalogue-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { keysAt, openTrustList, readEnvelope, standingOf, type Assessor, type Body, type TrustList } from '@guildhall/sharing-contract';
import { CannotDo } from '../command';
import { jsonFile, SETTINGS_FILE, settingsIn, type CouncilSettings } from './council-settings';

/** A list, as the file says it. */
interface ReadList { readonly file: string; readonly list: TrustList }
type Keyed = Pick<Body | Assessor, 'id' | 'keys'>;

/** What a council has decided about packages, with those whom it knows by the lists that it follows. @throws CannotDo */
export function settingsWithLists(folder: string, now: Date): CouncilSettings {
  const settings = settingsIn(folder);
  const all = listsIn(settings, folder, now).map(({ list }) => list);
  // Of one that ended long ago nobody is known any more; that a key was stolen stays so.
  const inForce = all.filter((list) => standingOf(list, now) !== 'void');
  return { ...settings, bodies: known(settings.bodies, inForce.flatMap(({ members }) => members), all.flatMap(({ members }) => members)), assessors: known(settings.assessors, inForce.flatMap(({ assessors }) => assessors), all.flatMap(({ assessors }) => assessors)) };
}

/** Whether the lists that a council follows still say something. @throws CannotDo */
export function lookAtLists(settings: CouncilSettings, folder: string, now: Date): readonly DoctorFinding[] {
  return listsIn(settings, folder, now).map(({ file, list }): DoctorFinding => {
    const finding = (weight: DoctorFinding['weight'], text: string): DoctorFinding => ({ weight, subject: 'trust lists', text: `The list ${list.id} of ${list.by} (${file}) ${text}` });
    switch (standingOf(list, now)) {
      case 'current': return finding('fine', `is good until ${list.expires.slice(0, 10)}.`);
      case 'ending': return finding('advice', `ends on ${list.expires.slice(0, 10)}. Fetch the next one.`);
      case 'expired': return finding('mend', `ended on ${list.expires.slice(0, 10)}. Fetch the next one: a month later nobody is known by it.`);
      case 'void': return finding('mend', `ended on ${list.expires.slice(0, 10)}, and nobody is known by it any more. Fetch the next one.`);
    }
  });
}

function listsIn({ lists }: CouncilSettings, folder: string, now: Date): readonly ReadList[] {
  return lists.map(({ file, issuer }) => {
    const { keys } = (there(folder, issuer) ?? {}) as Partial<Pick<Body, 'keys'>>;
    if (!Array.isArray(keys)) throw new CannotDo(`${SETTINGS_FILE}: ${issuer} has no keys. It is like what a node says of itself: { "id", "name", "keys" }.`);
    return { file, list: right(openTrustList(right(readEnvelope(there(folder, file)), file), keysAt({ keys }, now)), file) };
  });
}

/** @throws CannotDo */
function there(folder: string, file: string): unknown {
  const found = jsonFile(path.join(folder, file));
  if (found === undefined) throw new CannotDo(`${SETTINGS_FILE}: there is no ${file}.`);
  return found;
}
function right<Value>(read: Outcome<Value, Refusal<string>>, file: string): Value {
  if (!read.ok) throw new CannotDo(`${SETTINGS_FILE}: ${file}: ${read.refusal.message}`);
  return read.value;
}

/** Whom a council knows by itself stays as it knows them, then what the first list says counts; a key that any list calls stolen is so. */
function known<One extends Keyed>(own: readonly One[], listed: readonly One[], ever: readonly One[]): readonly One[] {
  const stolen = (id: string, x: string): string | undefined => ever.filter((one) => one.id === id).flatMap(({ keys }) => keys.filter((key) => key.x === x).flatMap(({ compromisedSince }) => compromisedSince ?? [])).sort()[0];
  const all = [...new Map([...own, ...listed].reverse().map((one) => [one.id, one])).values()].reverse();
  return all.map((one) => ({ ...one, keys: one.keys.map((key) => { const since = key.compromisedSince ?? stolen(one.id, key.x); return since === undefined ? key : { ...key, compromisedSince: since }; }) }));
}
