import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { exampleFiles, examplePublisher, exampleRelease } from '@guildhall/catalogue-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startRegistry, type Registry } from '../../test/registry';
import { catalogue } from '../catalogue.module';
import { AdmitsPublishers } from '../publishing/admits-publishers';
import { Organisations } from './organisations';

describe('a publisher that signs in', () => {
  let app: TestApp;
  let registry: Registry;
  const clock = new FixedClock(new Date('2026-11-30T12:00:00Z'));
  const publisher = examplePublisher('westmarch');
  beforeAll(async () => {
    registry = await startRegistry();
    app = await startTestApp({ councils: [testCouncilDefinition('north', 1, [catalogue({ feedOrigin: 'north.example/feed', keys: [{ name: '2026-1' }], registries: { '*': registry.origin } })])], clock });
    for (const [id, teamId] of [['westmarch', 'west'], ['brackenfield', 'bracken']] as const) await app.get(Organisations).add(app.context(), { id, kind: 'supplier', name: { en: `The ${id}`, cy: `Y ${id}` }, teamId, email: `digital@${id}.example` });
  });
  afterAll(async () => {
    await app?.close();
    await registry?.close();
  });
  const api = (): CatalogueApi => app.get<CatalogueApi>(CATALOGUE.token);
  const home = async (team: string, id: number): Promise<string> => {
    const visitor: Visitor = await app.officerVisitor({ officerId: `01990000-0000-7000-8000-0000000000b${id}`, roles: ['case-officer'], teams: [team] });
    return (await visitor.get('/desk/catalogue')).text;
  };
  const handIn = async (name: string, version: string, { isThere }: { readonly isThere: boolean }): Promise<void> => {
    const files = exampleFiles(name, version);
    const handed = await api().submitRelease(app.context(), exampleRelease(publisher, files, isThere ? await registry.put(files) : 'c'.repeat(128), { at: clock.now() }));
    if (!handed.ok) throw new Error(handed.refusal.message);
    await app.drainJobs();
  };

  it('sees that it waits to be let in, then its keys and packages, and why something was refused', async () => {
    const handed = await api().submitPublisher(app.context(), publisher.envelope);
    if (!handed.ok) throw new Error(handed.refusal.message);
    for (const said of ['The westmarch as a publisher', 'It is not let in yet', 'Who you are', 'Waits']) expect(await home('west', 1)).toContain(said);
    await app.get(AdmitsPublishers).admit(app.systemContext(), handed.value.id);
    await handIn('@westmarch/parking', '1.0.0', { isThere: true });
    // Others’ bytes are in the registry than those that were signed.
    await registry.put(exampleFiles('@westmarch/bins', '1.0.0'));
    await handIn('@westmarch/bins', '1.0.0', { isThere: false });
    const { rows: [refused] } = await app.owner.query<{ reasons: string[] }>(`select reasons from catalogue.submission where state = 'refused'`);
    const text = await home('west', 1);
    for (const said of ['1 package is listed', '@westmarch/parking', publisher.lead.named.keyid, 'In use', '@westmarch/bins 1.0.0', 'Refused']) expect(text).toContain(said);
    expect(text.replaceAll('&#39;', "'").replaceAll('&quot;', '"')).toContain(refused?.reasons[0]);
    expect(text).not.toContain('It is not let in yet');
  });

  it('sees nothing of another’s', async () => {
    const text = await home('bracken', 2);
    expect(text).toContain('The brackenfield');
    expect(text).not.toMatch(/westmarch|as a publisher/);
  });
});
