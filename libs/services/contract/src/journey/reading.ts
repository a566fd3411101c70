import type { Address, Bounds, Street, Ward } from '@guildhall/addresses-contract';
import type { PlainDate } from '@guildhall/cases-contract';
import type { Text } from '@guildhall/kernel-contract';
import type { AnswerValue } from '../answers';

/** What came in a form: text, or several texts under one name. @public */
export type RawFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Where the council's area lies, what the council is called, and a point in it that can stand as an example: `53.1000, 1.9500`. @public */
export interface Ground { readonly bounds: Bounds; readonly council: Text; readonly example: string }

/** What a choice or a point of the form turned out to be in the gazetteer; looked up before, since the engine asks nobody. @public */
export interface LookedUp { readonly address?: Address; readonly street?: Street; readonly ward?: Ward; /** Of a point: the nearest address, in one line. */ readonly near?: string; /** The chosen street passes near the point, although its middle is far from it. */ readonly isPointInStreet?: boolean; /** A point outside it is refused; absent when no gazetteer says where the council lies. */ readonly ground?: Ground }

/** Something that is wrong with what was typed, and where to put it right. @public */
export interface Problem {
  readonly question: string;
  /** Name of the field to which the error leads. */
  readonly field: string;
  readonly message: Text;
  /** The fields at fault of a question with several: `day`, `line1`. */
  readonly parts?: readonly string[];
}

/** Either the answer (`null`: left out, where that is allowed) or what is wrong with it. */
export type Reading<Value extends AnswerValue = AnswerValue> = { readonly value: Value | undefined; readonly problem?: undefined } | { readonly value?: undefined; readonly problem: Omit<Problem, 'question'> };

/** What reading may need besides the form. */
export interface ReadingAid { readonly today: PlainDate; readonly lookedUp?: LookedUp }

/** One field's text: trimmed, line ends as one character, without characters that nobody typed on purpose. */
export function fieldOf(raw: RawFields, name: string): string {
  const given = raw[name];
  const text = typeof given === 'string' ? given : (given?.[0] ?? '');
  return text.replace(/\r\n?/g, '\n').replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '').trim();
}

/** Every text under one name. */
export function fieldsOf(raw: RawFields, name: string): readonly string[] {
  const given = raw[name];
  return (typeof given === 'string' ? [given] : (given ?? [])).map((text) => text.trim()).filter((text) => text !== '');
}
