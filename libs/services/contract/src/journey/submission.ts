import type { CaseAnswer, CaseContact, CaseLocation } from '@guildhall/cases-contract';
import type { Text } from '@guildhall/kernel-contract';
import type { FeeLine } from '@guildhall/payments-contract';
import type { AddressAnswer, AnswersOf, LocationAnswer, PhotoAnswer } from '../answers';
import type { InstalledService } from '../installed-service';
import type { Page } from '../page';
import { isPersonal } from '../question';
import type { Settings, ValuesOf } from '../settings';
import { addressLines, answerWords, joinWords } from './answer-words';
import type { Progress } from './progress';
import type { Origins } from './told-answers';

/** Everything that a finished journey amounts to: what the case and the payment are made of. Plain data, so that it can be written down before anything is asked of anybody. @public */
export interface Submission {
  readonly caseType: string;
  readonly summary: Text;
  readonly answers: readonly CaseAnswer[];
  readonly location?: CaseLocation;
  readonly contact: CaseContact;
  readonly documents: readonly string[];
  readonly fee: readonly FeeLine[];
}

/** What the journey costs. @public @throws Error when the journey is not complete, or a line is not whole pence */
export function feeOf({ service, settings, slug }: InstalledService, progress: Progress): readonly FeeLine[] {
  if (!progress.isComplete) throw new Error(`The fee of ${slug} is known only when everything is answered.`);
  const lines = service.fee?.(given(progress, settings)) ?? [];
  for (const { code, amountInPence } of lines) {
    if (!Number.isSafeInteger(amountInPence) || amountInPence < 0) throw new Error(`The fee ${code} of ${slug} is ${amountInPence}: it must be whole pence, and not negative.`);
  }
  return lines.filter(({ amountInPence }) => amountInPence > 0);
}

/**
 * Makes the submission of a complete journey. Answers of branches that were left are not in it.
 * @public
 * @param origins where answers are from, by question
 * @throws Error when the journey is not complete
 */
export function submissionOf(installed: InstalledService, progress: Progress, origins: Origins = {}): Submission {
  const { service, settings } = installed;
  const { reachable, steps } = progress;
  const fee = feeOf(installed, progress);
  const type = service.opens.which?.(given(progress, settings)) ?? service.opens.types[0]?.id;
  if (!service.opens.types.some(({ id }) => id === type)) throw new Error(`The service ${service.slug} opens a case of the type ${type ?? 'none'}, which is not one of its own.`);
  const answers = steps.flatMap(({ page, questions }) => questions.map((question): CaseAnswer => ({
    section: (page.section !== undefined && service.sections?.[page.section]) || service.title,
    question: question.shortTitle ?? question.title,
    answer: joinWords(answerWords(question, reachable[question.id])),
    code: question.id,
    ...(isPersonal(question) && { personal: true }),
    ...(origins[question.id] && { origin: origins[question.id] }),
  })));
  const documents = steps.flatMap(({ questions }) => questions.filter(({ type: kind }) => kind === 'photos').flatMap(({ id }) => ((reachable[id] ?? []) as readonly PhotoAnswer[]).map(({ documentId }) => documentId)));
  const placeId = [service.opens.location ?? []].flat().find((id) => reachable[id]);
  const place = placeId === undefined ? undefined : installed.questions.get(placeId);
  const location = place && locationOf(reachable[place.id] as AddressAnswer | LocationAnswer, isPersonal(place));
  return { caseType: type as string, summary: service.opens.summary(given(progress, settings)), answers, ...(location && { location }), contact: contactOf(installed, progress), documents, fee };
}

/** A complete journey's answers have the types that the service's functions declare: the engine has checked each. */
function given(progress: Progress, settings: InstalledService['settings']): { answers: AnswersOf<readonly Page[]>; settings: ValuesOf<Settings> } {
  return { answers: progress.reachable as AnswersOf<readonly Page[]>, settings: settings as ValuesOf<Settings> };
}

function locationOf(answer: AddressAnswer | LocationAnswer, personal: boolean): CaseLocation {
  const { uprn, lines, postcode, point, ward } = answer;
  const { note, near, isMarked }: Pick<LocationAnswer, 'note' | 'near' | 'isMarked'> = 'isMarked' in answer || 'note' in answer ? answer : {};
  return { ...(uprn && { uprn }), ...(lines?.length && { lines }), ...(postcode && { postcode }), ...(point && { point }), ...(isMarked && { isMarked }), ...(near && { near }), ...(personal && { personal }), ...(ward && { ward }), ...(note && { note }) };
}

function contactOf({ service }: InstalledService, { reachable }: Progress): CaseContact {
  const { name, email, phone, address } = service.opens.contact ?? {};
  const text = (id: string | undefined): string | undefined => {
    const answer = id === undefined ? undefined : reachable[id];
    return typeof answer === 'string' ? answer : undefined;
  };
  const at = address === undefined ? undefined : (reachable[address] as AddressAnswer | null | undefined);
  const called = text(name);
  const lines = at ? [...(called ? [called] : []), ...addressLines(at)] : undefined;
  return { ...(called && { name: called }), ...(text(email) && { email: text(email) }), ...(text(phone) && { phone: text(phone) }), ...(lines && { postalLines: lines }) };
}
