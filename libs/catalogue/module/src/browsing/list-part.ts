/** Part of a list that is read on from where the part before it ended. `next` is what the next part comes after; null where the list is over. */
export interface ListPart<T> { readonly items: readonly T[]; readonly next: string | null }

/** From one more than is shown, so that it is known whether the list goes on. */
export function listPart<T>(found: readonly T[], most: number, placeOf: (last: T) => string): ListPart<T> {
  const items = found.slice(0, most);
  const last = found.length > most ? items.at(-1) : undefined;
  return { items, next: last === undefined ? null : placeOf(last) };
}

/** Where the rest of a list and its beginning are. `asked` is what stood in this page's own address, by the name that is told. */
export function linksOf({ next }: ListPart<unknown>, path: string, asked: string | undefined, name = 'after'): { readonly nextHref?: string; readonly firstHref?: string } {
  return { ...(next !== null && { nextHref: `${path}?${new URLSearchParams({ [name]: next }).toString()}` }), ...(asked !== undefined && { firstHref: path }) };
}

/** A place in a list as it stands in an address; what cannot be one is let be, so that the list begins anew. */
export function placeIn(asked: unknown, looks: RegExp): string | undefined { return typeof asked === 'string' && looks.test(asked) ? asked : undefined; }
