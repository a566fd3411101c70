import type { FormBody } from '@guildhall/kernel';
import type { FieldError, Text } from '@guildhall/kernel-contract';
import { valueFault } from '@guildhall/sharing-contract';
import { fieldOf, fieldsOf } from './form-fields';

const MOST_CHARACTERS = 1000;

/** Reads a form field by field, and keeps what is wrong with it. What is wrong is said by the words of `<field>-missing` and the like. */
export class FormReader {
  readonly #errors: FieldError[] = [];
  constructor(private readonly body: FormBody, private readonly say: (key: string) => string) {}

  get errors(): readonly FieldError[] { return this.#errors; }

  /** Words that must be there; `id` is the element's own where it is not the field's name. */
  text(field: string, key = field): string {
    const value = this.optional(field);
    return value === '' ? this.wrong(field, `${key}-missing`, value) : value;
  }

  optional(field: string): string {
    const value = fieldOf(this.body, field);
    return value.length > MOST_CHARACTERS ? this.wrong(field, 'too-long', value) : value;
  }

  /** The same words in both languages. */
  both(field: string): Text { return { en: this.text(`${field}En`), cy: this.text(`${field}Cy`) }; }

  oneOf<Choice extends string>(field: string, choices: readonly Choice[]): Choice {
    const value = fieldOf(this.body, field);
    const found = choices.find((one) => one === value);
    return found ?? this.wrong(field, `${field}-missing`, choices[0] as Choice);
  }

  someOf<Choice extends string>(field: string, choices: readonly Choice[]): readonly Choice[] {
    const values = fieldsOf(this.body, field);
    const found = choices.filter((one) => values.includes(one));
    return found.length === 0 || found.length < values.length ? this.wrong(field, `${field}-missing`, found) : found;
  }

  /** A day, typed as three numbers. */
  date(field: string): string {
    const [day = '', month = '', year = ''] = ['day', 'month', 'year'].map((part) => fieldOf(this.body, `${field}-${part}`));
    const date = /^\d{1,2}$/.test(day) && /^\d{1,2}$/.test(month) && /^\d{4}$/.test(year) ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : '';
    return valueFault('date', date) === undefined ? date : this.wrong(`${field}-day`, `${field}-missing`, date);
  }

  /** A whole number from 1 to 9999. */
  count(field: string): number {
    const value = fieldOf(this.body, field);
    return /^[1-9]\d{0,3}$/.test(value) ? Number(value) : this.wrong(field, `${field}-missing`, 1);
  }

  /** Lines of a field, blank ones left out. */
  lines(field: string): readonly string[] { return fieldOf(this.body, field).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== ''); }

  wrong<Value>(field: string, key: string, value: Value): Value {
    this.#errors.push({ field, message: this.say(key) });
    return value;
  }
}
