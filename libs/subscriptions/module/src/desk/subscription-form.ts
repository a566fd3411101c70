import type { FormBody } from '@guildhall/kernel';
import { EVENT_PATTERN, type SubscribeRefusal } from '@guildhall/subscriptions-contract';
import { fieldOf, fieldsOf } from './form-fields';

/** What an officer typed about a system that is told. */
export interface SubscriptionForm { readonly title: string; readonly url: string; readonly eventTypes: readonly string[]; readonly caseTypes: readonly string[] }
/** A mistake, by the key of its message. */
export interface FormMistake { readonly field: keyof SubscriptionForm; readonly key: 'title-missing' | 'url-missing' | 'events-missing' | 'unknown' }

const MOST_CHOSEN = 100;

/** Reads the form, and says what is wrong with it. */
export function readSubscriptionForm(body: FormBody): { readonly form: SubscriptionForm; readonly mistakes: readonly FormMistake[] } {
  const form: SubscriptionForm = { title: fieldOf(body, 'title'), url: fieldOf(body, 'url'), eventTypes: fieldsOf(body, 'eventTypes'), caseTypes: fieldsOf(body, 'caseTypes') };
  const isBad = (values: readonly string[]): boolean => values.length > MOST_CHOSEN || values.some((value) => value.length > 100);
  return {
    form,
    mistakes: [
      ...(form.title === '' || form.title.length > 100 ? [{ field: 'title' as const, key: 'title-missing' as const }] : []),
      ...(form.url === '' || form.url.length > 500 ? [{ field: 'url' as const, key: 'url-missing' as const }] : []),
      ...(form.eventTypes.length === 0 ? [{ field: 'eventTypes' as const, key: 'events-missing' as const }] : isBad(form.eventTypes) || !form.eventTypes.every((type) => EVENT_PATTERN.test(type)) ? [{ field: 'eventTypes' as const, key: 'unknown' as const }] : []),
      ...(isBad(form.caseTypes) ? [{ field: 'caseTypes' as const, key: 'unknown' as const }] : []),
    ],
  };
}

/** The field that a refusal is about. */
export function fieldOfRefusal(reason: SubscribeRefusal['reason']): keyof SubscriptionForm | '' {
  return ({ 'address-refused': 'url', 'unknown-event': 'eventTypes', 'unknown-case-type': 'caseTypes', 'too-many': '' } as const)[reason];
}
