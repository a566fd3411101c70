import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { refused } from '@guildhall/kernel-contract';
import { canonicalize, documentReader, signEnvelope, type Envelope, type Malformed, type NamedKey } from '@guildhall/sharing-contract';

/** What somebody found of one principle. @public */
export interface Finding {
  /** Its number in the standard: `10`. */
  readonly principle: string;
  readonly result: 'met' | 'partly-met' | 'not-met';
  /** How it was looked at. */
  readonly how: 'tested' | 'reviewed' | 'asserted';
  /** Where it can be read, or in what it was seen. */
  readonly evidence?: string;
}

/** What an assessment says, beside of what. How independent it is it cannot say: that is worked out from whose key signed it. @public */
export interface Assessment {
  /** `ncsc-csp`: the cloud security principles of the National Cyber Security Centre. */
  readonly standard: string;
  /** Days, the last one included. */
  readonly assessedOn: string;
  readonly validUntil: string;
  readonly findings: readonly Finding[];
  /** Of a deployment: whether it was looked at over which network and from which devices people ask. */
  readonly coversChannels?: boolean;
  /** Other states of the same thing of which this holds, too: digests by SHA-256 in hexadecimal, and of a module its versions (`>=1.2.0 <1.3.0`). */
  readonly alsoFor?: { readonly sha256?: readonly string[]; readonly versions?: string };
  /** What whoever was assessed says against it. Shown beside it, and changes nothing. */
  readonly counterClaims?: readonly { readonly principle: string; readonly text: string }[];
}

/** What was assessed: a deployment by its address, a module by its package URL; and its state by a digest. @public */
export interface Subject {
  /** `https://share.riverbourne.example` or `pkg:npm/%40guildhall/payments@1.2.0`. */
  readonly name: string;
  readonly digest: Readonly<Record<string, string>>;
}

/** A signed statement (in-toto Statement, version 1). @public */
export interface AssessmentStatement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly Subject[];
  readonly predicateType: typeof ASSESSMENT_TYPE;
  readonly predicate: Assessment;
}
/** @public */
export const ASSESSMENT_TYPE = 'https://guildhall.example/assessment/v1';
/** What a statement is in its envelope. @public */
export const STATEMENT_TYPE = 'application/vnd.in-toto+json';

const text = { type: 'string', minLength: 1, maxLength: 1000 } as const;
const principle = { type: 'string', pattern: '^[1-9]\\d?$' } as const;
const date = { type: 'string', format: 'date' } as const;

/** A statement as JSON Schema (draft 2020-12). @public */
export const assessmentSchema = {
  $id: 'https://guildhall.example/schemas/assessment.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Assessment', type: 'object',
  required: ['_type', 'subject', 'predicateType', 'predicate'], additionalProperties: false,
  properties: {
    _type: { const: 'https://in-toto.io/Statement/v1' }, predicateType: { const: ASSESSMENT_TYPE },
    subject: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'object', required: ['name', 'digest'], additionalProperties: false, properties: { name: text, digest: { type: 'object', minProperties: 1, additionalProperties: { type: 'string', pattern: '^[0-9a-f]{32,128}$' } } } } },
    predicate: {
      // What else a statement says of itself is let be, and believed by nobody.
      type: 'object', required: ['standard', 'assessedOn', 'validUntil', 'findings'],
      properties: {
        standard: text, assessedOn: date, validUntil: date, coversChannels: { type: 'boolean' },
        findings: { type: 'array', minItems: 1, maxItems: 200, items: { type: 'object', required: ['principle', 'result', 'how'], properties: { principle, result: { enum: ['met', 'partly-met', 'not-met'] }, how: { enum: ['tested', 'reviewed', 'asserted'] }, evidence: text } } },
        alsoFor: { type: 'object', additionalProperties: false, properties: { sha256: { type: 'array', maxItems: 1000, items: { type: 'string', pattern: '^[0-9a-f]{64}$' } }, versions: text } },
        counterClaims: { type: 'array', maxItems: 100, items: { type: 'object', required: ['principle', 'text'], properties: { principle, text } } },
      },
    },
  },
} as const;
const read = documentReader<AssessmentStatement>(assessmentSchema, 'an assessment');

/** Signs what was found of something. @public */
export function signAssessment(subject: readonly Subject[], predicate: Assessment, signer: NamedKey): Envelope {
  const statement: AssessmentStatement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType: ASSESSMENT_TYPE, predicate };
  return signEnvelope(STATEMENT_TYPE, canonicalize(statement), [signer]);
}

/** What an envelope says, whoever signed it. @public */
export function readAssessment({ payload, payloadType }: Envelope): Outcome<AssessmentStatement, Refusal<'malformed'> | Malformed> {
  if (payloadType !== STATEMENT_TYPE) return refused('malformed', 'This is not a statement.');
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as unknown;
  } catch {
    return refused('malformed', 'This is not a statement.');
  }
  return read(json);
}
