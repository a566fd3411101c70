import { CONFIGURABLE, defineConfigurable } from '@guildhall/configuration-contract';
import { defineModule } from '@guildhall/kernel';
import { defineExtensionPoint, register } from '@guildhall/kernel-contract';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { Module } from '@nestjs/common';
import { configuration } from '../configuration.module';

interface Pond { readonly id: string; readonly depth: number }
const POND = defineExtensionPoint<Pond>('ponds.pond');
const title = { en: 'Ponds', cy: 'Pyllau' };
const ponds = defineConfigurable<Pond>({
  kind: 'service-settings', title, point: POND,
  things: (registered) => registered.map(({ id }) => ({ id, title, package: 'ponds', definition: 1 })),
  content: (registered, id) => { const pond = registered.find((one) => one.id === id); return pond && { settings: { depth: pond.depth } }; },
  problems: () => Promise.resolve([]),
  lines: (_registered, _id, content) => [{ key: 'depth', label: title, value: String((content as { settings: Pond }).settings.depth) }],
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

it('where a council demands two people, whoever typed a draft cannot publish it, and somebody else can', async () => {
  const [mair, owain] = await Promise.all([['b7', 'Mair Manager'], ['b8', 'Owain Other']].map(([end, name]) => app.officerVisitor({ officerId: `01990000-0000-7000-8000-0000000000${end}`, name, roles: ['team-manager'] })));
  if (!mair || !owain) throw new Error('nobody is there');
  await mair.get(`${AT}/change`);
  const typed = await mair.post(`${AT}/change`, { base: '0', 'value.depth': '4' });
  expect(typed.path).toBe(`${AT}/revisions/1?result=typed`);
  expect(typed.text).toContain('You made this draft, so somebody else has to publish it.');
  expect(typed.text).not.toContain('/revisions/1/publish');
  expect((await mair.post(`${AT}/revisions/1/publish`, { base: '0' })).path).toBe(`${AT}/revisions/1?result=by-another`);
  expect((await owain.get(`${AT}/revisions/1`)).text).toContain('/revisions/1/publish');
  expect((await owain.post(`${AT}/revisions/1/publish`, { base: '0' })).path).toBe(`${AT}?result=published`);
});
