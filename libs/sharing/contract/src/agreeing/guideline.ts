import type { Text } from '@guildhall/kernel-contract';
import { documentReader } from '../read-document';
import { id, period, textUpTo, wordsOf } from '../schema-parts';
import type { AssuranceLevel, ChoiceMode } from './agreement';
import { ASSURANCE_LEVELS, CHOICE_MODES } from './agreement';
import type { AttributeId } from './vocabulary';

/** What can be asked of an agreement by a guideline, by name. A body writes no code: it chooses, and says why in its own words. @public */
export type GuidelineCheck =
  /** A choice at least as free as this: of everything, or of the kind of data that is named. */
  | { readonly check: 'choice'; readonly atLeast: ChoiceMode; readonly of?: 'special-category' | 'sensitive' }
  | { readonly check: 'review-within'; readonly period: string }
  | { readonly check: 'kept-no-longer-than'; readonly period: string }
  | { readonly check: 'never-shared'; readonly attributes: readonly AttributeId[] }
  /** Yes or no, rather than a copy of what it is worked out from. */
  | { readonly check: 'answers-not-copies'; readonly attributes: readonly AttributeId[] }
  | { readonly check: 'never-for'; readonly purposes: readonly string[] }
  | { readonly check: 'only-managed-devices' }
  | { readonly check: 'assurance'; readonly by: AssuranceLevel }
  | { readonly check: 'dpia' }
  | { readonly check: 'children-need-a-reason'; readonly attributes: readonly AttributeId[] }
  | { readonly check: 'every-item-is-used' }
  | { readonly check: 'no-decision-by-machine-alone' }
  | { readonly check: 'what-was-shared-is-not-used-again' };

/** One of a body's rules. @public */
export type GuidelineRule = GuidelineCheck & {
  /** Unique in the guideline: `health-needs-a-yes`. */
  readonly id: string;
  /** The rule as people would say it: `We share health data only with a yes`. */
  readonly sentence: Text;
};

/** What a body, or a region for those who follow it, holds to be right in sharing: rules that can be checked, and where to read why. @public */
export interface Guideline {
  readonly id: string;
  readonly version: number;
  /** Whose it is. */
  readonly by: string;
  readonly title: Text;
  readonly url?: string;
  readonly rules: readonly GuidelineRule[];
}

const words = wordsOf(textUpTo(1000));
const ids = { type: 'array', items: { type: 'string', pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$' }, minItems: 1, maxItems: 100, uniqueItems: true } as const;

/** What each check asks for besides. */
const ASKED: Readonly<Record<GuidelineCheck['check'], Readonly<Record<string, object>>>> = {
  choice: { atLeast: { enum: CHOICE_MODES }, of: { enum: ['special-category', 'sensitive'] } },
  'review-within': { period }, 'kept-no-longer-than': { period }, 'never-shared': { attributes: ids }, 'answers-not-copies': { attributes: ids }, 'never-for': { purposes: ids }, 'only-managed-devices': {},
  assurance: { by: { enum: ASSURANCE_LEVELS } }, dpia: {}, 'children-need-a-reason': { attributes: ids }, 'every-item-is-used': {}, 'no-decision-by-machine-alone': {}, 'what-was-shared-is-not-used-again': {},
};

/** A guideline as JSON Schema (draft 2020-12). @public */
export const guidelineSchema = {
  $id: 'https://guildhall.example/schemas/guideline.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Guideline for sharing', type: 'object',
  required: ['id', 'version', 'by', 'title', 'rules'], additionalProperties: false,
  properties: {
    id, version: { type: 'integer', minimum: 1 }, by: id, title: words, url: { type: 'string', pattern: '^https://\\S+$', maxLength: 500 },
    rules: {
      type: 'array', minItems: 1, maxItems: 100,
      items: {
        type: 'object', required: ['check'], discriminator: { propertyName: 'check' },
        oneOf: Object.entries(ASKED).map(([check, asked]) => ({
          properties: { id, sentence: words, check: { const: check }, ...asked }, required: ['id', 'sentence', 'check', ...Object.keys(asked).filter((name) => name !== 'of')], additionalProperties: false,
        })),
      },
    },
  },
} as const;

/** Reads a guideline from a file or from whoever published it. @public */
export const readGuideline = documentReader<Guideline>(guidelineSchema, 'a guideline');
