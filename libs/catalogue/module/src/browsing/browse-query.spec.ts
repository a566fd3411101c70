import { browseHref, browseQuery, narrowedBy } from './browse-query';

describe('the address of a list', () => {
  it('says what is asked, and nothing that makes no sense', () => {
    expect(browseQuery({ q: '  parking ', kind: 'module', maturity: 'ripe', language: ['en', 'cy'], contract: '' })).toEqual({ words: 'parking', kind: 'module' });
  });

  it('is the same when it is read again', () => {
    const query = { words: 'a & b', kind: 'provider', contract: 'payments.payment-provider', language: 'cy', maturity: 'stable', publisher: 'westmarch', after: 'x' } as const;
    expect(browseQuery(Object.fromEntries(new URL(browseHref(query), 'https://catalogue.example').searchParams))).toEqual(query);
    expect(browseHref({})).toBe('/catalogue');
  });

  it('takes one thing back at a time, and begins at the first page again', () => {
    expect(narrowedBy({ words: 'bins', kind: 'module', after: 'x' }).map(({ key, href }) => [key, href])).toEqual([['words', '/catalogue?kind=module'], ['kind', '/catalogue?q=bins']]);
  });
});
