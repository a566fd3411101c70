import type { Text } from '@guildhall/kernel-contract';
import { isDate } from '../read-document';

/** Names a thing that may be known of a person or a place: `address.current`, `council-tax-reduction.receives`. @public */
export type AttributeId = `${string}.${string}`;

/** In which form a value is told: an address as an {@link AddressValue}, a date as `2026-11-01`. @public */
export type AttributeForm = 'yes-no' | 'text' | 'date' | 'address';

/** How much harm it could do: `special-category` is what Article 9(1) of the UK GDPR lists. @public */
export type Sensitivity = 'ordinary' | 'sensitive' | 'special-category';

/** One thing that may be shared, the same for everybody who shares it. @public */
export interface AttributeDefinition {
  readonly id: AttributeId;
  /** What it is called in a list: `Current address`. */
  readonly title: Text;
  /** What it is called to whom it belongs, in a sentence: `your address`, `whether you live alone`. */
  readonly yours: Text;
  readonly form: AttributeForm;
  readonly sensitivity: Sensitivity;
  /** What it is worked out from, which is not shared with it: an answer instead of a copy. */
  readonly derivedFrom?: readonly AttributeId[];
  /** How, so that a holder that only knows that can: whether somebody is so many years old, by a date of birth. */
  readonly derivation?: { readonly rule: 'age-at-least'; readonly years: number };
  /** How long it may be believed, counted from the day as of which it is known: `P1Y`. For ever unless told. What is older is not told, not used, and asked again. */
  readonly freshFor?: string;
}

/** What something is shared for. @public */
export interface Purpose {
  readonly id: string;
  /** After "to", and in Welsh after "er mwyn": `decide what you pay for garden waste`. */
  readonly to: Text;
  /** The same in the Data Privacy Vocabulary, where it has one: `https://w3id.org/dpv#PublicBenefit`. */
  readonly dpv?: string;
}

/** The words that agreements are made of. A region may publish one; whoever agrees uses the same. @public */
export interface Vocabulary {
  readonly attributes: readonly AttributeDefinition[];
  readonly purposes: readonly Purpose[];
  /** What bodies are called, by their id. */
  readonly bodies: Readonly<Record<string, Text>>;
}

/** Where somebody lives, as one body tells another. @public */
export interface AddressValue { readonly lines: readonly string[]; readonly postcode: string; readonly uprn?: string }
/** @public */
export type AttributeValue = boolean | string | AddressValue;

/**
 * What is wrong with a value of this form, as the end of a sentence about it; nothing when it is right.
 * @public
 * @example valueFault('date', '2026-02-30') // 'is not a date like 2026-11-01'
 */
export function valueFault(form: AttributeForm, value: unknown): string | undefined {
  switch (form) {
    case 'yes-no': return typeof value === 'boolean' ? undefined : 'is not yes or no';
    case 'text': return typeof value === 'string' && value.trim() !== '' && value.length <= 500 ? undefined : 'is not a text of up to 500 characters';
    case 'date': return isDate(value) ? undefined : 'is not a date like 2026-11-01';
    case 'address': return isAddress(value) ? undefined : 'is not an address with its lines and its postcode';
  }
}

function isAddress(value: unknown): value is AddressValue {
  if (typeof value !== 'object' || value === null) return false;
  const { lines, postcode, uprn, ...others } = value as Readonly<Record<string, unknown>>;
  return Object.keys(others).length === 0 && Array.isArray(lines) && lines.length > 0 && lines.every((line) => typeof line === 'string' && line !== '')
    && typeof postcode === 'string' && /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/.test(postcode) && (uprn === undefined || (typeof uprn === 'string' && /^\d{1,12}$/.test(uprn)));
}
