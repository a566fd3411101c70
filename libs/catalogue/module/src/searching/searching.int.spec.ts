import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { CATALOGUE, type CatalogueApi, type PackagePage } from '@guildhall/catalogue-contract';
import { catalogue } from '../catalogue.module';
import { WORDS_OF_PACKAGE } from './search-words';

const listed = (name: string, description: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({ name, description, kind: 'module', publisher: 'westmarch', maturity: 'beta', languages: ['en', 'cy'], provides: [], ...more });
const PACKAGES = [
  listed('@westmarch/parking', 'Permits for streets and car parks.', { provides: ['parking'] }), listed('@westmarch/bins', 'Collections, and what to do when a parking car was in the way.', { kind: 'service-pack', languages: ['en'] }),
  listed('@brackenfield/payments-bank', 'Takes payments by bank transfer.', { kind: 'provider', publisher: 'brackenfield', maturity: 'stable', provides: ['payments.payment-provider'] }),
  listed('@glanafon/ffyrdd', 'Rhoi gwybod am dwll yn y ffordd.', { publisher: 'glanafon', languages: ['cy'] }),
];

describe('looking for packages', () => {
  let app: TestApp;
  let api: CatalogueApi;
  const council = (slug: string, number: number) => testCouncilDefinition(slug, number, [catalogue({ feedOrigin: `${slug}.example/feed`, keys: [{ name: '2026-1' }], registries: {} })]);
  beforeAll(async () => {
    app = await startTestApp({ councils: [council('westmarch', 1), council('aldermoor', 2)] });
    api = app.get<CatalogueApi>(CATALOGUE.token);
    for (const { name, description, kind, publisher, maturity, languages, provides } of PACKAGES) {
      await app.owner.query(`insert into catalogue.package (council_id, name, publisher_id, kind, description, licence, maturity, languages, provides, latest, published_at, passed, applicable, noticed, words, scope_looks, name_looks)
        select $1, $2, $3, $4, $5, 'MIT', $6, $7, $8, '1.0.0', '2026-11-01T09:00:00Z', 3, 4, '{}', ${WORDS_OF_PACKAGE(`regexp_replace($2::text, '[^a-z]+', ' ', 'g')`, '$5::text', `''`)}, '', ''`, [app.context('westmarch').council.id, name, publisher, kind, description, maturity, languages, provides]);
    }
  });
  afterAll(() => app?.close());
  const found = async (query: Parameters<CatalogueApi['search']>[1]): Promise<readonly string[]> => (await api.search(app.context('westmarch'), query)).items.map(({ name }) => name);

  it('finds what has all words, in any form, the one with the word in its name first', async () => {
    expect(await found({ words: 'parking' })).toEqual(['@westmarch/parking', '@westmarch/bins']);
    expect(await found({ words: 'park street' })).toEqual(['@westmarch/parking']);
    expect(await found({ words: 'ffordd' })).toEqual(['@glanafon/ffyrdd']);
    expect(await found({ words: 'payme' })).toEqual(['@brackenfield/payments-bank']);
    expect(await found({ words: 'parking payments' })).toEqual([]);
  });
  it.each<readonly [string, Parameters<CatalogueApi['search']>[1], readonly string[]]>([
    ['a kind', { kind: 'service-pack' }, ['@westmarch/bins']], ['a contract or port', { contract: 'payments.payment-provider' }, ['@brackenfield/payments-bank']], ['a language', { language: 'cy', publisher: 'westmarch' }, ['@westmarch/parking']],
    ['a maturity', { maturity: 'stable' }, ['@brackenfield/payments-bank']], ['nothing at all', {}, ['@brackenfield/payments-bank', '@glanafon/ffyrdd', '@westmarch/bins', '@westmarch/parking']],
    ['words that are nothing but small', { words: 'the' }, ['@brackenfield/payments-bank', '@glanafon/ffyrdd', '@westmarch/bins', '@westmarch/parking']],
    ['what cannot be a word', { words: `'); & | ! <-> :*` }, ['@brackenfield/payments-bank', '@glanafon/ffyrdd', '@westmarch/bins', '@westmarch/parking']],
  ])('finds by %s', async (_what, query, names) => { expect([...(await found(query))].sort()).toEqual(names); });
  it('is read page by page', async () => {
    const visitor = app.visitor('westmarch');
    const names: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: PackagePage = (await visitor.request(`/api/catalogue/v1/packages?words=parking&limit=1${after && `&after=${after}`}`)).json();
      expect(page.total).toBe(2);
      names.push(...page.items.map(({ name }) => name));
      after = page.next;
    }
    expect(names).toEqual(['@westmarch/parking', '@westmarch/bins']);
  });
  it('shows nothing of another council', async () => { expect(await api.search(app.context('aldermoor'), {})).toEqual({ items: [], next: null, total: 0 }); });
  it.each(['limit=0', 'limit=101', 'limit=a', 'after=elsewhere', 'kind=thing', 'maturity=old', `words=${'a'.repeat(301)}`, 'words=a&words=b', 'words=%00'])('refuses %s', async (asked) => {
    expect((await app.visitor('westmarch').request(`/api/catalogue/v1/packages?${asked}`, { headers: { accept: 'application/json' } })).status).toBe(400);
  });
  it('begins with an empty log, signed', async () => {
    const visitor = app.visitor('westmarch');
    expect((await visitor.request('/api/catalogue/v1/feed/checkpoint')).text).toMatch(/^westmarch\.example\/feed\n0\n47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— westmarch\.example\/feed /);
    expect((await visitor.request('/api/catalogue/v1/feed/key')).text).toMatch(/^westmarch\.example\/feed\+[0-9a-f]{8}\+A/);
    expect((await visitor.request('/api/catalogue/v1/feed')).json()).toMatchObject({ items: [] });
  });
  it.each(['packages/@westmarch/nothing', 'packages/@westmarch/parking/releases/1.0.0', 'packages/@westmarch/parking/releases/1.0.0/components', 'publishers/nobody', 'submissions/1', 'submissions/01990000-0000-7000-8000-000000000001'])('has no %s', async (path) => {
    expect((await app.visitor('westmarch').request(`/api/catalogue/v1/${path}`, { headers: { accept: 'application/json' } })).status).toBe(404);
  });
});
