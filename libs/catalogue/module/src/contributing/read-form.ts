import type { FormBody } from '@guildhall/kernel';
import type { FieldError } from '@guildhall/kernel-contract';
import { FORMS, type ContributionKind, type Field, type Written } from './forms';

const MOST_CHARACTERS = { text: 120, long: 2000, web: 300 } as const;
const MOST_WHOLE = 10_000;
const MOST_PENCE = 10_000_000_00;

/** A form as it was read: the package that it is about, what it says, and what is wrong with it. */
export interface ReadForm { readonly packageName: string | null; readonly written: Written; readonly errors: readonly FieldError[] }

/** Reads a contribution. A figure needs its method: what nobody can work out again is not told. `say` has the words of what is wrong. */
export function readContribution(kind: ContributionKind, body: FormBody, say: (key: string) => string): ReadForm {
  const errors: FieldError[] = [];
  const written: Record<string, string | number | readonly string[]> = {};
  const form = FORMS[kind];
  for (const field of form.fields) {
    const typed = typedIn(body, field.name);
    const value = valueOf(field, typed);
    if (value === 'wrong') errors.push({ field: field.name, message: say(`wrong.${field.as}`) });
    else if (value !== undefined) written[field.name] = value;
    else if (field.isNeeded) errors.push({ field: field.name, message: say(`missing.${field.name}`) });
  }
  if (['saving', 'steps', 'evidence'].some((figure) => figure in written) && kind === 'adoption' && !('method' in written)) errors.push({ field: 'method', message: say('missing.method') });
  if (kind === 'offer' && 'per' in written && written['per'] !== 'on-request' && !('price' in written) && !errors.some(({ field }) => field === 'price')) errors.push({ field: 'price', message: say('missing.price') });
  const [name = ''] = typedIn(body, 'package');
  if (name === '' && form.package === 'must') errors.unshift({ field: 'package', message: say('missing.package') });
  return { packageName: name === '' ? null : name, written, errors };
}

/** What was typed, for showing it again. */
export function typedIn(body: FormBody, name: string): readonly string[] {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return (typeof value === 'string' ? [value] : (value ?? [])).map((one) => one.trim()).filter((one) => one !== '');
}

function valueOf({ as, choices = [] }: Field, typed: readonly string[]): string | number | readonly string[] | undefined | 'wrong' {
  const [one] = typed;
  if (one === undefined) return undefined;
  switch (as) {
    case 'text': case 'long': return one.length <= MOST_CHARACTERS[as] ? one : 'wrong';
    case 'web': return /^https?:\/\/[^\s"<>]+$/.test(one) && one.length <= MOST_CHARACTERS.web && URL.canParse(one) ? one : 'wrong';
    case 'whole': return /^\d{1,5}$/.test(one) && Number(one) <= MOST_WHOLE ? Number(one) : 'wrong';
    case 'pounds': return pence(one.replaceAll(/[£,\s]/g, ''));
    case 'month': return /^20\d\d-(0[1-9]|1[0-2])$/.test(one) ? one : 'wrong';
    case 'one': return choices.includes(one) ? one : 'wrong';
    case 'some': return typed.every((each) => choices.includes(each)) ? [...new Set(typed)] : 'wrong';
  }
}

function pence(typed: string): number | 'wrong' {
  const [, pounds, part = ''] = /^(\d{1,8})(?:\.(\d{2}))?$/.exec(typed) ?? [];
  const value = pounds === undefined ? NaN : Number(pounds) * 100 + Number(part);
  return value <= MOST_PENCE ? value : 'wrong';
}
