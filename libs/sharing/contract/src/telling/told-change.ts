import { canonicalize } from '../canonical-json';
import { contentDigest } from '../content-digest';
import { exchangeAnswerSchema, exchangeRequestSchema, type Evidence, type ExchangeRequest } from '../asking/exchange';
import { documentReader } from '../read-document';

/** A change that a body tells another unasked, because the resident wants it to: as an answer to the question that the other might have asked, and by the same rule. @public */
export interface ToldChange {
  /** Its `exchange` names the change: told again under it, it is the same. */
  readonly request: ExchangeRequest;
  readonly evidence: Evidence;
  /** 128 bits in base64url, so that nobody can guess the value from its digest. */
  readonly salt: string;
}

const { $id: _request, $schema: _draft, title: _title, ...request } = exchangeRequestSchema;

/** A change as JSON Schema (draft 2020-12). @public */
export const toldChangeSchema = {
  $id: 'https://guildhall.example/schemas/told-change.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Change told to another body', type: 'object', required: ['request', 'evidence', 'salt'], additionalProperties: false,
  properties: { request, evidence: exchangeAnswerSchema.properties.evidence.items, salt: exchangeAnswerSchema.properties.salt },
} as const;

/** Reads a change that another body tells. @public */
export const readToldChange = documentReader<ToldChange>(toldChangeSchema, 'a change');

/** What the log of either side has of a change: however often it is told, and whenever the resident's choice was looked at for it. @public */
export function changeDigest({ request: { exchange }, evidence, salt }: ToldChange): string { return contentDigest(canonicalize({ exchange, evidence, salt })); }
