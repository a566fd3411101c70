import type { Outcome, Refusal, Text } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { canonicalize, documentReader, signEnvelope, verifyEnvelope, type Envelope, type Malformed, type NamedKey } from '@guildhall/sharing-contract';
import { satisfies } from 'semver';
import { CLOCKS_DIFFER_BY_MS, jsonOf, publisherKeysAt, type Publisher } from './publisher';

/**
 * What a publisher tells of releases that are out: `deprecation`, not to be taken any more, with what takes its place and until when it is looked after; `advisory`, a fault that concerns safety;
 * `withdrawal`, not to be run.
 * @public
 */
export const NOTICE_KINDS = ['deprecation', 'advisory', 'withdrawal'] as const;
/** @public */
export type NoticeKind = (typeof NOTICE_KINDS)[number];
/** @public */
export const SEVERITIES = ['low', 'moderate', 'high', 'critical'] as const;

/** A notice; it reaches every council that runs what it is about. @public */
export interface Notice {
  /** Its publisher's own: `westmarch-2026-3`. Told again with the same id, it takes the place of the one before. */
  readonly id: string;
  readonly publisher: string;
  readonly kind: NoticeKind;
  readonly package: string;
  /** A range of npm's: `<2.0.0`. */
  readonly versions: string;
  readonly text: Text;
  /** An instant. */
  readonly at: string;
  /** Of a deprecation: the package to take instead, and the last day on which this one is looked after. */
  readonly replacement?: string;
  readonly until?: string;
  /** Of an advisory. */
  readonly severity?: (typeof SEVERITIES)[number];
  /** Of an advisory: the first version without the fault. */
  readonly mendedIn?: string;
}

const text = { type: 'string', minLength: 1, maxLength: 2000 } as const;
/** A notice as JSON Schema (draft 2020-12). @public */
export const noticeSchema = {
  $id: 'https://guildhall.example/schemas/notice.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Notice', type: 'object',
  required: ['id', 'publisher', 'kind', 'package', 'versions', 'text', 'at'], additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 }, publisher: text, kind: { enum: NOTICE_KINDS }, package: text, versions: { type: 'string', minLength: 1, maxLength: 200 },
    text: { type: 'object', required: ['en', 'cy'], additionalProperties: false, properties: { en: text, cy: text } }, at: { type: 'string', format: 'date-time' },
    replacement: text, until: { type: 'string', format: 'date' }, severity: { enum: SEVERITIES }, mendedIn: text,
  },
} as const;
const read = documentReader<Notice>(noticeSchema, 'a notice');

/** What a notice is in its envelope. @public */
export const NOTICE_TYPE = 'application/vnd.guildhall.notice+json';
/** @public */
export function signNotice(notice: Notice, signer: NamedKey): Envelope { return signEnvelope(NOTICE_TYPE, canonicalize(notice), [signer]); }

/** What a notice says, whoever signed it. @public */
export function readNotice(envelope: Envelope): Outcome<Notice, Refusal<'malformed'> | Malformed> {
  return envelope.payloadType === NOTICE_TYPE ? read(jsonOf(envelope)) : refused('malformed', 'This is not a notice.');
}

/**
 * Opens a notice about a package of this publisher's, signed by a key that it had.
 * @public
 * @param loggedAt when a log that is believed first had it; when it says itself unless told. What a stolen key tells is not believed where a log had it only later, and nothing is told of a day to come
 */
export function openNotice(envelope: Envelope, publisher: Publisher, loggedAt?: Date): Outcome<Notice, Refusal<'malformed' | 'not-signed' | 'not-its-package'> | Malformed> {
  const opened = readNotice(envelope);
  if (!opened.ok) return opened;
  const notice = opened.value;
  if (notice.publisher !== publisher.id || !publisher.scopes.some((scope) => notice.package.startsWith(`${scope}/`))) return refused('not-its-package', `${notice.package} is not ${publisher.id}’s, and it cannot tell of it.`);
  const at = new Date(notice.at);
  if (!verifyEnvelope(envelope, publisherKeysAt(publisher, at, loggedAt), 1).ok || (loggedAt && at.getTime() > loggedAt.getTime() + CLOCKS_DIFFER_BY_MS)) return refused('not-signed', `The notice is not signed by a key that ${publisher.id} had at ${notice.at}.`);
  return done(notice);
}

/** Whether a notice is about this release. @public */
export function concerns(notice: Pick<Notice, 'package' | 'versions'>, name: string, version: string): boolean { return notice.package === name && satisfies(version, notice.versions, { includePrerelease: true }); }
