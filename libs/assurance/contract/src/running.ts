import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { canonicalize, documentReader, keysAt, signEnvelope, verifyEnvelope, type Body, type Envelope, type Malformed, type NamedKey } from '@guildhall/sharing-contract';

/** What runs at a body's node, as it says of itself. That it is so nobody can see from outside; that it said so is signed. @public */
export interface RunningStatement {
  readonly body: string;
  readonly endpoint: string;
  /** SHA-256 of the list of its components, in hexadecimal. */
  readonly running: string;
  readonly at: string;
}
/** What a running statement is in its envelope. @public */
export const RUNNING_TYPE = 'application/vnd.guildhall.running+json';
/** What a node serves of its assurance at `/assurance`. @public */
export interface PublishedAssurance {
  readonly running: Envelope;
  /** What others have signed of it. */
  readonly assessments: readonly Envelope[];
}

const envelope = {
  type: 'object', required: ['payload', 'payloadType', 'signatures'], additionalProperties: false,
  properties: {
    payload: { type: 'string', maxLength: 400_000 }, payloadType: { type: 'string', maxLength: 200 },
    signatures: { type: 'array', minItems: 1, maxItems: 10, items: { type: 'object', required: ['sig'], additionalProperties: false, properties: { keyid: { type: 'string', maxLength: 200 }, sig: { type: 'string', maxLength: 200 } } } },
  },
} as const;
/** @public */
export const MOST_ASSESSMENTS = 100;
/** What a node serves of its assurance, as JSON Schema (draft 2020-12). @public */
export const publishedAssuranceSchema = {
  $id: 'https://guildhall.example/schemas/published-assurance.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Published assurance', type: 'object',
  required: ['running', 'assessments'], additionalProperties: false, properties: { running: envelope, assessments: { type: 'array', maxItems: MOST_ASSESSMENTS, items: envelope } },
} as const;
/** @public */
export const readPublishedAssurance = documentReader<PublishedAssurance>(publishedAssuranceSchema, 'what a node says of its assurance');

const readStatement = documentReader<RunningStatement>({
  type: 'object', required: ['body', 'endpoint', 'running', 'at'], additionalProperties: false,
  properties: { body: { type: 'string', maxLength: 100 }, endpoint: { type: 'string', maxLength: 300 }, running: { type: 'string', pattern: '^[0-9a-f]{64}$' }, at: { type: 'string', format: 'date-time' } },
}, 'a statement of what runs');

/** @public */
export function signRunning(statement: RunningStatement, signer: NamedKey): Envelope { return signEnvelope(RUNNING_TYPE, canonicalize(statement), [signer]); }

/** For so long a statement is new: whoever keeps an old one back cannot show it instead of one that says that something changed. */
const NEW_FOR_MS = 15 * 60 * 1000;

/** What a body says of what runs at its node, by a key of its own and just now. @public */
export function openRunning(signed: Envelope, body: Body, now: Date): Outcome<RunningStatement, Refusal<'malformed' | 'not-signed' | 'not-theirs' | 'not-now'> | Malformed> {
  if (signed.payloadType !== RUNNING_TYPE) return refused('malformed', 'This is not a statement of what runs.');
  const opened = verifyEnvelope(signed, keysAt(body, now), 1);
  if (!opened.ok) return refused('not-signed', `${body.id} has not signed this.`);
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(opened.value.payload).toString('utf8')) as unknown;
  } catch {
    return refused('malformed', 'This is not a statement of what runs.');
  }
  const read = readStatement(json);
  if (!read.ok) return read;
  if (read.value.body !== body.id || read.value.endpoint !== body.endpoint) return refused('not-theirs', `This is about ${read.value.body} at ${read.value.endpoint}.`);
  if (Math.abs(now.getTime() - Date.parse(read.value.at)) > NEW_FOR_MS) return refused('not-now', `This was said at ${read.value.at}.`);
  return done(read.value);
}
