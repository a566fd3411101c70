import type { Text } from '@guildhall/kernel-contract';
import type { AttributeDefinition, AttributeId } from '../agreeing/vocabulary';
import { documentReader, isDate } from '../read-document';

/** How a register writes its days: `2026-11-01`, `01/11/2026`, `20261101`, `01-NOV-2026`. A time after it is let go. @public */
export const DATE_STYLES = ['yyyy-mm-dd', 'dd/mm/yyyy', 'yyyymmdd', 'dd-mmm-yyyy'] as const;
/** @public */
export type DateStyle = (typeof DATE_STYLES)[number];

/** One column for a text, a date, or a yes or no. @public */
export interface OneColumn {
  readonly column: string;
  /** What stands there for yes, whether in capitals or not: `Y`, `YES`, `TRUE`, `T` and `1` unless told. */
  readonly yesWhen?: readonly string[];
  /** What stands there for no: `N`, `NO`, `FALSE`, `F` and `0` unless told. With `''`, nothing there is a no; otherwise it is not known. Anything that is neither is not told. */
  readonly noWhen?: readonly string[];
}
/** The columns of an address; a line with nothing in it is let go. @public */
export interface AddressColumns { readonly lines: readonly string[]; readonly postcode: string; readonly uprn?: string }
/** @public */
export type ColumnRule = OneColumn | AddressColumns;

/** Which columns of a body's own register say what may be shared. It is written by whoever sets it up, and nothing that is asked changes it. @public */
export interface RegisterMapping {
  /** What evidence names as where it is from: `council-tax-register`. */
  readonly source: string;
  /** What residents read of where it is from: `{ en: 'Council Tax register', cy: 'Cofrestr y Dreth Gyngor' }`; "one of our records" unless told. */
  readonly sourceTitle?: Text;
  /** The column by which one person is found: what links name. */
  readonly localId: string;
  /** The column with the day from which a row is known to be so, or one day for all; without either, the day on which it is read or its file was made. */
  readonly asOf?: string | { readonly day: string };
  /** How it was made sure, where somebody did: `bill`. */
  readonly verified?: string;
  /** `yyyy-mm-dd` unless told. */
  readonly dates?: DateStyle;
  readonly attributes: Readonly<Record<AttributeId, ColumnRule>>;
}

const slug = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 } as const;
const title = { type: 'string', minLength: 1, maxLength: 200 } as const;
const column = { type: 'string', minLength: 1, maxLength: 200 } as const;
const cells = { type: 'array', items: { type: 'string', maxLength: 200 }, minItems: 1, maxItems: 200 } as const;

/** A mapping as JSON Schema (draft 2020-12), for a configuration that is a file. @public */
export const registerMappingSchema = {
  $id: 'https://guildhall.example/schemas/register-mapping.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Columns of a register', type: 'object',
  required: ['source', 'localId', 'attributes'], additionalProperties: false,
  properties: {
    source: slug, sourceTitle: { type: 'object', required: ['en', 'cy'], additionalProperties: false, properties: { en: title, cy: title } }, localId: column, verified: slug, dates: { enum: DATE_STYLES },
    asOf: { type: ['string', 'object'], minLength: 1, maxLength: 200, required: ['day'], additionalProperties: false, properties: { day: { type: 'string', format: 'date' } } },
    attributes: {
      type: 'object', minProperties: 1, maxProperties: 200,
      additionalProperties: {
        type: 'object', additionalProperties: false,
        properties: { column, yesWhen: cells, noWhen: cells, lines: { type: 'array', items: column, minItems: 1, maxItems: 10 }, postcode: column, uprn: column },
      },
    },
  },
} as const;

const read = documentReader<RegisterMapping>(registerMappingSchema, 'a mapping of a register');

/**
 * What is wrong with a mapping, each as a sentence; nothing when it can be used.
 * @public
 * @example mappingFaults({ source: 'council-tax-register', localId: 'account_no', attributes: { 'person.name': { column: 'name' } } }, STARTER_ATTRIBUTES) // []
 */
