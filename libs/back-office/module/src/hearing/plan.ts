import { ruleFor } from '@guildhall/back-office-contract';
import { areReasonsPublic, checkMove, isFor, reportStatusOf, stateOf, transitionOf, transitionsFrom, dayInWords, dayOf, type CaseTransition, type CaseType, type CaseView } from '@guildhall/cases-contract';
import { lostPhotosInWords } from '@guildhall/documents-contract/from-elsewhere';
import type { Text } from '@guildhall/kernel-contract';
import type { CasesHandedOver } from '../back-office.options';

/** One thing that a far end told of a case. */
export interface ToldProgress { readonly status: string; readonly code: string | null; readonly at: Date; readonly words: string | null; readonly photos: readonly string[] | null }

/** What is done about it: written down before it is done, so that a second try does the same. */
export interface Plan {
  readonly move?: string;
  readonly reasons?: string;
  /** What the resident reads. */
  readonly tell?: string;
  /** What officers read. */
  readonly note?: string;
  /** Whether the resident sees the photos: where they read the far end's own words. */
  readonly showsPhotos?: boolean;
  /** Photos that are kept, to go with what the resident reads. */
  readonly documents?: readonly string[];
}

/** Where a case stands when it is planned. */
export interface Standing {
  readonly line: CasesHandedOver | undefined;
  readonly type: CaseType | undefined;
  readonly view: CaseView;
  /** What officers call the other system. */
  readonly title: string;
  /** The moment of the latest progress that was applied. */
  readonly appliedThrough: Date | null;
}

/** A note holds ten addresses of so many characters beside the words: longer ones are left out. */
const LONGEST_IN_NOTE = 400;
/** For photos that came without a word. */
const PHOTOS_ONLY: Text = { en: 'A photo of it was sent.', cy: 'Anfonwyd llun ohono.' };

/** The plan with what became of the photos, once they have been fetched or, where the resident does not see them, not: officers read where they are. */
export function withPhotos(plan: Plan, told: ToldProgress, title: string, kept: { readonly documentIds: readonly string[]; readonly lost: readonly string[] } | undefined): Plan {
  if (!told.photos?.length || Object.keys(plan).length === 0) return plan;
  const addresses = told.photos.filter((one) => !one.startsWith('data:') && one.length <= LONGEST_IN_NOTE);
  const said = kept ? (kept.lost.length ? lostPhotosInWords(kept.lost, title) : undefined) : [`${title} sent ${told.photos.length === 1 ? 'a photo' : `${told.photos.length} photos`} with this, which the configuration shows nobody.`, ...addresses].join('\n');
  const note = [plan.note, said].filter((one) => one !== undefined).join('\n\n');
  return { ...plan, ...(kept?.documentIds.length && { documents: kept.documentIds }), ...(note && { note }) };
}

/** What is done about something that a far end told. Never moves a case back to how it stood before. */
export function planFor(told: ToldProgress, standing: Standing): Plan {
  const { line, type, view, appliedThrough } = standing;
  const rule = ruleFor(line?.statuses ?? {}, { status: told.status, ...(told.code !== null && { code: told.code }) });
  if (rule === 'ignore') return {};
  if (appliedThrough !== null && told.at < appliedThrough) return { note: noteOf(told, standing, 'This reached us after something that happened later there: the case was not moved.') };
  const ownWords = rule?.tell === undefined ? undefined : rule.tell === 'their-words' ? (told.words ?? (told.photos?.length ? PHOTOS_ONLY[view.language ?? 'en'] : undefined)) : rule.tell[view.language ?? 'en'];
  const shown = rule?.tell === 'their-words' && told.photos?.length ? { showsPhotos: true } : {};
  if (rule && rule.move === undefined) return ownWords === undefined ? { note: noteOf(told, standing) } : { tell: ownWords, ...shown };
  if (!type) return { note: noteOf(told, standing) };
  const transition = rule?.move === undefined ? wayTo(type, view, told.status) : transitionOf(type, rule.move);
  if (!transition) return { note: noteOf(told, standing, rule?.move === undefined ? undefined : `The kind of case has no step “${rule.move}”, which the configuration names.`) };
  const reasons = transition.reasons || transition.decision ? ownWords : undefined;
  const checked = checkMove(type, view.state, { transition: transition.id, by: 'officer', ...(reasons !== undefined && { reasons }) });
  if (!checked.ok) return { note: noteOf(told, standing, checked.refusal.message) };
  const isTold = ownWords !== undefined && !(reasons !== undefined && areReasonsPublic(transition));
  // Their words are an officer's to read unless the council's rule shows them to the resident.
  const isNoted = told.words !== null && rule?.tell !== 'their-words';
  return { move: transition.id, ...(reasons !== undefined && { reasons }), ...(isTold && { tell: ownWords }), ...(isNoted && { note: noteOf(told, standing) }), ...shown };
}

/** The one step, if there is just one, to the state that is called so in reports. Steps that need words or a decision are nobody's but an officer's. */
function wayTo(type: CaseType, view: CaseView, status: string): CaseTransition | undefined {
  if (reportStatusOf(type, view.state) === status) return undefined;
  const ways = transitionsFrom(type, view.state).filter((transition) => isFor(transition, 'officer') && !transition.decision && !transition.reasons?.required && stateOf(type, transition.to).reportStatus === status);
  return ways.length === 1 ? ways[0] : undefined;
}

const TIME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

function noteOf({ status, at, words }: ToldProgress, { title }: Standing, because?: string): string {
  const said = status === '' || status === 'unchanged' ? 'wrote about this case' : `reports “${status.replaceAll('_', ' ')}”`;
  return [`${title} ${said} (${dayInWords(dayOf(at)).en}, ${TIME.format(at)}).`, ...(words === null ? [] : [words]), ...(because === undefined ? [] : [because])].join('\n\n');
}

