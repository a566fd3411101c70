import { factsOf, type CouncilReport } from '@guildhall/catalogue-contract';
import { exampleFiles } from '@guildhall/catalogue-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { catalogue } from '../catalogue.module';
import { WORDS_OF_PACKAGE } from '../searching/search-words';

const REPORT: CouncilReport = { format: 1, at: '2026-11-20T09:00:00Z', council: { slug: 'aldermoor', languages: ['en'], nation: 'england' }, node: '20.20.2', contracts: {}, copies: [], findings: [], packages: [{ name: '@westmarch/part-1', version: '1.0.0', kind: 'module', id: 'part-1' }] };

describe('a council that asks a large catalogue what fits', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ councils: [testCouncilDefinition('westmarch', 1, [catalogue({ feedOrigin: 'westmarch.example/feed', keys: [{ name: '2026-1' }], registries: {} })])] });
    const read = factsOf(new Map(Object.entries(exampleFiles('@westmarch/parking', '1.0.0')).map(([path, content]) => [path, Buffer.from(content)])));
    if (!read.ok) throw new Error(read.refusal.message);
    const facts = JSON.stringify({ ...read.value, requires: {}, peerDependencies: {}, node: '>=20' });
    const [council, many] = [app.context('westmarch').council.id, 1250];
    // The last by name are those that need what nobody has, and the very last is a provider.
    await app.owner.query(`insert into catalogue.release (council_id, name, version, publisher_id, sha512, facts, facts_digest, digest, published_at, listed_at, logged_at, feed_index)
      select $1, '@westmarch/part-' || n, '1.0.0', 'westmarch', repeat('a', 128), $3::jsonb || jsonb_build_object('name', '@westmarch/part-' || n, 'id', 'part-' || n, 'kind', case when n = 999 then 'provider' else 'module' end, 'requires', case when n >= 900 and n < 1000 then '{"never":"^9.0.0"}'::jsonb else '{}' end), repeat('b', 64), encode(sha256(n::text::bytea), 'hex'), now(), now(), now(), n from generate_series(1, $2::int) as n`, [council, many, facts]);
    await app.owner.query(`insert into catalogue.package (council_id, name, publisher_id, kind, description, licence, maturity, languages, provides, latest, published_at, passed, applicable, noticed, words, scope_looks, name_looks)
      select council_id, name, 'westmarch', facts->>'kind', 'A part', 'MIT', 'beta', '{en,cy}', '{}', version, now(), 3, 4, '{}', ${WORDS_OF_PACKAGE(`replace(name, '-', ' ')`, `'A part'`, `''`)}, '', name from catalogue.release where council_id = $1`, [council]);
  });
  afterAll(() => app?.close());

  const ask = async (form: Readonly<Record<string, string>> = {}): Promise<string> => {
    const visitor = app.visitor('westmarch');
    await visitor.get('/catalogue/fit');
    const { status, text } = await visitor.post('/catalogue/fit', { report: JSON.stringify(REPORT), ...form });
    expect(status).toBe(200);
    return text;
  };

  it('is told of every package, however many there are, and how many were looked at', async () => {
    const text = await ask();
    for (const said of ['1,249 packages were looked at', '1,149 packages fit', '100 packages do not fit yet', 'You see the first 100 of 1,149']) expect(text).toContain(said);
    expect(text).toContain('@westmarch/part-999');
    expect(text).not.toContain('of 100.');
  });

  it.each([['a kind', { kind: 'provider' }], ['words', { words: 'part 999' }]] as const)('can ask for %s only', async (_what, form) => {
    const text = await ask(form);
    for (const said of ['1 package was looked at', 'Nothing else here fits', '1 package does not fit yet', '@westmarch/part-999']) expect(text).toContain(said);
  });

  it.each([['0.9.0', 'You run 0.9.0; 1.0.0 is out.'], ['1.0.0', undefined], ['1.1.0', undefined], ['1.1.0-rc.1', undefined]])('is told of what is newer than %s only', async (version, sentence) => {
    const text = await ask({ report: JSON.stringify({ ...REPORT, packages: [{ ...REPORT.packages[0], version }] }) });
    expect(/You run [^<]* is out\./.exec(text)?.[0]).toBe(sentence);
  });

  it.each([[JSON.stringify({ ...REPORT, council: { slug: 'aldermoor', languages: [] }, extra: 1 }), 'yn ei ysgrifennu. Yn anghywir ynddo, neu ar goll: extra, council.nation.'], ['[]', 'yn ei ysgrifennu.']])('is told in its own language what is wrong in a report', async (report, sentence) => {
    const visitor = app.visitor('westmarch');
    await visitor.get('/catalogue/fit?lang=cy');
    const { text } = await visitor.post('/catalogue/fit?lang=cy', { report });
    expect([...text.matchAll(/>([^<>]*yn ei ysgrifennu[^<>]*)</g)].map(([, said = '']) => said.trim().slice(-sentence.length))).toContain(sentence);
    expect(text).not.toMatch(/This is not|is missing|is not known here/);
  });

  it('keeps what it was narrowed by beside what is wrong', async () => {
    const visitor = app.visitor('westmarch');
    await visitor.get('/catalogue/fit');
    const { status, text } = await visitor.post('/catalogue/fit', { report: 'no', kind: 'theme', words: 'dark "blue"' });
    expect([status, text.includes('value="theme" selected'), text.includes('value="dark &quot;blue&quot;"')]).toEqual([422, true, true]);
  });
});
