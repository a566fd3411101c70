import type { Text } from '@guildhall/kernel-contract';
import type { SharingChannel } from '../agreeing/agreement';
import { DEVICES, NETWORKS } from '../agreeing/agreement';
import type { AttributeId, AttributeValue } from '../agreeing/vocabulary';
import type { ChoiceState } from '../choosing/choice';
import type { Entry } from '../logging/entry';
import { CHOICE_STATES } from '../choosing/choice';
import { canonicalize } from '../canonical-json';
import { contentDigest } from '../content-digest';
import { documentReader } from '../read-document';
import { id, instant, orNull, wordsOf } from '../schema-parts';

/** One question that a body asks another about one person. @public */
export interface ExchangeRequest {
  /** UUIDv7: asked again under it, the same is answered. */
  readonly exchange: string;
  /** With its version: `garden-waste-concession@3`. */
  readonly agreement: string;
  readonly purpose: string;
  /** Who is meant, by the name that only these two bodies have for them: `pw:…`. */
  readonly subject: string;
  readonly attributes: readonly AttributeId[];
  /** Why it is asked now: `Garden waste application RB-7K3F-92QD`. Never empty. */
  readonly because: string;
  readonly by: SharingChannel & {
    readonly service: string | null;
    /** Who looks, where an officer does: the name that the body has for them, no name of theirs. */
    readonly officer: string | null;
  };
  /** What the asking body knows of the person's choice: when it was made and to what (`choiceScope`; a body of a version before it does not say), and until when it is sure to know of any other. */
  readonly choice: { readonly state: ChoiceState; readonly at: string; readonly scope?: string; readonly asOf: string; readonly receipt: string } | null;
  /** Digest of what was found of the asking deployment; null where nothing was. */
  readonly assurance: string | null;
  /** How far the asking body's log has come: a signed checkpoint. */
  readonly checkpoint: string | null;
}

/** One thing that was looked at before anything was told. @public */
export interface Reason { readonly id: CheckId; readonly pass: boolean; readonly text: Text }
/** Whether it may be told, with every reason for and against. @public */
export interface Decision { readonly allow: boolean; readonly reasons: readonly Reason[] }

/** What is looked at, in this order; all of it, whatever fails. @public */
export const CHECKS = [
  'signature', 'log', 'trust', 'agreement', 'in-force', 'parties', 'purpose', 'attributes', 'because', 'power', 'choice', 'choice-fresh', 'channel', 'assurance', 'guidelines', 'subject', 'dispute',
] as const;
/** @public */
export type CheckId = (typeof CHECKS)[number];

/** A value, and where it is from. @public */
export interface Evidence {
  readonly attribute: AttributeId;
  readonly value: AttributeValue;
  /** The day from which it is known to be so. */
  readonly asOf: string;
  /** Which record it is from: `council-tax-register`. */
  readonly source: string;
  /** How it was made sure: `bill`, `in-person`; null where nobody did. */
  readonly verified: string | null;
}

/** What is answered. @public */
export interface ExchangeAnswer {
  readonly exchange: string;
  /** 128 bits in base64url, so that nobody can guess the answer from its digest. */
  readonly salt: string;
  readonly decision: Decision;
  /** Empty when it was refused; and what the body does not know is not in it. */
  readonly evidence: readonly Evidence[];
  /** Of what was asked and is not told: what is known of it is too old. Left out where there is none, and by a body of a version before it. */
  readonly tooOld?: readonly AttributeId[];
  /** What people read of where evidence is from, by what it names as its `source`. Records without such a name are left out. */
  readonly sourceTitles?: Readonly<Record<string, Text>>;
  /** What the answering body's log has of it, and the proof that it is there: hashes in base64 from the leaf up, and a signed checkpoint. */
  readonly log: { readonly entry: Entry; readonly index: number; readonly proof: readonly string[]; readonly checkpoint: string };
}

