import { createRequire } from 'node:module';
import type { FieldError, Outcome, Refusal } from '@guildhall/kernel-contract';
import { done } from '@guildhall/kernel-contract';
import type Ajv2020 from 'ajv/dist/2020';
import type { ErrorObject, SchemaObject, ValidateFunction } from 'ajv/dist/2020';

/** A document that is not as its schema says, with each place where it is not. @public */
export interface Malformed extends Refusal<'malformed'> { readonly fields: readonly FieldError[] }

let ajv: Ajv2020 | undefined;
/** Loaded with the first document that comes: a server starts without it. */
function compiler(): Ajv2020 {
  return (ajv ??= new (createRequire(__filename)('ajv/dist/2020') as { readonly default: typeof Ajv2020 }).default({
    allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true, discriminator: true, formats: { date: isDate, 'date-time': isInstant },
  }));
}

/**
 * Reads documents of one kind, by their JSON Schema (draft 2020-12): what came from somebody else is this, or is refused with every place that is wrong.
 * @public
 * @example const readChoice = documentReader<Choice>(choiceSchema, 'choice');
 */
export function documentReader<Document>(schema: SchemaObject, what: string): (json: unknown) => Outcome<Document, Malformed> {
  // Not before the first one comes: it takes longer than to read many.
  let compiled: ValidateFunction<Document> | undefined;
  return (json) => {
    const validate = (compiled ??= compiler().compile<Document>(schema));
    const fields = [...(validate(json) ? [] : (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(fieldOf)), ...unwritable(json, '')];
    if (fields.length === 0) return done(json as Document);
    return { ok: false, refusal: { reason: 'malformed', message: `This is not ${what}: ${fields.map(({ field, message }) => `${field || 'it'} ${message}`).join('; ')}.`, fields } };
  };
}

function fieldOf({ instancePath, keyword, params, message = 'is wrong' }: ErrorObject): FieldError {
  const at = instancePath.slice(1).replaceAll('/', '.');
  const within = (name: unknown): string => [at, String(name)].filter(Boolean).join('.');
  switch (keyword) {
    case 'required': return { field: within((params as { missingProperty: string }).missingProperty), message: 'is missing' };
    case 'additionalProperties': return { field: within((params as { additionalProperty: string }).additionalProperty), message: 'is not known here' };
    case 'enum': return { field: at, message: `is none of ${(params as { allowedValues: readonly unknown[] }).allowedValues.join(', ')}` };
    case 'format': return { field: at, message: (params as { format: string }).format === 'date' ? 'is not a date like 2026-11-01' : 'is not an instant like 2026-11-01T12:30:00Z' };
    default: return { field: at, message };
  }
}

/** A day of the calendar (RFC 3339, full-date), of a year that PostgreSQL has: there is none with the number 0. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** An instant in UTC (RFC 3339), as JavaScript writes it or without the thousandths. */
function isInstant(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/.test(value) && isDate(value.slice(0, 10)) && !Number.isNaN(Date.parse(value));
}

const UNWRITABLE = /\0|\p{Surrogate}/u;
/** No document that is meant is nested so deep; what is would break off whoever walks through it. */
const MOST_DEEP = 100;
/** What cannot be kept or signed: texts with the character NUL, which PostgreSQL has not, or half of a surrogate pair, which canonical JSON has not (RFC 8785, 3.2.2.2), and what is nested without an end. */
function unwritable(value: unknown, at: string, deep = 0): readonly FieldError[] {
  if (typeof value === 'string') return UNWRITABLE.test(value) ? [{ field: at, message: 'has a character that cannot be written' }] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (deep > MOST_DEEP) return [{ field: at.slice(0, at.indexOf('.')), message: 'is nested too deep' }];
  return Object.entries(value).flatMap(([name, each]) => (UNWRITABLE.test(name) ? [{ field: at, message: 'has a name with a character that cannot be written' }] : unwritable(each, at ? `${at}.${name}` : name, deep + 1)));
}
