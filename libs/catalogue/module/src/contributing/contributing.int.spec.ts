import { startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { catalogue } from '../catalogue.module';
import { CatalogueFigures } from '../counting/catalogue-figures';
import { Organisations } from '../members/organisations';
import { WORDS_OF_PACKAGE } from '../searching/search-words';
import { Contributions } from './contributions';

const HOME = '/desk/catalogue';
const OFFER = { organisation: 'heron-and-pike', package: '@westmarch/parking', what: ['support', 'training'], text: 'We answer <b>ourselves</b>.', price: '420', per: 'day', answers: '1', languages: ['en', 'cy'], people: '2-9', web: 'https://heron-and-pike.example' };

describe('what councils and suppliers write in a catalogue', () => {
  let app: TestApp;
  let supplier: Visitor, council: Visitor, stranger: Visitor, manager: Visitor;
  const definition = (slug: string, number: number) => testCouncilDefinition(slug, number, [catalogue({ feedOrigin: `${slug}.example/feed`, keys: [{ name: '2026-1' }], registries: {} })]);
  const officer = (id: number, teams: readonly string[], role = 'case-officer'): Promise<Visitor> => app.officerVisitor({ officerId: `01990000-0000-7000-8000-0000000000b${id}`, roles: [role], teams }, 'westmarch');
  beforeAll(async () => {
    app = await startTestApp({ councils: [definition('westmarch', 1), definition('aldermoor', 2)] });
    await app.owner.query(`insert into catalogue.package (council_id, name, publisher_id, kind, description, licence, maturity, languages, provides, latest, published_at, passed, applicable, noticed, words, scope_looks, name_looks)
      select $1, '@westmarch/parking', 'westmarch', 'module', 'Permits', 'MIT', 'beta', '{en,cy}', '{}', '1.0.0', '2026-11-01T09:00:00Z', 3, 4, '{}', ${WORDS_OF_PACKAGE(`'parking'`, `'Permits'`, `''`)}, '', ''`, [app.context('westmarch').council.id]);
    for (const [id, kind, teamId] of [['heron-and-pike', 'supplier', 'heron'], ['riverbourne', 'council', 'river']] as const) await app.get(Organisations).add(app.context('westmarch'), { id, kind, name: { en: `The ${id}`, cy: `Y ${id}` }, teamId, email: `digital@${id}.example` });
    [supplier, council, stranger, manager] = await Promise.all([officer(1, ['heron']), officer(2, ['river']), officer(3, []), officer(4, [], 'team-manager')]);
  });
  afterAll(() => app?.close());

  const write = async (who: Visitor, kind: string, form: Readonly<Record<string, string | readonly string[]>>): ReturnType<Visitor['post']> => {
    await who.get(`${HOME}/new/${kind}`);
    return who.post(`${HOME}/new/${kind}`, form);
  };

  it('is shown to everybody as it was written, and does nothing', async () => {
    expect(await write(supplier, 'offer', OFFER)).toMatchObject({ status: 200, path: `${HOME}?result=added` });
    const { text } = await app.visitor('westmarch').get('/catalogue/support');
    expect(text).toContain('The heron-and-pike');
    expect(text).toContain('£420.00 a day');
    expect(text).toContain('We answer &lt;b&gt;ourselves&lt;/b&gt;.');
    expect((await app.visitor('aldermoor').get('/catalogue/support')).text).not.toContain('heron-and-pike');
  });

  it('is written for one’s own organisation and for no other', async () => {
    await council.get(`${HOME}/new/offer`);
    expect((await council.post(`${HOME}/new/offer`, OFFER)).status).toBe(403);
    await council.get(HOME);
    expect((await stranger.get(`${HOME}/new/offer`)).text).toContain('You do not belong to an organisation');
    expect((await app.visitor('westmarch').request(HOME)).status).toBe(303);
    expect((await app.owner.query<{ count: string }>(`select count(*) from catalogue.contribution`)).rows[0]?.count).toBe('1');
  });

  it('needs the form’s own token', async () => {
    expect((await supplier.request(`${HOME}/new/offer`, { form: { ...OFFER, _csrf: 'guessed' } })).status).toBe(403);
  });

  it('says what is wrong beside each field, and keeps what was typed', async () => {
    const answer = await write(supplier, 'adoption', { organisation: 'heron-and-pike', package: '@westmarch/nothing', since: 'March', state: 'live', benefit: 'Fewer calls.', saving: '1,200' });
    expect(answer.status).toBe(422);
    for (const said of ['@westmarch/nothing is not listed here', 'Enter the month, like 2026-03', 'Say how you found the figures', 'value="1,200"', 'Fewer calls.']) expect(answer.text).toContain(said);
  });

  it('tells who runs something, since when and how its figures were found', async () => {
    await write(council, 'adoption', { organisation: 'riverbourne', package: '@westmarch/parking', since: '2026-03', state: 'live', benefit: 'Fewer calls.', saving: '1,200', method: 'Calls before and after.' });
    const { text } = await app.visitor('westmarch').get('/catalogue/adopters?lang=cy');
    for (const said of ['Y riverbourne', 'Ers Mawrth 2026', 'Yn arbed £1,200.00 y flwyddyn', 'Calls before and after.']) expect(text).toContain(said);
  });

  it('counts as adopters councils and regional bodies that run what others have made, and says of the rest what it is', async () => {
    const figure = async (): Promise<readonly unknown[]> => [(await app.get(Contributions).counts(app.context('westmarch'), ['@westmarch/parking'])).get('@westmarch/parking')?.adopters, (await app.get(CatalogueFigures).adoptions(app.context('westmarch'))).map(({ organisation }) => organisation)];
    const publisher = (id: string, linkedTo: readonly string[]): Promise<unknown> => app.owner.query(`insert into catalogue.publisher (council_id, publisher_id, state, serial, listed_at) values ($1, $2, $3, 1, now()) on conflict (council_id, publisher_id) do update set state = excluded.state`, [app.context('westmarch').council.id, id, JSON.stringify({ id, linkedTo })]);
    const page = async (language: string): Promise<string> => (await app.visitor('westmarch').get(`/catalogue/adopters?lang=${language}`)).text;
    await write(supplier, 'adoption', { organisation: 'heron-and-pike', package: '@westmarch/parking', since: '2026-01', state: 'live', benefit: 'We run it ourselves.' });
    expect(await figure()).toEqual([1, ['riverbourne']]);
    expect([(await page('en')).includes('Not a council or a regional body: it is not counted.'), (await page('cy')).includes('Nid cyngor na chorff rhanbarthol')]).toEqual([true, true]);
    const own = 'Their own word: they publish it, or belong to whoever does. It is not counted.';
    for (const [linked, back] of [[['riverbourne'], []], [[], ['westmarch']]] as const) {
      await publisher('westmarch', linked);
      await publisher('riverbourne', back);
      expect([await figure(), (await page('en')).includes(own)]).toEqual([[0, []], true]);
    }
    await publisher('riverbourne', []);
    expect([await figure(), (await page('en')).includes(own)]).toEqual([[1, ['riverbourne']], false]);
    await app.owner.query(`update catalogue.package set publisher_id = 'riverbourne' where name = '@westmarch/parking'`);
    expect([await figure(), (await page('cy')).includes('Eu gair eu hunain')]).toEqual([[0, []], true]);
    await app.owner.query(`update catalogue.package set publisher_id = 'westmarch' where name = '@westmarch/parking'`);
  });

  it('is ended by its own organisation, or by somebody of the catalogue with a reason', async () => {
    const { rows: [{ id } = { id: '' }] } = await app.owner.query<{ id: string }>(`select contribution_id as id from catalogue.contribution where kind = 'offer'`);
    await council.get(`${HOME}/new/offer`);
    expect((await council.post(`${HOME}/entries/${id}/end`, {})).status).toBe(403);
    await council.get(`${HOME}/new/offer`);
    expect((await council.post(`${HOME}/entries/${id}/take-away`, { because: 'I want it gone' })).status).toBe(403);
    await manager.get(`${HOME}/entries`);
    expect((await manager.post(`${HOME}/entries/${id}/take-away`, {})).text).toContain('Say why');
    expect((await manager.post(`${HOME}/entries/${id}/take-away`, { because: 'It names a person.' })).path).toBe(`${HOME}?result=ended`);
    expect((await app.visitor('westmarch').get('/catalogue/support')).text).not.toContain('The heron-and-pike');
    expect((await supplier.get(HOME)).text).toContain('Taken away: It names a person.');
    expect((await manager.request(`${HOME}/entries/not-an-id/end`, { form: {} })).status).toBe(404);
  });

  it('is open to organisations that somebody of the catalogue adds', async () => {
    expect((await supplier.request(`${HOME}/organisations`)).status).toBe(403);
    await manager.get(`${HOME}/organisations`);
    expect((await manager.post(`${HOME}/organisations`, { id: 'Glan Afon', web: 'javascript:alert(1)' })).text).toContain('Enter a short name, like aldermoor');
    expect((await manager.post(`${HOME}/organisations`, { id: 'glanafon', nameEn: 'Glanafon', nameCy: 'Glanafon', kind: 'council', team: 'glanafon', email: 'digidol@glanafon.example' })).text).toContain('It is kept.');
    const glanafon = await officer(5, ['glanafon']);
    expect((await glanafon.get(HOME)).text).toContain('You write for: Glanafon');
    const other = { id: 'glanafon', nameEn: 'Glanafon Council', nameCy: 'Cyngor Glanafon', kind: 'council', team: 'river', email: 'digidol@glanafon.example' };
    expect((await manager.post(`${HOME}/organisations`, other)).text).toContain('glanafon writes here already');
    expect((await glanafon.get(HOME)).text).toContain('You write for: Glanafon');
    expect((await manager.get(`${HOME}/organisations?change=glanafon`)).text).toContain('value="digidol@glanafon.example"');
    expect((await manager.post(`${HOME}/organisations`, { ...other, team: 'afon', change: 'glanafon' })).text).toContain('It is kept.');
    expect((await glanafon.get(HOME)).text).not.toContain('You write for: Glanafon');
    expect((await manager.post(`${HOME}/organisations`, { ...other, change: 'nobody', id: 'nobody' })).status).toBe(404);
    const { rows } = await app.owner.query<{ action: string; detail: unknown }>(`select action, detail from kernel.audit where action like 'catalogue.organisation-%' and subject_id = 'glanafon' order by at, action`);
    expect(rows).toEqual([{ action: 'catalogue.organisation-added', detail: { kind: 'council', teamId: 'glanafon' } }, { action: 'catalogue.organisation-changed', detail: { kind: 'council', teamId: 'afon', teamBefore: 'glanafon' } }]);
  });
});

describe('what it costs to be listed', () => {
  let app: TestApp;
  beforeAll(async () => { app = await startTestApp({ councils: [testCouncilDefinition('westmarch', 1, [catalogue({ feedOrigin: 'westmarch.example/feed', keys: [{ name: '2026-1' }], registries: {} })])] }); });
  afterAll(() => app?.close());

  it('is asked in three questions, of anybody, and told only where many have said it', async () => {
    const tell = async (form: Readonly<Record<string, string>>): Promise<string> => {
      const visitor = app.visitor();
      await visitor.get('/catalogue/effort');
      return (await visitor.post('/catalogue/effort', form)).text;
    };
    expect(await tell({ outcome: 'listed' })).toContain('Say how long it took');
    for (let said = 0; said < 4; said++) expect(await tell({ outcome: 'gave-up', hours: '8-40', hardest: 'signing' })).toContain('It is counted.');
    expect((await app.visitor().get('/catalogue/figures')).text).toMatch(/Keys and signing[\s\S]*fewer than 5/);
    await app.owner.query(`insert into catalogue.effort (council_id, effort_id, month, outcome, hours, hardest) select council_id, gen_random_uuid(), month, outcome, hours, 'signing' from catalogue.effort cross join generate_series(1, 2)`);
    expect((await app.visitor().get('/catalogue/figures')).text).toMatch(/Keys and signing[\s\S]*>12</);
    expect((await app.owner.query(`select column_name from information_schema.columns where table_schema = 'catalogue' and table_name = 'effort' order by column_name`)).rows.map(({ column_name: name }: { column_name: string }) => name)).toEqual(['council_id', 'effort_id', 'hardest', 'hours', 'month', 'outcome']);
  });
});
