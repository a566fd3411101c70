/** How a field is built (RFC 9651, 3): a list of items, named members, or one item. @public */
export type FieldStructure = 'dictionary' | 'list' | 'item';

const DICTIONARIES = [
  'accept-signature', 'cdn-cache-control', 'content-digest', 'permissions-policy', 'priority', 'repr-digest', 'reporting-endpoints', 'signature', 'signature-input', 'unencoded-digest', 'use-as-dictionary', 'want-content-digest', 'want-repr-digest', 'want-unencoded-digest',
  // The fields of examples: RFC 9421, 2.1, and RFC 9651, 3.
  'example-dict',
] as const;
const LISTS = ['accept-ch', 'accept-query', 'cache-group-invalidation', 'cache-groups', 'cache-status', 'client-cert-chain', 'critical-ch', 'link-template', 'proxy-status', 'example-list'] as const;
const ITEMS = ['available-dictionary', 'capsule-protocol', 'client-cert', 'cross-origin-embedder-policy', 'cross-origin-opener-policy', 'deprecation', 'dictionary-id', 'incremental', 'origin-agent-cluster', 'sec-gpc', 'example-integer', 'example-decimal', 'example-date'] as const;

/**
 * Fields that are known to be structured, in lower case, as IANA registers them.
 * @public
 * @see https://www.iana.org/assignments/http-fields
 */
export const STRUCTURED_FIELDS: ReadonlyMap<string, FieldStructure> = new Map<string, FieldStructure>([
  ...DICTIONARIES.map((name) => [name, 'dictionary'] as const), ...LISTS.map((name) => [name, 'list'] as const), ...ITEMS.map((name) => [name, 'item'] as const),
]);
