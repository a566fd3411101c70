import type { FormBody } from '@guildhall/kernel';
import type { FieldError } from '@guildhall/kernel-contract';
import type { PauseReason } from '@guildhall/information-rights-contract';
import { DISPUTE_OUTCOMES, type WordsToResident } from '@guildhall/sharing-contract';
import { fieldOf } from '../desk/form-fields';
import type { DisputeAnswer } from './answers-dispute';

const MOST_CHARACTERS = 2000;

/** What was typed, by the names of the fields. */
export type Typed = Readonly<Record<string, string>>;
/** What a form says; or what is wrong with it: errors name their sentences. */
export type Read<Value> = { readonly value: Value; readonly errors?: undefined } | { readonly value?: undefined; readonly errors: readonly FieldError[] };

/** Every field of the page, as it came back. */
export function typedIn(body: FormBody): Typed {
  return Object.fromEntries(['do', 'outcome', 'en', 'cy', 'reason', 'ask-en', 'ask-cy', 'extend-en', 'extend-cy'].map((field) => [field, fieldOf(body, field)]));
}

/** An answer: where it was wrong, the words may be missing. */
export function readAnswer(typed: Typed): Read<DisputeAnswer> {
  const outcome = DISPUTE_OUTCOMES.find((one) => one === typed['outcome']);
  const words = wordsIn(typed, ['en', 'cy'], outcome === 'right' ? 'words' : undefined);
  const errors = [...(outcome ? [] : [{ field: 'outcome', message: 'outcome' }]), ...(words.errors ?? [])];
  return outcome && !words.errors ? { value: { outcome, words: words.value } } : { errors };
}

/** What is asked of the resident, and why. */
export function readAsk(typed: Typed): Read<{ readonly reason: PauseReason; readonly words: WordsToResident }> {
  const reason = (['identity', 'clarification'] as const).find((one) => one === typed['reason']);
  const words = wordsIn(typed, ['ask-en', 'ask-cy'], 'ask');
  const errors = [...(reason ? [] : [{ field: 'reason', message: 'reason' }]), ...(words.errors ?? [])];
  return reason && words.value ? { value: { reason, words: words.value } } : { errors };
}

/** Why there are two more months. */
export function readExtension(typed: Typed): Read<WordsToResident> {
  const { value, errors = [] } = wordsIn(typed, ['extend-en', 'extend-cy'], 'extend');
  return value ? { value } : { errors };
}

/** @param missing the sentence where there are none; without it there may be none */
function wordsIn(typed: Typed, [inEnglish, inWelsh]: readonly [string, string], missing: string | undefined): Read<WordsToResident | null> {
  const [en = '', cy = ''] = [typed[inEnglish], typed[inWelsh]];
  const errors: readonly FieldError[] = [
    ...(missing !== undefined && !en && !cy ? [{ field: inEnglish, message: missing }] : []),
    ...[{ field: inEnglish, text: en }, { field: inWelsh, text: cy }].filter(({ text }) => text.length > MOST_CHARACTERS).map(({ field }) => ({ field, message: 'too-long' })),
  ];
  if (errors.length > 0) return { errors };
  return { value: en || cy ? { ...(en && { en }), ...(cy && { cy }) } : null };
}
