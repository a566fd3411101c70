import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASES, CASE_PERMISSIONS, parseReference, wordsIn, type CasesApi } from '@guildhall/cases-contract';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { defineCouncil, testConformance, type ConformanceReport, type RequestContext } from '@guildhall/kernel-contract';
import { startTestApp, type TestApp } from '@guildhall/kernel/testing';
import { georeportKit, type Open311Harness } from '@guildhall/open311-contract/testing';
import { servicePack } from '@guildhall/services-contract';
import { noiseNextDoor } from '../test/noise-next-door';
import { riverbourne } from './council.config';

const ALL = ['open311.read', 'open311.report', 'open311.update'];
const withPrivateReports = defineCouncil(riverbourne.slug, (given) => {
  const configured = riverbourne.configure(given);
  return { ...configured, modules: [...configured.modules, servicePack(noiseNextDoor, { version: '0.1.0' })()] };
});
let app: TestApp;
let harness: Open311Harness;
beforeAll(async () => {
  app = await startTestApp({ councils: [withPrivateReports], withCompanions: true });
  harness = { base: `${app.origin()}/open311/v2`, apiKey: await keyFor('fixmystreet', ALL), otherKey: await keyFor('another-app', ALL), powerlessKey: await keyFor('bin-lorries', ['identity.read-staff']), privateReport: { serviceCode: 'noise-next-door', lat: 53.1, long: 1.95, attributes: {} }, report: { serviceCode: 'report-a-problem_pothole', lat: 53.1, long: 1.95, attributes: { potholeSize: 'large', potholeSurface: 'road' } }, elsewhere: { lat: 51.5, long: -0.12 }, council: { fix, tell, history } };
}, 120_000);
afterAll(() => app.close());

const cases = (): CasesApi => app.get<CasesApi>(CASES.token);
const officer = (): RequestContext => app.context(undefined, { actor: { kind: 'officer', officerId: '01990000-0000-7000-8000-0000000000ff' as never, name: 'Sam Officer', roles: [], teams: [], permissions: new Set(CASE_PERMISSIONS.map(({ id }) => id)) } });

async function keyFor(clientId: string, permissions: readonly string[]): Promise<string> {
  const { secret } = await app.get<IdentityApi>(IDENTITY.token).registerMachine(app.systemContext(), { clientId, title: clientId, permissions, expiresAt: new Date(Date.now() + 86_400_000) });
  return `${clientId}.${secret}`;
}
async function caseOf(number: string): Promise<{ readonly id: string; readonly state: string }> {
  const found = await cases().find(officer(), { reference: parseReference(number) ?? '' });
  if (!found) throw new Error(`There is no case ${number}.`);
  return found;
}
async function fix(number: string): Promise<void> {
  const { id } = await caseOf(number);
  expect(await cases().move(officer(), { caseId: id, transition: 'finish', idempotencyKey: crypto.randomUUID() })).toMatchObject({ ok: true });
  await app.drainJobs();
}
async function tell(number: string, text: string): Promise<void> {
  await cases().tell(officer(), { caseId: (await caseOf(number)).id, text, idempotencyKey: crypto.randomUUID() });
  await app.drainJobs();
}
async function history(number: string): Promise<string> {
  const { items } = await cases().timeline(officer(), { caseId: (await caseOf(number)).id });
  return items.flatMap(({ text, reasons }) => [text === undefined ? '' : wordsIn(text, 'en'), reasons ?? '']).join('\n');
}

const passed = new Set<string>();
const noting = { describe, it: (name: string, body: () => Promise<void>): void => { it(name, async () => { await body(); passed.add(name); }); } };

testConformance(georeportKit, noting, {
  abilities: ['council', 'private-reports'],
  open: async () => {
    await app.owner.query('truncate open311.request, open311.update, open311.sent_update');
    return { ...harness, report: harness.report };
  },
  close: async () => { await app.drainJobs(); },
});

it('conformance.json of the module says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
  const file = join(__dirname, '../../../libs/open311/module/conformance.json');
  const { id: kit, contract, version, cases: all } = georeportKit;
  const report: ConformanceReport = { kit, contract, version, implementation: '@guildhall/open311', results: all.map(({ id, title }) => ({ id, title, result: passed.has(`${id} ${title}`) ? 'passed' : 'failed' })) };
  const written = `${JSON.stringify(report, null, 2)}\n`;
  if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
  expect(readFileSync(file, 'utf8')).toBe(written);
});
