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
    const served = app.get(RouteTable).routes.filter(({ path }) => path.startsWith('/api/') && path !== '/api/:capability/v1/openapi.json')
      .map(({ method, path, access }) => [method.toLowerCase(), path.replaceAll(/:(\w+)/g, '{$1}'), access.kind === 'permission' ? access.permission.id : undefined].filter(Boolean).join(' '));
    expect(served.length).toBeGreaterThan(20);
    expect(documented().sort()).toEqual(served.sort());
  });

  it('are what the councils give to whoever asks, each the capabilities that it has itself', async () => {
    const reports = [...openApiReports()].map(([file, text]) => ({ capability: file.replace(/^openapi\/|\.json$/g, ''), document: JSON.parse(text) as object }));
    expect(reports.length).toBeGreaterThan(8);
    const has: Record<string, string[]> = {};
    for (const { capability, document } of reports) {
      for (const slug of ['riverbourne', 'glanafon']) {
        const answer = await app.visitor(slug).request(`/api/${capability}/v1/openapi.json`);
        if (answer.status === 404) continue;
        expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'application/json; charset=utf-8', 'public, max-age=3600']);
        expect(answer.json()).toEqual(document);
        expect((await app.visitor(slug).request(`/api/${capability}/v1/openapi.json`, { headers: { 'if-none-match': String(answer.headers['etag']) } })).status).toBe(304);
        (has[slug] ??= []).push(capability);
      }
    }
    expect(has['riverbourne']).toEqual(expect.arrayContaining(['addresses', 'cases', 'documents', 'notifications', 'payments']));
    expect(has['glanafon']).toContain('cases');
  });
});
