import { defineModule } from '@guildhall/kernel';
import { CONNECTION, definePort, defineProvider, register, type Connection, type ConnectionCheck } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { catalogFaults, startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { connections } from './index';

const FERRY = definePort<object>('harbour.ferry', '0.1.0');
const OFFICER = '01990000-0000-7000-8000-0000000000b7';
const clock = new FixedClock();
let says: ConnectionCheck | Error = { ok: true, message: 'the key is accepted' };

/** A module with two systems behind it: one that can be asked, and one of which there is nothing to ask. */
const lighthouse: Connection = { id: 'harbour.lighthouse', title: { en: 'The lighthouse', cy: 'Y goleudy' }, check: () => Promise.resolve({ ok: true, message: 'It shines.' }) };
const published: Connection = { id: 'configuration.published', title: { en: 'What was published', cy: 'Yr hyn a gyhoeddwyd' }, check: () => Promise.resolve({ ok: true, message: 'It fits.' }) };
const trusted: Connection = { id: 'sharing.trust-lists', title: { en: 'Lists of bodies', cy: 'Rhestrau cyrff' }, check: () => Promise.resolve({ ok: true, message: 'They are in force.' }) };
const harbour = defineModule<{ providers?: never }>({ id: 'harbour', version: '0.1.0', packageFolder: __dirname, nest: class HarbourModule {}, registers: [register(CONNECTION, lighthouse), register(CONNECTION, published), register(CONNECTION, trusted)] });
const ferry = defineProvider<object>({
  port: FERRY, id: 'harbour.ferry', title: { en: 'The ferry’s timetable', cy: 'Amserlen y fferi' }, isSandbox: false, create: () => ({}), check: async () => {
    if (says instanceof Error) throw says;
    return says;
  },
});
const tide = defineProvider<object>({ port: FERRY, id: 'harbour.tide', isSandbox: true, create: () => ({}) });
let app: TestApp;

beforeAll(async () => {
  const council = (slug: string, number: number): ReturnType<typeof testCouncilDefinition> => testCouncilDefinition(slug, number, [Object.freeze({ ...harbour({}), providers: [ferry, tide] }), connections()]);
  app = await startTestApp({ councils: [council('riverbourne', 1), council('glanafon', 2)], clock });
});
afterAll(() => app.close());

const manager = (slug?: string): Promise<Visitor> => app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] }, slug);
const look = async (visitor: Visitor): Promise<string> => {
  await visitor.get('/desk/connections');
  await visitor.post('/desk/connections/look', {});
  return (await visitor.get('/desk/connections')).text;
};

describe('connections on the desk', () => {
  it('says that nobody has looked yet, and how to', async () => {
    expect((await (await manager('glanafon')).get('/desk/connections')).text).toContain('Nobody has looked yet');
  });

  it('shows what each check found, what is for practice, and since when', async () => {
    const visitor = await manager();
    const page = await look(visitor);
    for (const there of ['The ferry’s timetable', 'harbour.<wbr>ferry', 'the key is accepted', 'harbour.<wbr>tide', 'For practice', 'The lighthouse', 'harbour.<wbr>lighthouse', 'It shines.', 'All 5 are connected.']) expect(page).toContain(there);
  });

  it('calls each by what it is for, in the officer’s language', async () => {
    const visitor = await manager();
    const page = await look(visitor);
    expect([page.match(/Configuration<br>/g)?.length, page.match(/Sharing<br>/g)?.length, page.match(/Other<br>/g)?.length]).toEqual([1, 1, 3]);
    const inWelsh = (await visitor.get('/desk/connections?lang=cy')).text;
    await visitor.get('/desk/connections?lang=en');
    expect(inWelsh).toMatch(/Ffurfweddiad<br>[^]*Rhannu<br>/);
  });

  it('shows first what is not connected, since it is not, and counts it beside the area’s name', async () => {
    const visitor = await manager();
    await look(visitor);
    clock.advance(3600);
    says = { ok: false, message: 'The key was refused. Make a new one in the ferry’s settings.' };
    const page = await look(visitor);
    expect(page).toContain('1 is not connected');
    expect(page).toContain('Make a new one in the ferry’s settings.');
    expect(page.indexOf('ferry')).toBeLessThan(page.indexOf('tide'));
    const { rows: [first] } = await app.owner.query<{ since: Date }>(`select since from connections.connection where provider_id = 'harbour.ferry'`);
    clock.advance(3600);
    await look(visitor);
    const { rows } = await app.owner.query<{ since: Date; age: number }>(`select since, extract(epoch from checked_at - since)::int as age from connections.connection where provider_id = 'harbour.ferry'`);
    expect(rows).toEqual([{ since: first?.since, age: 3600 }]);
  });

  it('takes a check that fails in itself for a connection that does not work', async () => {
    says = new Error('The ferry did not answer.');
    expect(await look(await manager())).toContain('The ferry did not answer.');
    says = { ok: true, message: 'the key is accepted' };
  });

  it('forgets a system that the configuration no longer names', async () => {
    await app.owner.query(`insert into connections.connection select council_id, 'harbour.gone', false, true, '', now(), now() from connections.connection limit 1`);
    expect(await look(await manager())).not.toContain('gone');
  });

  it('comes round by itself', async () => {
    expect(connections.definition.recurring).toEqual([expect.objectContaining({ everyMinutes: 15 })]);
  });

  it('is for those who may see it: not for nobody, a resident, an adviser, or another council', async () => {
    expect((await app.visitor().request('/desk/connections')).status).toBe(303);
    const adviser = await app.officerVisitor({ officerId: OFFICER, roles: ['adviser'] });
    expect((await adviser.get('/desk/connections')).status).toBe(403);
    expect((await adviser.post('/desk/connections/look', {})).status).toBe(403);
    await look(await manager());
    expect((await (await manager('glanafon')).get('/desk/connections')).text).not.toContain('the key is accepted');
  });

  it('keeps its table as the house demands', async () => {
    expect(await catalogFaults(app.owner)).toEqual([]);
  });
});
