import { done, refused, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { keysAt, openTrustList, readEnvelope, type Envelope, type TrustList } from '@guildhall/sharing-contract';
import type { RecognisedList } from './recognised-list';

/** Why a list is not taken. `older`: one with a larger number is here; `two-of-one-number`: another one with the same. */
export type ListFault = 'unreachable' | 'not-public' | 'no-answer' | 'no-list' | 'not-signed' | 'another-list' | 'older' | 'two-of-one-number';

/** A list as it is kept. */
export interface KeptList { readonly envelope: Envelope; readonly serial: number }
/** One that may be taken: newer, or the same as is here. */
export interface JudgedList { readonly list: TrustList; readonly envelope: Envelope; readonly isNew: boolean }

/** Whether what was found where a list should be is that list: by its issuer's key, and no older than what is here. Who could bring back an old one could bring back a stolen key. */
export function judgeList(json: unknown, followed: RecognisedList, kept: KeptList | undefined, now: Date): Outcome<JudgedList, Refusal<ListFault>> {
  const envelope = readEnvelope(json);
  if (!envelope.ok) return refused('no-list', envelope.refusal.message);
  const opened = openTrustList(envelope.value, keysAt(followed.by, now));
  if (!opened.ok) return refused(opened.refusal.reason === 'not-signed' ? 'not-signed' : 'no-list', opened.refusal.message);
  const list = opened.value;
  if (list.id !== followed.id || list.by !== followed.by.id) return refused('another-list', `This is the list ${list.id} of ${list.by}.`);
  if (kept && list.serial < kept.serial) return refused('older', `Number ${list.serial} is older than number ${kept.serial}, which is here.`);
  const isNew = list.serial !== kept?.serial;
  if (!isNew && envelope.value.payload !== kept?.envelope.payload) return refused('two-of-one-number', `Another list was here as number ${list.serial}.`);
  return done({ list, envelope: envelope.value, isNew });
}
