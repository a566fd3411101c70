import type { DocumentKind } from './shapes';

/** The outermost element of each document, and that of each thing in it where it is a list. */
export const ELEMENTS: Readonly<Record<DocumentKind, { readonly root: string; readonly item?: string }>> = {
  discovery: { root: 'discovery' },
  services: { root: 'services', item: 'service' },
  definition: { root: 'service_definition' },
  requests: { root: 'service_requests', item: 'request' },
  taken: { root: 'service_requests', item: 'request' },
  tokens: { root: 'service_requests', item: 'request' },
  updates: { root: 'service_request_updates', item: 'request_update' },
  'updates-taken': { root: 'service_request_updates', item: 'request_update' },
  errors: { root: 'errors', item: 'error' },
};

/** What each thing of an inner list is called. */
export const INNER_ITEMS: Readonly<Record<string, string>> = { endpoints: 'endpoint', formats: 'format', attributes: 'attribute', values: 'value', groups: 'group', photos: 'photo' };

/** What repeats without an element around it when there are several: `media_url` of an update. */
export const REPEATED: ReadonlySet<string> = new Set(['media_url']);

/** Lists that are one text with commas in both formats. */
export const WITH_COMMAS: ReadonlySet<string> = new Set(['keywords']);
