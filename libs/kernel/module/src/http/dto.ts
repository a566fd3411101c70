import { Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import { InvalidInput, type FieldError } from '@guildhall/kernel-contract';

/** A form's fields as they were typed: text, or several texts under one name. @public */
export type FormBody = Readonly<Record<string, string | readonly string[]>>;

/** Marks a pipe that says what a body is; a body without one is refused at start. */
export const DECLARES_BODY = Symbol.for('guildhall:declares-body');

const NUL = /\0/;
/** What can neither be stored nor written in XML 1.0 (section 2.2), and is shown as a box. */
const UNWRITABLE = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]/u;
const EVERY_UNWRITABLE = new RegExp(UNWRITABLE, 'gu');

/**
 * class-validator goes through all classes that there are for every object, in search of those above its own, and orders anew what it found: that was a seventh of what storing a case cost.
 * The name of a schema, which it hands over for what is nested, says something only of schemas registered by name, and nobody here has one.
 */
const storage = getMetadataStorage();
const gather = storage.getTargetValidationMetadatas.bind(storage);
const byProperty = storage.groupByPropertyName.bind(storage);
const gathered = new WeakMap<object, ReturnType<typeof gather>>();
const grouped = new WeakMap<object, ReturnType<typeof byProperty>>();
storage.getTargetValidationMetadatas = (type, schema, always, strictGroups, groups) => {
  if (groups?.length || always || strictGroups) return gather(type, schema, always, strictGroups, groups);
  return kept(gathered, type, () => gather(type, schema, always, strictGroups, groups));
};
storage.groupByPropertyName = (found) => kept(grouped, found, () => byProperty(found));

function kept<Key extends object, Made>(all: WeakMap<Key, Made>, key: Key, make: () => Made): Made {
  let known = all.get(key);
  if (known === undefined) all.set(key, (known = make()));
  return known;
}

/** Checks a body against a class with class-validator's decorators: nothing undeclared, nothing wrong. @public */
export function dto<Body extends object>(type: Type<Body>): Type<PipeTransform> {
  @Injectable()
  class DtoPipe implements PipeTransform {
    static readonly [DECLARES_BODY] = type;
    async transform(value: unknown): Promise<Body> {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InvalidInput('Send a JSON object.');
      refuseIn(value, UNWRITABLE, '');
      const body = plainToInstance(type, value);
      const errors = await validate(body, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true, stopAtFirstError: true });
      if (errors.length) throw new InvalidInput('The request has mistakes. Each is named in errors.', fieldErrors(errors, ''));
      return body;
    }
  }
  return DtoPipe;
}

/** Takes a form's fields as text, for the journey or page that knows them to parse. Controls are left out: they come with what people paste, and nobody sees them. @public */
export function form(): Type<PipeTransform> {
  @Injectable()
  class FormPipe implements PipeTransform {
    static readonly [DECLARES_BODY] = 'form';
    transform(value: unknown): FormBody {
      const fields = (value ?? {}) as Record<string, unknown>;
      refuseNul(fields);
      for (const [name, field] of Object.entries(fields)) {
        if (typeof field !== 'string' && !(Array.isArray(field) && field.every((item) => typeof item === 'string'))) throw new InvalidInput(`The field ${name} must be text.`);
      }
      return Object.freeze(Object.fromEntries(Object.entries(fields as Record<string, string | readonly string[]>).map(([name, field]) => [name, typeof field === 'string' ? withoutControls(field) : field.map(withoutControls)])));
    }
  }
  return FormPipe;
}

/** Refuses the character NUL anywhere: PostgreSQL cannot store it. @public @throws InvalidInput */
export function refuseNul(value: unknown, path = ''): void {
  refuseIn(value, NUL, path);
}

function refuseIn(value: unknown, characters: RegExp, path: string): void {
  if (typeof value === 'string') {
    if (characters.test(value)) throw new InvalidInput(`${path || 'The input'} has a character that cannot be stored (NUL or another control).`, [{ field: path, message: 'has a character that cannot be stored' }]);
  } else if (Array.isArray(value)) value.forEach((item, index) => refuseIn(item, characters, `${path}[${index}]`));
  else if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) for (const [key, item] of Object.entries(value)) {
    refuseIn(key, characters, path);
    refuseIn(item, characters, path ? `${path}.${key}` : key);
  }
}

/** Word processors paste their own line and page breaks: those become line ends. */
function withoutControls(text: string): string {
  return UNWRITABLE.test(text) ? text.replace(/[\v\f]/g, '\n').replace(EVERY_UNWRITABLE, '') : text;
}

function fieldErrors(errors: readonly ValidationError[], prefix: string): FieldError[] {
  return errors.flatMap((error) => {
    const field = prefix ? `${prefix}.${error.property}` : error.property;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...fieldErrors(error.children ?? [], field)];
  });
}
