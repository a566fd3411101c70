import { join } from 'node:path';
import { catalogueApp } from '../../apps/catalogue/src/catalogue-config';
import { exchangeNode } from '../../apps/exchange-node/src/node-config';
import { glanafon } from '../../apps/glanafon/src/council.config';
import { developmentSystems, riverbourneWith } from '../../apps/riverbourne/src/council.config';
import { RouteTable } from '../../libs/kernel/module/src/index';
import { type TestApp, startTestApp } from '../../libs/kernel/module/src/testing/index';
import { openApiReports } from './openapi.mjs';

let app: TestApp;
beforeAll(async () => { app = await startTestApp({ councils: [riverbourneWith({ ...developmentSystems, backOffices: [] }), glanafon, exchangeNode(join(__dirname, '../../apps/exchange-node/node.example.json')), catalogueApp(join(__dirname, '../../apps/catalogue/catalogue.example.json'))] }); });
afterAll(() => app.close());

/** `get /api/cases/v1/cases/{caseId} cases.see`, or without a permission where none is needed. */
interface Operation { readonly security?: readonly Record<string, readonly string[]>[] }
const documented = (): string[] => [...openApiReports().values()]
  .flatMap((text) => Object.entries((JSON.parse(text) as { paths: Record<string, Record<string, Operation>> }).paths))
  .flatMap(([path, verbs]) => Object.entries(verbs).map(([verb, { security }]) => [verb, path, security?.[0]?.['machine']?.[0]].filter(Boolean).join(' ')));

describe('the OpenAPI reports', () => {
  it('name every route that the running councils serve to programs, with the permission that it asks for, and no other', () => {
    const served = app.get(RouteTable).routes.filter(({ path }) => path.startsWith('/api/'))
      .map(({ method, path, access }) => [method.toLowerCase(), path.replaceAll(/:(\w+)/g, '{$1}'), access.kind === 'permission' ? access.permission.id : undefined].filter(Boolean).join(' '));
    expect(served.length).toBeGreaterThan(20);
    expect(documented().sort()).toEqual(served.sort());
  });
});
