import { canonicalize, documentReader, leafHash, type Envelope } from '@guildhall/sharing-contract';
import type { PackageFacts } from './package-facts';

/** What an entry of a catalogue's feed is about. `publisher`: who publishes, or a new state of their keys; `assessment`: what an assessor found, or what whoever was assessed says against it; `removed`: the catalogue lists something no more, and says why. @public */
export const FEED_KINDS = ['publisher', 'release', 'notice', 'assessment', 'removed'] as const;
/** @public */
export type FeedKind = (typeof FEED_KINDS)[number];

/** A line of a catalogue's feed: a log that only grows (RFC 9162), under checkpoints that the catalogue signs (C2SP tlog-checkpoint). What it is about comes beside it, and is found by its digest. @public */
export interface FeedEntry {
  readonly v: 1;
  /** When it was listed here, an instant. */
  readonly t: string;
  readonly kind: FeedKind;
  /** `@westmarch/parking`, a publisher's id, or an address of a deployment. */
  readonly about: string;
  readonly version: string | null;
  /** SHA-256 of the envelope in canonical JSON: `sha256:…`; of a `removed`, of the envelope that was listed. */
  readonly digest: string;
  /** Name of the feed that it was first seen in; null where it was given to this catalogue itself. */
  readonly from: string | null;
  /** Of a `removed`: why. */
  readonly because: string | null;
}

/** What a feed hands out for an entry. @public */
export interface FeedItem {
  readonly index: number;
  readonly entry: FeedEntry;
  /** What the entry is about, as it was signed; null for what is removed. */
  readonly envelope: Envelope | null;
  /** Of a release: what its files say. Whoever mirrors it compares the digest. */
  readonly facts?: PackageFacts;
}
/** So many entries at most are handed out at once. @public */
export const MOST_FEED_ITEMS = 1000;
/** A page of a feed. @public */
export interface FeedPage {
  /** Signed (C2SP signed-note), of a tree that holds at least these entries. */
  readonly checkpoint: string;
  readonly items: readonly FeedItem[];
}

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });
const envelope = { type: 'object', required: ['payload', 'payloadType', 'signatures'], properties: { payload: { type: 'string', maxLength: 2_000_000 }, payloadType: text, signatures: { type: 'array', minItems: 1, maxItems: 20 } } } as const;
/** A page of a feed as JSON Schema (draft 2020-12). @public */
export const feedPageSchema = {
  $id: 'https://guildhall.example/schemas/feed-page.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Feed page', type: 'object', required: ['checkpoint', 'items'], additionalProperties: false,
  properties: {
    checkpoint: { type: 'string', minLength: 1, maxLength: 20_000 },
    items: {
      type: 'array', maxItems: MOST_FEED_ITEMS,
      items: {
        type: 'object', required: ['index', 'entry', 'envelope'], additionalProperties: false,
        properties: {
          index: { type: 'integer', minimum: 0 }, envelope: orNull(envelope), facts: { type: 'object' },
          entry: {
            type: 'object', required: ['v', 't', 'kind', 'about', 'version', 'digest', 'from', 'because'], additionalProperties: false,
            properties: { v: { const: 1 }, t: { type: 'string', format: 'date-time' }, kind: { enum: FEED_KINDS }, about: text, version: orNull(text), digest: { type: 'string', pattern: '^sha256:[A-Za-z0-9_-]{43}$' }, from: orNull(text), because: orNull({ type: 'string', minLength: 1, maxLength: 2000 }) },
          },
        },
      },
    },
  },
};
/** @public */
export const readFeedPage = documentReader<FeedPage>(feedPageSchema, 'a page of a feed');

/** The bytes of an entry, whose hash is its leaf: canonical JSON (RFC 8785). @public */
export function feedEntryBytes(entry: FeedEntry): Uint8Array { return new Uint8Array(Buffer.from(canonicalize(entry))); }
/** @public */
export function feedLeaf(entry: FeedEntry): Uint8Array { return leafHash(feedEntryBytes(entry)); }