export function mappingFaults(mapping: unknown, definitions: readonly AttributeDefinition[]): readonly string[] {
  const outcome = read(mapping);
  if (!outcome.ok) return [outcome.refusal.message];
  return Object.entries(outcome.value.attributes).flatMap(([id, rule]) => {
    const definition = definitions.find((each) => each.id === id);
    return definition ? ruleFaults(definition, rule) : [`There is no attribute ${id} in the vocabulary.`];
  });
}

function ruleFaults({ id, form }: AttributeDefinition, rule: Partial<OneColumn & AddressColumns>): readonly string[] {
  if (form === 'address') return rule.lines && rule.postcode && !rule.column && !rule.yesWhen && !rule.noWhen ? [] : [`${id} is an address: it needs its "lines" and its "postcode", and may have its "uprn".`];
  if (!rule.column || rule.lines || rule.postcode || rule.uprn) return [`${id} is one value: it needs one "column".`];
  if (form !== 'yes-no') return rule.yesWhen || rule.noWhen ? [`${id} is no yes or no: it can have no "yesWhen" or "noWhen".`] : [];
  const both = yesOf(rule).find((cell) => noOf(rule).includes(cell));
  return both === undefined ? [] : [`${id} has "${both}" both for yes and for no.`];
}

const YES = ['y', 'yes', 'true', 't', '1'];
const NO = ['n', 'no', 'false', 'f', '0'];
const lowered = (told: readonly string[]): readonly string[] => told.map((cell) => cell.trim().toLowerCase());

/** What stands for yes, in small letters. What is told for no is none of the usual ones. */
export function yesOf({ yesWhen, noWhen }: Partial<OneColumn>): readonly string[] { return yesWhen ? lowered(yesWhen) : YES.filter((cell) => !lowered(noWhen ?? []).includes(cell)); }
export function noOf({ yesWhen, noWhen }: Partial<OneColumn>): readonly string[] { return noWhen ? lowered(noWhen) : NO.filter((cell) => !lowered(yesWhen ?? []).includes(cell)); }

const DAYS: Readonly<Record<DateStyle, RegExp>> = {
  'yyyy-mm-dd': /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ].*)?$/, 'dd/mm/yyyy': /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})(?: .*)?$/,
  yyyymmdd: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/, 'dd-mmm-yyyy': /^(?<day>\d{1,2})-(?<month>[A-Za-z]{3})-(?<year>\d{4})(?: .*)?$/,
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A day as it stands in a register, as `2026-11-01`; nothing when it is none. */
export function dayIn(cell: string, style: DateStyle = 'yyyy-mm-dd'): string | undefined {
  const { year, month = '', day = '' } = DAYS[style].exec(cell)?.groups ?? {};
  const number = style === 'dd-mmm-yyyy' ? String(MONTHS.indexOf(month.toLowerCase()) + 1) : month;
  const written = `${year}-${number.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(written) ? written : undefined;
}

/** Every way in which a register of this style may write a day, in small letters: `28/02/1951` and `28/2/1951`; none when it is no day. @public */
export function dayAsWritten(day: string, style: DateStyle = 'yyyy-mm-dd'): readonly string[] {
  if (!isDate(day)) return [];
  const [year = '', month = '', date = ''] = day.split('-');
  const short = (digits: string): readonly string[] => (digits.startsWith('0') ? [digits, digits.slice(1)] : [digits]);
  switch (style) {
    case 'yyyy-mm-dd': return [day];
    case 'yyyymmdd': return [`${year}${month}${date}`];
    case 'dd/mm/yyyy': return short(date).flatMap((each) => short(month).map((other) => `${each}/${other}/${year}`));
    case 'dd-mmm-yyyy': return short(date).map((each) => `${each}-${MONTHS[Number(month) - 1] ?? ''}-${year}`);
  }
}
