import { MATURITIES, PACKAGE_KINDS, type PackageQuery } from '@guildhall/catalogue-contract';

/** What is asked of the list, as it stands in an address. What makes no sense is let be: a link that is years old still finds something. */
export function browseQuery(asked: Readonly<Record<string, unknown>>): PackageQuery {
  const text = (name: string, most = 200): string | undefined => {
    const value = asked[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, most) : undefined;
  };
  const [words, contract, language, publisher, after] = [text('q'), text('contract'), text('language', 20), text('publisher'), text('after', 500)];
  const kind = PACKAGE_KINDS.find((one) => one === asked['kind']);
  const maturity = MATURITIES.find((one) => one === asked['maturity']);
  return { ...(words && { words }), ...(kind && { kind }), ...(contract && { contract }), ...(language && { language }), ...(publisher && { publisher }), ...(maturity && { maturity }), ...(after && { after }) };
}

/** The address of the same list, from another place on or with something left out. */
export function browseHref({ words, kind, contract, language, publisher, maturity, after }: PackageQuery): string {
  const named = { q: words, kind, contract, language, maturity, publisher, after };
  const query = new URLSearchParams(Object.entries(named).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])));
  return query.size === 0 ? '/catalogue' : `/catalogue?${query.toString()}`;
}

/** Each thing that narrows the list, with the address of the list without it. */
export function narrowedBy(query: PackageQuery): readonly { readonly key: 'words' | 'kind' | 'contract' | 'language' | 'publisher' | 'maturity'; readonly value: string; readonly href: string }[] {
  return (['words', 'kind', 'contract', 'language', 'maturity', 'publisher'] as const).flatMap((key) => {
    const value = query[key];
    const { [key]: _left, after: _after, ...rest } = query;
    return value === undefined ? [] : [{ key, value, href: browseHref(rest) }];
  });
}
