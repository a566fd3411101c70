import { CONFIGURABLE, configurationFile, defineConfigurable } from '@guildhall/configuration-contract';
import { defineModule } from '@guildhall/kernel';
import { defineExtensionPoint, register } from '@guildhall/kernel-contract';
import { startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { Module } from '@nestjs/common';
import { configuration } from '../configuration.module';
import { ExportsThings } from './exports-things';
import { KeepsVersions } from './keeps-versions';

interface Pond { readonly id: string; readonly depth: number; /** Has no field: it comes by file alone. */ readonly isFenced?: boolean }
const POND = defineExtensionPoint<Pond>('ponds.pond');
const title = { en: 'Ponds', cy: 'Pyllau' };
const ponds = defineConfigurable<Pond>({
  kind: 'service-settings', title, point: POND,
  things: (registered) => registered.map(({ id }) => ({ id, title, package: 'ponds', definition: 1 })),
  content: (registered, id) => { const pond = registered.find((one) => one.id === id); return pond && { settings: { depth: pond.depth, ...(pond.isFenced !== undefined && { isFenced: pond.isFenced }) } }; },
  problems: () => Promise.resolve([]),
  lines: (_registered, _id, content) => Object.entries((content as { settings: Pond }).settings).map(([key, value]) => ({ key, label: { en: key, cy: key }, value: String(value) })),
  fields: (_registered, _id, content) => [{ key: 'depth', path: ['settings', 'depth'], label: title, type: 'number', value: (content as { settings: Pond }).settings.depth, atLeast: 0 }],
  change: (registered, published) => registered.map((pond) => ({ ...pond, ...(published.find(({ isInForce }) => isInForce)?.content as { settings: Pond } | undefined)?.settings })),
});
@Module({})
class PondsModule {}
const pondsModule = defineModule({ id: 'ponds', version: '0.1.0', packageFolder: __dirname, nest: PondsModule, extensionPoints: [POND], registers: [register(CONFIGURABLE, ponds), register(POND, { id: 'ponds', depth: 3 })] });

const AT = '/desk/configuration/service-settings/ponds';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [configuration({ publishedByAnother: true }), pondsModule()])] });
}, 120_000);
afterAll(() => app.close());

const people = (): Promise<readonly [Visitor, Visitor]> => Promise.all([app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b7', name: 'Mair Manager', roles: ['team-manager'] }), app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b8', name: 'Owain Other', roles: ['team-manager'] })]);

it('where a council demands two people, whoever typed a draft cannot publish it, and somebody else can', async () => {
  const [mair, owain] = await people();
  await mair.get(`${AT}/change`);
  const typed = await mair.post(`${AT}/change`, { base: '0', 'value.depth': '4' });
  expect(typed.path).toBe(`${AT}/revisions/1?result=typed`);
  expect(typed.text).toContain('You made this draft, so somebody else has to publish it.');
  expect(typed.text).not.toContain('/revisions/1/publish');
  expect((await mair.post(`${AT}/revisions/1/publish`, { base: '0' })).path).toBe(`${AT}/revisions/1?result=by-another`);
  expect((await owain.get(`${AT}/revisions/1`)).text).toContain('/revisions/1/publish');
  expect((await owain.post(`${AT}/revisions/1/publish`, { base: '0' })).path).toBe(`${AT}?result=published`);
});

it('puts nothing back by one person alone: what was before becomes a draft, which somebody else publishes', async () => {
  const [mair, owain] = await people();
  await mair.get(AT);
  const asked = await mair.post(`${AT}/revisions/0/put-back`, { base: '1' });
  expect(asked.path).toBe(`${AT}/revisions/2?result=put-back-asked`);
  expect(asked.text).toContain('Somebody else than you has to publish it: until then nothing is put back.');
  expect(asked.text).not.toContain('/revisions/2/publish');
  expect((await mair.post(`${AT}/revisions/2/publish`, { base: '1' })).path).toBe(`${AT}/revisions/2?result=by-another`);
  expect((await owain.get(`${AT}/revisions/2`)).text).toContain('/revisions/2/publish');
  expect((await owain.post(`${AT}/revisions/2/publish`, { base: '1' })).path).toBe(`${AT}?result=published`);
  expect(await states()).toEqual(['1 published {"settings":{"depth":4}}', '2 published null']);
});

it('keeps of a draft also that which has no field, when something in it is typed anew: the new draft stands in its place, and what is as before is told so', async () => {
  const [mair] = await people();
  const ctx = app.systemContext('riverbourne');
  const file = app.get(ExportsThings).export(ctx, 'service-settings', 'ponds');
  const brought = await app.get(KeepsVersions).bringIn(ctx, configurationFile({ ...file, content: { settings: { depth: 5, isFenced: true } } }));
  expect(brought.ok).toBe(true);
  expect((await mair.get(`${AT}/change?draft=3`)).text).toMatch(/name="value.depth"[^>]*value="5"/);
  expect((await mair.post(`${AT}/change`, { base: '2', draft: '3', 'value.depth': '6' })).path).toBe(`${AT}/revisions/4?result=typed`);
  expect((await states()).slice(2)).toEqual(['3 discarded {"settings":{"depth":5,"isFenced":true}}', '4 draft {"settings":{"depth":6,"isFenced":true}}']);
  // The depth is what holds, but the fence is not: this is a change, and without the draft it is none.
  expect((await mair.post(`${AT}/change`, { base: '2', draft: '4', 'value.depth': '3' })).path).toBe(`${AT}/revisions/5?result=typed`);
  expect((await mair.post(`${AT}/change`, { base: '2', 'value.depth': '3' })).text).toContain('You have changed nothing');
});

async function states(): Promise<readonly string[]> {
  const { rows } = await app.owner.query<{ revision: number; state: string; content: object | null }>('select revision, state, content from configuration.version order by revision');
  return rows.map(({ revision, state, content }) => `${revision} ${state} ${JSON.stringify(content)}`);
}
