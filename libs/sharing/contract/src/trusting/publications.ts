import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { agreementSchema, type Agreement } from '../agreeing/agreement';
import { guidelineSchema, type Guideline } from '../agreeing/guideline';
import type { AttributeDefinition, Purpose } from '../agreeing/vocabulary';
import { canonicalize } from '../canonical-json';
import { signEnvelope, type Envelope, type NamedKey } from '../dsse';
import { documentReader, type Malformed } from '../read-document';
import { id, instant, period, textUpTo, wordsOf } from '../schema-parts';
import { openSigned } from './open-signed';

const OF_A_MODEL = ['benefit', 'lawfulBasis', 'power', 'special', 'choice', 'retention', 'children', 'automatedDecision', 'channels', 'assurance'] as const;

/** An agreement that nobody has made yet: what is for what and by what law. Whoever takes it adds the parties and the days, and may change all of it; nobody has signed it, and it binds nobody. @public */
export type ModelAgreement = Pick<Agreement, 'id' | 'version' | 'name' | 'purpose' | 'attributes'> & Partial<Pick<Agreement, (typeof OF_A_MODEL)[number]>>;

/** What a regional body publishes for whoever wants it, beside its trust list: what it holds to be right, words to agree in, and agreements to begin from. None of it is required of anybody. @public */
export interface Publications {
  /** The id of the list beside which it stands. */
  readonly id: string;
  /** Who issued it. */
  readonly by: string;
  /** The larger is the newer: an older one is never taken again. */
  readonly serial: number;
  readonly issued: string;
  readonly expires: string;
  /** Its own: nobody publishes those of others. */
  readonly guidelines: readonly Guideline[];
  readonly attributes: readonly AttributeDefinition[];
  readonly purposes: readonly Purpose[];
  readonly models: readonly ModelAgreement[];
}

const words = wordsOf(textUpTo(300));
const attributeId = agreementSchema.properties['attributes'] as { readonly items: object };
const { $id: _id, $schema: _schema, ...guideline } = guidelineSchema;
const ofAgreement = (name: string): object => agreementSchema.properties[name] as object;
const some = (items: object, maxItems: number) => ({ type: 'array', items, maxItems }) as const;

const derivation = { type: 'object', required: ['rule', 'years'], additionalProperties: false, properties: { rule: { const: 'age-at-least' }, years: { type: 'integer', minimum: 1, maximum: 150 } } } as const;

/** What a regional body publishes as JSON Schema (draft 2020-12). @public */
export const publicationsSchema = {
  $id: 'https://guildhall.example/schemas/publications.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Publications of a regional body', type: 'object',
  required: ['id', 'by', 'serial', 'issued', 'expires', 'guidelines', 'attributes', 'purposes', 'models'], additionalProperties: false,
  properties: {
    id, by: id, serial: { type: 'integer', minimum: 1 }, issued: instant, expires: instant, guidelines: some(guideline, 20),
    attributes: some({
      type: 'object', required: ['id', 'title', 'yours', 'form', 'sensitivity'], additionalProperties: false,
      properties: { id: attributeId.items, title: words, yours: words, form: { enum: ['yes-no', 'text', 'date', 'address'] }, sensitivity: { enum: ['ordinary', 'sensitive', 'special-category'] }, derivedFrom: some(attributeId.items, 20), derivation, freshFor: period },
    }, 500),
    purposes: some({ type: 'object', required: ['id', 'to'], additionalProperties: false, properties: { id, to: words, dpv: { type: 'string', pattern: '^https://\\S+$', maxLength: 300 } } }, 200),
    models: some({
      type: 'object', required: ['id', 'version', 'name', 'purpose', 'attributes'], additionalProperties: false,
      properties: Object.fromEntries(['id', 'version', 'name', 'purpose', 'attributes', ...OF_A_MODEL].map((name): [string, object] => [name, ofAgreement(name)])),
    }, 100),
  },
} as const;
/** Reads publications that nobody has signed yet. What somebody has signed is for {@link openPublications}. @public */
export const readPublications = documentReader<Publications>(publicationsSchema, 'what a regional body publishes');

/** What publications are in their envelope. @public */
export const PUBLICATIONS_TYPE = 'application/vnd.guildhall.publications+json';

/** @public */
export function signPublications(publications: Publications, signer: NamedKey): Envelope { return signEnvelope(PUBLICATIONS_TYPE, canonicalize(publications), [signer]); }

/** Opens what its issuer has signed. How long it is good for is for `standingOf` to say, as of a trust list. @public */
export function openPublications(envelope: Envelope, issuer: readonly NamedKey[]): Outcome<Publications, Refusal<'malformed' | 'not-signed'> | Malformed> {
  return openSigned(envelope, issuer, { type: PUBLICATIONS_TYPE, read: readPublications, notThis: 'This is not what a regional body publishes.', notSigned: 'It is not signed by whoever publishes it.' });
}
