import type { ListPart } from '../browsing/list-part';

const MOST_CHARACTERS = 100;

/** What is looked for in a list, as it stands in an address. */
export function searchedIn(asked: unknown): string { return typeof asked === 'string' ? asked.replaceAll('\0', '').trim().slice(0, MOST_CHARACTERS) : ''; }

/** Where the rest of a list that is searched and its beginning are. */
export function searchLinks({ next }: ListPart<unknown>, path: string, { words, after }: { readonly words: string; readonly after: string | undefined }): { readonly nextHref?: string; readonly firstHref?: string } {
  const href = (place?: string): string => { const query = new URLSearchParams({ ...(words && { q: words }), ...(place !== undefined && { after: place }) }); return query.size === 0 ? path : `${path}?${query.toString()}`; };
  return { ...(next !== null && { nextHref: href(next) }), ...(after !== undefined && { firstHref: href() }) };
}
