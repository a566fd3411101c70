import { signAssessment } from '@guildhall/assurance-contract';
import { CATALOGUE, signNotice, type CatalogueApi } from '@guildhall/catalogue-contract';
import { exampleFiles, examplePublisher, exampleRelease } from '@guildhall/catalogue-contract/testing';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { XMLParser } from 'fast-xml-parser';
import { startRegistry, type Registry } from '../../test/registry';
import { catalogue } from '../catalogue.module';
import { RemovesRelease } from '../letting-in/removes-release';
import { AdmitsPublishers } from '../publishing/admits-publishers';

describe('what a catalogue tells of itself', () => {
  const clock = new FixedClock(new Date('2026-11-30T12:00:00Z'));
  const westmarch = examplePublisher('westmarch');
  let registry: Registry;
  let app: TestApp;
  beforeAll(async () => {
    registry = await startRegistry();
    app = await startTestApp({ councils: [testCouncilDefinition('north', 1, [catalogue({ feedOrigin: 'north.example/feed', keys: [{ name: '2026-1' }], registries: { '*': registry.origin } })])], clock });
    const [api, ctx] = [app.get<CatalogueApi>(CATALOGUE.token), app.context('north')];
    const admitted = await api.submitPublisher(ctx, westmarch.envelope);
    await app.get(AdmitsPublishers).admit(app.systemContext('north'), admitted.ok ? admitted.value.id : '');
    const files = exampleFiles('@westmarch/parking', '1.0.0');
    await api.submitRelease(ctx, exampleRelease(westmarch, files, await registry.put(files), { at: clock.now(), says: { changes: 'Permits for <zones> & streets.' } }));
    await app.drainJobs();
    clock.advance(60);
    await api.submitNotice(ctx, signNotice({ id: 'westmarch-1', publisher: 'westmarch', kind: 'deprecation', package: '@westmarch/parking', versions: '<2.0.0', text: { en: 'Take version 2.', cy: 'Cymerwch fersiwn 2.' }, at: '2026-11-30T11:00:00Z' }, westmarch.lead.signer));
    await api.submitAssessment(ctx, signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.0.0', digest: { sha512: 'a'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2026-11-01', validUntil: '2026-11-20', findings: [{ principle: '10', result: 'partly-met', how: 'reviewed' }], counterClaims: [{ principle: '10', text: 'Mended <b>since</b>.' }] }, westmarch.lead.signer));
  });
  afterAll(async () => {
    await app?.close();
    await registry?.close();
  });

  it('is read by feed readers as Atom, in both languages, with nothing of a publisher’s as markup', async () => {
    const visitor = app.visitor('north');
    const atom = await visitor.request('/catalogue/feed.atom?lang=cy');
    expect([atom.status, atom.headers['content-type']]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    const { feed } = new XMLParser({ processEntities: false }).parse(atom.text) as { feed: { entry: readonly { title: string; summary: string; id: string; updated: string }[] } };
    expect(feed.entry.map(({ title, summary }) => [title, summary])).toEqual([['@westmarch/parking: nid argymhellir mwyach', 'Cymerwch fersiwn 2.'], ['Rhyddhawyd @westmarch/parking 1.0.0', 'Permits for &lt;zones&gt; &amp; streets.']]);
    expect(feed.entry[0]).toMatchObject({ id: expect.stringMatching(/^urn:sha256:/) as string, updated: '2026-11-30T12:01:00.000Z' });
  });
  it('is read as JSON Feed, of everything and of one package', async () => {
    const visitor = app.visitor('north');
    const all = (await visitor.request('/catalogue/feed.json')).json<{ version: string; items: readonly { title: string; summary: string; url: string }[] }>();
    expect(all.version).toMatch(/^https:\/\/jsonfeed\.org\/version\/1/);
    expect(all.items.map(({ title, summary }) => [title, summary])).toEqual([['@westmarch/parking: no longer recommended', 'Take version 2.'], ['@westmarch/parking 1.0.0 released', 'Permits for <zones> & streets.']]);
    expect((await visitor.request('/catalogue/packages/@westmarch/parking/feed.json')).json<{ items: readonly unknown[] }>().items).toHaveLength(2);
    expect((await visitor.request('/catalogue/packages/@westmarch/nothing/feed.atom')).status).toBe(404);
  });
  it('shows what each assessor found, however much another has found since', async () => {
    const [api, ctx, council] = [app.get<CatalogueApi>(CATALOGUE.token), app.context('north'), app.context('north').council.id];
    const glanafon = examplePublisher('glanafon');
    const submitted = await api.submitPublisher(ctx, glanafon.envelope);
    await app.get(AdmitsPublishers).admit(app.systemContext('north'), submitted.ok ? submitted.value.id : '');
    const found = signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.0.0', digest: { sha512: 'a'.repeat(128) } }], { standard: 'ncsc-csp', assessedOn: '2026-09-01', validUntil: '2027-08-31', findings: [{ principle: '7', result: 'met', how: 'reviewed' }] }, glanafon.lead.signer);
    expect(await api.submitAssessment(ctx, found)).toMatchObject({ ok: true });
    // Hundreds of another's, each newer, of this version and of others.
    await app.owner.query(`insert into catalogue.signed (council_id, digest, kind, envelope) select s.council_id, s.digest || n, s.kind, s.envelope from catalogue.signed s join catalogue.assessment t on t.council_id = s.council_id and t.digest = s.digest, generate_series(1, 600) as n where s.council_id = $1 and t.assessor_id = 'westmarch'`, [council]);
    await app.owner.query(`insert into catalogue.assessment_subject (council_id, subject, digest, version, also_versions) select council_id, subject, digest || n, case when n % 3 = 0 then version else '2.0.0' end, case when n % 3 = 1 then '>=2.0.0' end from catalogue.assessment_subject, generate_series(1, 600) as n where council_id = $1 and digest in (select digest from catalogue.assessment where council_id = $1 and assessor_id = 'westmarch')`, [council]);
    await app.owner.query(`insert into catalogue.assessment (council_id, digest, assessor_id, standard, assessed_on, valid_until, listed_at) select council_id, digest || n, assessor_id, standard, assessed_on, valid_until, listed_at from catalogue.assessment, generate_series(1, 600) as n where council_id = $1 and assessor_id = 'westmarch'`, [council]);
    const { assessments } = await api.release(ctx, '@westmarch/parking', '1.0.0');
    expect(assessments).toContainEqual(found);
    expect(assessments.length).toBeLessThan(30);
    expect((await app.visitor('north').get('/catalogue/packages/@westmarch/parking/1.0.0')).text).toContain('glanafon Digital');
  });
  it('tells what was listed last, however long ago it is dated, and what is listed no more', async () => {
    const council = app.context('north').council.id;
    // Fifty that are dated later and were listed before.
    await app.owner.query(`insert into catalogue.notice (council_id, publisher_id, notice_id, kind, package, versions, notice, digest, at, listed_at)
      select council_id, publisher_id, 'many-' || n, kind, package, versions, notice, digest || n, at + interval '1 day', listed_at - interval '1 day' from catalogue.notice, generate_series(1, 50) as n where council_id = $1 and notice_id = 'westmarch-1'`, [council]);
    clock.advance(60);
    const ctx = app.context('north');
    await app.get<CatalogueApi>(CATALOGUE.token).submitNotice(ctx, signNotice({ id: 'westmarch-2', publisher: 'westmarch', kind: 'withdrawal', package: '@westmarch/parking', versions: '1.0.0', text: { en: 'It charges twice.', cy: 'Mae’n codi ddwywaith.' }, at: '2026-11-01T11:00:00Z' }, westmarch.lead.signer));
    const titles = async (): Promise<readonly string[]> => (await app.visitor('north').request('/catalogue/feed.json')).json<{ items: readonly { title: string }[] }>().items.map(({ title }) => title);
    expect((await titles())[0]).toBe('@westmarch/parking: withdrawn');
    clock.advance(60);
    await app.get(RemovesRelease).remove(app.systemContext('north'), { name: '@westmarch/parking', version: '1.0.0', because: 'It was sent by mistake.' });
    const [first] = (await app.visitor('north').request('/catalogue/feed.json')).json<{ items: readonly { title: string; summary: string }[] }>().items;
    expect(first).toMatchObject({ title: '@westmarch/parking 1.0.0 is listed no more', summary: 'It was sent by mistake.' });
    expect((await app.visitor('north').request('/catalogue/feed.atom?lang=cy')).text).toContain('Nid yw @westmarch/parking 1.0.0 wedi’i restru mwyach');
  });
  it('shows what was found by principle and by whom, that it holds no longer, and what is said against it', async () => {
    const { text } = await app.visitor('north').get('/catalogue/assurance');
    expect(text).toMatch(/Principle 10 \(identity and authentication\)/i);
    for (const words of ['Partly met', 'no longer holds', '@westmarch/parking 1.0.0', 'westmarch Digital', 'Mended &lt;b&gt;since&lt;/b&gt;.']) expect(text).toContain(words);
    expect((await app.visitor('north').get('/catalogue/assurance?lang=cy')).text).toContain('Pwy sydd wedi edrych ar beth');
  });
  it('shows by which key it is followed, and that it follows nobody', async () => {
    const { text } = await app.visitor('north').get('/catalogue/feeds');
    expect(text).toContain('This catalogue follows no other.');
    expect(text).toMatch(/north\.example\/feed\+[0-9a-f]{8}\+/);
  });
});
