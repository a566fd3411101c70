import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { refused } from '@guildhall/kernel-contract';
import { canonicalize, documentReader, signEnvelope, type Envelope, type Malformed, type NamedKey } from '@guildhall/sharing-contract';

/** What whoever was assessed says against an assessment: shown beside it, and changing nothing of what it is worth. @public */
export interface CounterClaim {
  /** The assessment, by the SHA-256 of its envelope in canonical JSON: `sha256:…`. */
  readonly assessment: string;
  /** Who says it: what stands before the `#` in the name of the key that signs. */
  readonly by: string;
  /** An instant. Of what one says against one assessment, the newest counts. */
  readonly at: string;
  /** Principle by principle; none takes back what was said before. */
  readonly claims: readonly { readonly principle: string; readonly text: string }[];
}

/** A counter-claim as JSON Schema (draft 2020-12). @public */
export const counterClaimSchema = {
  $id: 'https://guildhall.example/schemas/counter-claim.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Counter-claim', type: 'object',
  required: ['assessment', 'by', 'at', 'claims'], additionalProperties: false,
  properties: {
    assessment: { type: 'string', pattern: '^sha256:[A-Za-z0-9_-]{43}$' }, by: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 }, at: { type: 'string', format: 'date-time' },
    claims: { type: 'array', maxItems: 100, items: { type: 'object', required: ['principle', 'text'], additionalProperties: false, properties: { principle: { type: 'string', pattern: '^[1-9]\\d?$' }, text: { type: 'string', minLength: 1, maxLength: 1000 } } } },
  },
} as const;
const read = documentReader<CounterClaim>(counterClaimSchema, 'a counter-claim');

/** What a counter-claim is in its envelope. @public */
export const COUNTER_CLAIM_TYPE = 'application/vnd.guildhall.counter-claim+json';
/** @public */
export function signCounterClaim(claim: CounterClaim, signer: NamedKey): Envelope { return signEnvelope(COUNTER_CLAIM_TYPE, canonicalize(claim), [signer]); }

/** What a counter-claim says, whoever signed it. @public */
export function readCounterClaim({ payload, payloadType }: Envelope): Outcome<CounterClaim, Refusal<'malformed'> | Malformed> {
  if (payloadType !== COUNTER_CLAIM_TYPE) return refused('malformed', 'This is not a counter-claim.');
  try {
    return read(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as unknown);
  } catch {
    return refused('malformed', 'This is not a counter-claim.');
  }
}
