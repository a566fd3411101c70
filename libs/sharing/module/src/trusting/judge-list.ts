import { done, refused, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { keysAt, openPublications, openTrustList, readEnvelope, type Envelope, type Publications, type TrustList } from '@guildhall/sharing-contract';
import type { RecognisedList } from './recognised-list';

/** Why a list is not taken. `older`: one with a larger number is here; `two-of-one-number`: another one with the same. */
export type ListFault = 'unreachable' | 'not-public' | 'no-answer' | 'no-list' | 'not-signed' | 'another-list' | 'older' | 'two-of-one-number';

/** A list as it is kept, or what is published beside it. */
export interface KeptList { readonly envelope: Envelope; readonly serial: number }
/** One that may be taken: newer, or the same as is here. */
export interface JudgedList { readonly list: TrustList; readonly envelope: Envelope; readonly isNew: boolean }

/** What is published beside a list, where it may be taken. */
export interface JudgedPublications { readonly publications: Publications; readonly envelope: Envelope; readonly isNew: boolean }

/** Whether what was found where a list should be is that list: by its issuer's key, and no older than what is here. Who could bring back an old one could bring back a stolen key. */
export function judgeList(json: unknown, followed: RecognisedList, kept: KeptList | undefined, now: Date): Outcome<JudgedList, Refusal<ListFault>> {
  const judged = judgeSigned(json, followed, kept, now, openTrustList);
  return judged.ok ? done({ list: judged.value.document, envelope: judged.value.envelope, isNew: judged.value.isNew }) : judged;
}

/** The same of what is published beside a list. Nobody publishes what somebody else holds to be right. */
export function judgePublications(json: unknown, followed: RecognisedList, kept: KeptList | undefined, now: Date): Outcome<JudgedPublications, Refusal<ListFault>> {
  const judged = judgeSigned(json, followed, kept, now, openPublications);
  if (!judged.ok) return judged;
  const { document: publications, envelope, isNew } = judged.value;
  const others = publications.guidelines.find(({ by }) => by !== followed.by.id);
  return others ? refused('no-list', `The guideline ${others.id} is by ${others.by}.`) : done({ publications, envelope, isNew });
}

function judgeSigned<Document extends { readonly id: string; readonly by: string; readonly serial: number }>(
  json: unknown, followed: RecognisedList, kept: KeptList | undefined, now: Date, open: (envelope: Envelope, issuer: ReturnType<typeof keysAt>) => Outcome<Document, Refusal<'malformed' | 'not-signed'>>,
): Outcome<{ readonly document: Document; readonly envelope: Envelope; readonly isNew: boolean }, Refusal<ListFault>> {
  const envelope = readEnvelope(json);
  if (!envelope.ok) return refused('no-list', envelope.refusal.message);
  const opened = open(envelope.value, keysAt(followed.by, now));
  if (!opened.ok) return refused(opened.refusal.reason === 'not-signed' ? 'not-signed' : 'no-list', opened.refusal.message);
  const document = opened.value;
  if (document.id !== followed.id || document.by !== followed.by.id) return refused('another-list', `This is the list ${document.id} of ${document.by}.`);
  if (kept && document.serial < kept.serial) return refused('older', `Number ${document.serial} is older than number ${kept.serial}, which is here.`);
  const isNew = document.serial !== kept?.serial;
  if (!isNew && envelope.value.payload !== kept?.envelope.payload) return refused('two-of-one-number', `Another list was here as number ${document.serial}.`);
  return done({ document, envelope: envelope.value, isNew });
}