const uuid = { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' } as const;
const attribute = { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+$', maxLength: 100 } as const;
const digest = { type: 'string', pattern: '^sha256:[A-Za-z0-9_-]{43}$' } as const;
const text = { type: 'string', maxLength: 500 } as const;
const words = wordsOf({ type: 'string' } as const);

/** A question as JSON Schema (draft 2020-12). @public */
export const exchangeRequestSchema = {
  $id: 'https://guildhall.example/schemas/exchange-request.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Question to another body', type: 'object',
  required: ['exchange', 'agreement', 'purpose', 'subject', 'attributes', 'because', 'by', 'choice', 'assurance', 'checkpoint'], additionalProperties: false,
  properties: {
    exchange: uuid, agreement: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*@[1-9]\\d*$', maxLength: 120 }, purpose: id, subject: { type: 'string', pattern: '^pw:[A-Za-z0-9_-]{22,64}$' },
    attributes: { type: 'array', items: attribute, minItems: 1, maxItems: 50, uniqueItems: true }, because: { type: 'string', maxLength: 300 },
    by: {
      type: 'object', required: ['service', 'officer', 'network', 'device'], additionalProperties: false,
      properties: { service: orNull(id), officer: orNull({ type: 'string', minLength: 1, maxLength: 100 }), network: { enum: NETWORKS }, device: { enum: DEVICES } },
    },
    choice: orNull({ type: 'object', required: ['state', 'at', 'asOf', 'receipt'], additionalProperties: false, properties: { state: { enum: CHOICE_STATES }, at: instant, scope: digest, asOf: instant, receipt: digest } }),
    assurance: orNull(digest), checkpoint: orNull({ type: 'string', maxLength: 5000 }),
  },
} as const;

/** An answer as JSON Schema (draft 2020-12). @public */
export const exchangeAnswerSchema = {
  $id: 'https://guildhall.example/schemas/exchange-answer.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Answer to another body', type: 'object',
  required: ['exchange', 'salt', 'decision', 'evidence', 'log'], additionalProperties: false,
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' },
    exchange: uuid, salt: { type: 'string', pattern: '^[A-Za-z0-9_-]{22}$' },
    decision: {
      type: 'object', required: ['allow', 'reasons'], additionalProperties: false,
      properties: { allow: { type: 'boolean' }, reasons: { type: 'array', maxItems: 100, items: { type: 'object', required: ['id', 'pass', 'text'], additionalProperties: false, properties: { id, pass: { type: 'boolean' }, text: words } } } },
    },
    evidence: {
      type: 'array', maxItems: 50,
      items: {
        type: 'object', required: ['attribute', 'value', 'asOf', 'source', 'verified'], additionalProperties: false,
        properties: { attribute, value: { type: ['boolean', 'string', 'object'] }, asOf: { type: 'string', format: 'date' }, source: id, verified: orNull(id) },
      },
    },
    tooOld: { type: 'array', maxItems: 50, items: attribute }, sourceTitles: { type: 'object', maxProperties: 50, propertyNames: id, additionalProperties: wordsOf({ type: 'string', minLength: 1, maxLength: 200 } as const) },
    log: {
      type: 'object', required: ['entry', 'index', 'proof', 'checkpoint'], additionalProperties: false,
      properties: {
        entry: {
          type: 'object', required: ['v', 't', 'kind', 'exchange', 'peer', 'agreement', 'purpose', 'attributes', 'subject', 'allow', 'failed', 'req', 'res', 'peerCheckpoint'], additionalProperties: false,
          properties: {
            v: { const: 1 }, t: instant, kind: { const: 'answered' }, exchange: uuid, peer: orNull(id), agreement: text, purpose: text, attributes: { type: 'array', maxItems: 50, items: attribute }, subject: text, allow: { type: 'boolean' },
            failed: { type: 'array', maxItems: 100, items: id }, req: text, res: text, peerCheckpoint: orNull(text),
          },
        },
        index: { type: 'integer', minimum: 0 }, proof: { type: 'array', maxItems: 64, items: { type: 'string', pattern: '^[A-Za-z0-9+/]{43}=$' } }, checkpoint: { type: 'string', maxLength: 5000 },
      },
    },
  },
} as const;

/** Reads a question. @public */
export const readExchangeRequest = documentReader<ExchangeRequest>(exchangeRequestSchema, 'a question to another body');
/** Reads an answer. @public */
export const readExchangeAnswer = documentReader<ExchangeAnswer>(exchangeAnswerSchema, 'an answer');

/** An answer that refuses, as a problem (RFC 9457): the decision is in it as in any other, and no evidence. @public */
export interface ExchangeProblem extends ExchangeAnswer { readonly type: string; readonly title: string; readonly status: number; readonly detail: string }

/** What the log of either side has of an answer: the `Content-Digest` of its canonical form, without where it stands in the log, which is known only afterwards. @public */
export function answerDigest({ exchange, salt, decision, evidence }: Omit<ExchangeAnswer, 'log'>): string { return contentDigest(canonicalize({ exchange, salt, decision, evidence })); }
