import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { councils, emptied } from '../../test/council';

const HOME = '/desk/credentials';
const clock = new FixedClock();
let running: TestApp;
let manager: Visitor;

beforeAll(async () => { running = await startTestApp({ councils: councils(), clock }); });
afterAll(() => running.close());
beforeEach(async () => {
  await emptied(running);
  manager = await running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000c1', roles: ['team-manager'] });
});

const typed = (changes: object = {}): Record<string, string | string[]> => ({ title: 'Parking permits', clientId: 'parking-permits', permissions: ['identity.read-staff'], lasts: 'year', ...changes });
const credentialIn = (html: string): string => /<code>([^<]+)<\/code>/.exec(html)?.[1] ?? '';
const wordsOf = (html: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const use = async (credential: string, slug?: string): Promise<number> => (await running.visitor(slug).request('/api/identity/v1/teams', { headers: { authorization: `Bearer ${credential}`, accept: 'application/json' } })).status;
const add = async (changes: object = {}): Promise<string> => {
  await manager.get(`${HOME}/new`);
  return credentialIn((await manager.post(HOME, typed(changes))).text);
};

describe('the desk’s pages of credentials', () => {
  it('say that there is none yet, and what one is for', async () => {
    expect(wordsOf((await manager.get(HOME)).text)).toMatch(/No other system has a credential .* Give a system a credential/);
  });

  it('give a system a credential that works, shown once', async () => {
    expect((await manager.get(`${HOME}/new`)).text).toContain('Manage the credentials of other systems');
    const credential = await add();
    expect(credential).toMatch(/^parking-permits\.[\w-]{40,}$/);
    expect(await use(credential)).toBe(200);
    expect(await use(credential, 'glanafon')).toBe(401);
    for (const path of [HOME, `${HOME}/parking-permits`]) {
      const { text } = await manager.get(path);
      expect(text).toContain('Parking permits');
      expect(text).not.toContain(credential.split('.')[1]);
    }
    expect(JSON.stringify(running.log.lines)).not.toContain(credential.split('.')[1]);
  });

  it.each([
    [{ title: ' ' }, 'Enter what the system is'], [{ clientId: '' }, 'Enter its name in the records'], [{ clientId: '../x' }, 'Enter its name in the records'],
    [{ permissions: [] }, 'Choose at least one thing'], [{ lasts: 'ever' }, 'Choose how long it works'],
  ])('say at the field what is wrong: %j', async (changes, words) => {
    await manager.get(`${HOME}/new`);
    const { status, text } = await manager.post(HOME, typed(changes));
    expect(status).toBe(422);
    expect(text).toContain(words);
    expect((await running.owner.query('select from identity.machine_client')).rowCount).toBe(0);
  });

  it('do not change the credential of a system that is there already', async () => {
    const credential = await add();
    const again = await manager.post(HOME, typed({ title: 'Somebody else', permissions: ['identity.read-people'] }));
    expect(again.status).toBe(422);
    expect(again.text).toContain('There is a system with this name already');
    expect(await use(credential)).toBe(200);
    expect((await running.owner.query('select title from identity.machine_client')).rows).toEqual([{ title: 'Parking permits' }]);
  });

  it('give away nothing that the officer may not do', async () => {
    const offered = (await manager.get(`${HOME}/new`)).text;
    expect(offered).not.toContain('identity.register-people');
    expect((await manager.post(HOME, typed({ permissions: ['identity.register-people'] }))).status).toBe(403);
    expect((await running.owner.query('select from identity.machine_client')).rowCount).toBe(0);
  });

  it('make a new secret while the one before works for another day, and end both at once', async () => {
    const first = await add();
    expect((await manager.post(`${HOME}/parking-permits/new-secret`, { lasts: '' })).text).toContain('Choose how long it works');
    const renewed = await manager.post(`${HOME}/parking-permits/new-secret`, { lasts: 'quarter' });
    expect(renewed.text).toContain('may still be used until');
    const second = credentialIn(renewed.text);
    expect([await use(first), await use(second)]).toEqual([200, 200]);
    expect(wordsOf((await manager.get(`${HOME}/parking-permits/end`)).text)).toContain('End the credential of Parking permits?');
    const ended = await manager.post(`${HOME}/parking-permits/end`, {});
    expect(ended.text).toContain('The credential is ended');
    // Within seconds: for so long a server remembers what it has just looked up.
    clock.advance(30);
    expect([await use(first), await use(second)]).toEqual([401, 401]);
    const third = credentialIn((await manager.post(`${HOME}/parking-permits/new-secret`, { lasts: 'quarter' })).text);
    expect([await use(first), await use(second), await use(third)]).toEqual([401, 401, 200]);
  });

  it('say to somebody who may not do what the system may that they cannot renew it', async () => {
    await running.owner.query(`insert into identity.machine_client (council_id, client_id, title, secret_hash, permissions, created_at, changed_at, expires_at) values ($1, 'register', 'Register', 'x', '{identity.register-people}', now(), now(), $2)`, [running.context().council.id, new Date(clock.now().getTime() + 86_400_000)]);
    await manager.get(`${HOME}/register/new-secret`);
    expect((await manager.post(`${HOME}/register/new-secret`, { lasts: 'year' })).text).toContain('Ask somebody who may');
    expect((await running.owner.query('select secret_hash from identity.machine_client')).rows).toEqual([{ secret_hash: 'x' }]);
  });

  it('show what ends soon and what has run out', async () => {
    await add({ lasts: 'quarter' });
    expect(wordsOf((await manager.get(HOME)).text)).toContain('Works');
    clock.advance(61 * 86_400);
    const later = await running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000c1', roles: ['team-manager'] });
    expect(wordsOf((await later.get(HOME)).text)).toContain('Ends soon');
    clock.advance(30 * 86_400);
    const latest = await running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000c1', roles: ['team-manager'] });
    expect(wordsOf((await latest.get(`${HOME}/parking-permits`)).text)).toContain('It has run out');
  });

  it('go on to a next page when there are many', async () => {
    await running.owner.query(`insert into identity.machine_client (council_id, client_id, title, secret_hash, permissions, created_at, changed_at, expires_at) select $1, 'system-' || to_char(n, 'FM000'), 'System ' || n, 'x', '{identity.read-staff}', now(), now(), $2 from generate_series(1, 30) n`, [running.context().council.id, new Date(clock.now().getTime() + 86_400_000)]);
    const first = (await manager.get(HOME)).text;
    const next = /href="(\/desk\/credentials\?after=[^"]+)"/.exec(first)?.[1] ?? '';
    expect(first.match(/credentials\/system-/g)).toHaveLength(25);
    expect((await manager.get(next)).text.match(/credentials\/system-/g)).toHaveLength(5);
  });

  it('are nobody else’s', async () => {
    const credential = await add();
    const clerk = await running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000c2', roles: ['case-officer'] });
    const neighbour = await running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000c3', roles: ['team-manager'] }, 'glanafon');
    for (const path of [HOME, `${HOME}/new`, `${HOME}/parking-permits`, `${HOME}/parking-permits/new-secret`, `${HOME}/parking-permits/end`]) {
      expect((await clerk.get(path)).status).toBe(403);
      expect((await running.visitor().get(path)).path).toMatch(/^\/desk\/sign-in/);
    }
    expect((await neighbour.get(HOME)).text).not.toContain('Parking permits');
    for (const what of ['', '/new-secret', '/end']) expect((await neighbour.get(`${HOME}/parking-permits${what}`)).status).toBe(404);
    await neighbour.get(`${HOME}/new`);
    expect((await neighbour.post(`${HOME}/parking-permits/end`, {})).status).toBe(404);
    expect(await use(credential)).toBe(200);
  });
});
