import { IDENTITY, MANAGE_MACHINES, READ_PEOPLE, READ_STAFF } from '@guildhall/identity-contract';
import type { Directory, IdentityApi, RedirectSignIn } from '@guildhall/identity-contract';
import { SmallBrowser } from '@guildhall/identity-contract/testing';
import { OFFICER_SIGN_IN } from '@guildhall/identity-contract';
import { providersOf } from '@guildhall/kernel';
import type { OfficerId, PersonId } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testOfficer } from '@guildhall/kernel-contract/testing';
import { catalogFaults, startTestApp } from '@guildhall/kernel/testing';
import type { TestApp, Visitor } from '@guildhall/kernel/testing';
import { councils, emptied } from '../test/council';
import { SeedStaff } from './staff/seed-staff';
import { SynchroniseStaff } from './staff/synchronise-staff';

const clock = new FixedClock();
const ids = new SeededIds(5);
let running: TestApp;
let identity: IdentityApi;

beforeAll(async () => { running = await startTestApp({ councils: councils(), clock, withCompanions: true }); identity = running.get<IdentityApi>(IDENTITY.token); });
afterAll(() => running.close());
beforeEach(async () => {
  await emptied(running);
  clock.advance(3600);
  await running.get(SeedStaff).seed(running.systemContext());
});

async function atDesk(visitor: Visitor, choice: string, query = ''): Promise<{ path: string; text: string; status: number }> {
  await visitor.get(`/desk/sign-in${query}`);
  const left = await visitor.post(`/desk/sign-in/with/identity.demo-officers${query}`, {});
  const { origin } = new URL(left.path);
  const browser = new SmallBrowser();
  const page = await browser.open(left.path, origin);
  const back = await browser.open(page.url.href, origin, new URLSearchParams({ choice }));
  return visitor.get(`${back.url.pathname}${back.url.search}`);
}
async function sessions(): Promise<{ kind: string; officer_name: string | null; roles: string[]; teams: string[]; previous_id: string | null }[]> {
  return (await running.owner.query('select kind, officer_name, roles, teams, previous_id from kernel.session order by created_at')).rows;
}

describe('the officers’ desk', () => {
  it('knows the invented officers and their teams before anybody has signed in', async () => {
    const officers = await identity.officers(running.systemContext());
    expect(officers.map(({ name, roles, teams }) => [name, roles, teams])).toEqual([
      ['Daniel Osei', ['case-officer'], ['streets']],
      ['Gwen Parry', ['adviser'], ['contact-centre']],
      ['Helen Shaw', ['case-officer', 'team-manager'], ['contact-centre', 'streets', 'waste']],
      ['Ruth Marlow', ['case-officer'], ['waste']],
    ]);
    expect((await identity.teams(running.systemContext())).map(({ title }) => title.cy)).toEqual(['Canolfan gyswllt', 'Strydoedd', 'Gwastraff ac ailgylchu']);
    await running.get(SeedStaff).seed(running.systemContext());
    expect(await identity.officers(running.systemContext())).toEqual(officers);
    expect(await identity.officers(running.systemContext('glanafon'))).toEqual([]);
  });

  it('is opened by single sign-on, with the roles and teams of the officer', async () => {
    const visitor = running.visitor();
    expect((await visitor.get('/desk/sign-in')).text).toContain('Sign in to the desk');
    const page = await atDesk(visitor, 'officer-riverbourne-helen.shaw', '?next=/desk/cases/RB-7K3F-92QD');
    expect(page.path).toBe('/desk/cases/RB-7K3F-92QD');
    expect(await sessions()).toEqual([{ kind: 'officer', officer_name: 'Helen Shaw', roles: expect.arrayContaining(['case-officer', 'team-manager']), teams: ['contact-centre', 'streets', 'waste'], previous_id: expect.any(String) }]);
    expect((await visitor.get('/desk/sign-in')).path).toBe('/desk/credentials');
  });

  it.each(['//evil.example', '/account', '/desk/sign-in', '/deskless', 'https://evil.example/desk'])('RFC 9700 4.11.1: leads back to the desk when the link says %s (open redirect)', async (next) => {
    expect((await atDesk(running.visitor(), 'officer-riverbourne-daniel.osei', `?next=${encodeURIComponent(next)}`)).path).toBe('/desk/sign-in');
  });

  it('is found at its own address where no module has a page there: by nobody the sign-in, by an officer where their work begins, and nothing by whoever has none', async () => {
    expect(await running.visitor().get('/desk')).toMatchObject({ path: '/desk/sign-in', status: 200 });
    const [manager, officer] = [running.visitor(), running.visitor()];
    await atDesk(manager, 'officer-riverbourne-helen.shaw');
    expect(await manager.get('/desk')).toMatchObject({ path: '/desk/credentials', status: 200 });
    await atDesk(officer, 'officer-riverbourne-daniel.osei');
    expect(await officer.get('/desk?lang=cy')).toMatchObject({ path: '/desk/sign-in', status: 404 });
  });

  it('stays closed to residents', async () => {
    const visitor = running.visitor();
    await visitor.get('/desk/sign-in');
    const left = await visitor.post('/desk/sign-in/with/identity.demo-residents', {});
    expect(left.status).toBe(404);
  });

  it('stays closed to whoever is not registered, though the far end vouches for them', async () => {
    await emptied(running);
    const claims = saying({ teams: [], officers: [] }, true);
    const refused = await atDesk(running.visitor(), 'officer-riverbourne-ruth.marlow');
    claims.restore();
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('not registered as an officer');
    expect((await running.owner.query(`select actor_kind from kernel.audit where action = 'identity.officer-refused'`)).rows).toEqual([{ actor_kind: 'nobody' }]);
  });

  it('is opened to somebody of whom the directory says so in the sign-in itself', async () => {
    await emptied(running);
    await atDesk(running.visitor(), 'officer-riverbourne-ruth.marlow');
    expect(await sessions()).toEqual([expect.objectContaining({ kind: 'officer', officer_name: 'Ruth Marlow', roles: ['case-officer'], teams: ['waste'] })]);
  });

  it('does not take over what a resident had in the same browser', async () => {
    const visitor = await running.residentVisitor('01990000-0000-7000-8000-0000000000d1');
    await atDesk(visitor, 'officer-riverbourne-daniel.osei');
    expect(await sessions()).toEqual([expect.objectContaining({ kind: 'officer', previous_id: null })]);
  });

  it('closes to whoever leaves or changes role, at the next look at the directory', async () => {
    const visitor = running.visitor();
    await atDesk(visitor, 'officer-riverbourne-daniel.osei');
    const stayed = running.visitor();
    await atDesk(stayed, 'officer-riverbourne-ruth.marlow');
    const { directory } = provider();
    const before = await directory?.();
    const said = saying({ teams: before?.teams ?? [], officers: (before?.officers ?? []).filter(({ name }) => name !== 'Daniel Osei') }, false);
    await running.get(SynchroniseStaff).run(running.systemContext());
    said.restore();
    expect((await sessions()).map(({ officer_name }) => officer_name)).toEqual(['Ruth Marlow']);
    const ctx = running.systemContext();
    expect((await identity.officers(ctx)).map(({ name }) => name)).not.toContain('Daniel Osei');
    expect((await identity.officers(ctx, { includeInactive: true })).find(({ name }) => name === 'Daniel Osei')?.isActive).toBe(false);
    const changed = saying({ teams: before?.teams ?? [], officers: (before?.officers ?? []).map((officer) => (officer.name === 'Ruth Marlow' ? { ...officer, roles: ['team-manager' as const] } : officer)) }, false);
    await running.get(SynchroniseStaff).run(ctx);
    changed.restore();
    expect(await sessions()).toEqual([]);
    expect((await identity.officers(ctx)).find(({ name }) => name === 'Daniel Osei')?.isActive).toBe(true);
  });

  it('does not believe a directory that lists nobody at all', async () => {
    const said = saying({ teams: [], officers: [] }, false);
    await running.get(SynchroniseStaff).run(running.systemContext());
    said.restore();
    expect(await identity.officers(running.systemContext())).toHaveLength(4);
  });

  it('tells officers of colleagues over HTTP, and residents nothing', async () => {
    const visitor = await running.officerVisitor({ officerId: ids.uuid(), roles: ['case-officer'] });
    const officers = (await visitor.request('/api/identity/v1/officers?team=waste', { headers: { accept: 'application/json' } })).json<{ name: string }[]>();
    expect(officers.map(({ name }) => name)).toEqual(['Helen Shaw', 'Ruth Marlow']);
    const resident = await running.residentVisitor(ids.uuid());
    expect((await resident.request('/api/identity/v1/officers', { headers: { accept: 'application/json' } })).status).toBe(403);
    expect((await running.visitor().request('/api/identity/v1/teams', { headers: { accept: 'application/json' } })).status).toBe(401);
  });

  function provider(): RedirectSignIn {
    const [found] = providersOf(running.context(), OFFICER_SIGN_IN);
    if (!found) throw new Error('There is no provider.');
    return found;
  }
  /** The far end says something else for a while: in its directory, and in the sign-in itself when `silent` about staff. */
  function saying(directory: Directory, silent: boolean): { restore(): void } {
    const found = provider() as { directory?: () => Promise<Directory>; complete: RedirectSignIn['complete'] };
    const before = { directory: found.directory, complete: found.complete };
    found.directory = async () => directory;
    if (silent) {
      found.complete = async (...given) => {
        const outcome = await before.complete.apply(found, given);
        return outcome.ok ? { ok: true, value: { ...outcome.value, staff: undefined } } : outcome;
      };
    }
    return { restore: () => { found.directory = before.directory; found.complete = before.complete; } };
  }
});

describe('a claim code', () => {
  it('brings what an adviser did into the account of whoever signs in and enters it', async () => {
    const adviser = running.context('riverbourne', { actor: testOfficer([...running.permissionsOf(['adviser'])]) });
    const personId = ids.uuid() as PersonId;
    const made = await identity.createForAssisted(adviser, { personId, name: 'Olwen Pugh', phone: '01632 960123', basis: { authority: 'caller-for-themselves', checks: ['name-and-address'] } });
    expect(made.ok).toBe(true);
    const { code } = await identity.issueClaimCode(adviser, { claimId: ids.uuid(), personId, subject: { type: 'case', id: ids.uuid() } });
    const stranger = running.visitor();
    const page = await stranger.get('/claim');
    expect(page.text).toContain('href="/sign-in?next=/claim"');
    await stranger.get('/sign-in');
    expect((await stranger.post('/claim', { code })).path).toBe('/sign-in?next=/claim');

    const { person } = await identity.findOrCreate(running.systemContext(), { personId: ids.uuid() as PersonId, contact: { channel: 'email', address: 'olwen@post.example' } });
    const olwen = await running.residentVisitor(person.personId);
    await olwen.get('/claim');
    expect((await olwen.post('/claim', { code: '' })).text).toContain('Enter the code from your letter or text message');
    expect((await olwen.post('/claim', { code: '2222 2222' })).text).toContain('We do not know this code');
    const done = await olwen.post('/claim', { code: code.toLowerCase() });
    expect(done.path).toBe('/claim?done');
    expect(done.text).toContain('It is in your account');
    const { rows } = await running.owner.query(`select data from kernel.event where type = 'identity.person-claimed-assisted-case'`);
    expect(rows).toEqual([{ data: { personId: person.personId, assistedPersonId: personId, subject: { type: 'case', id: expect.any(String) } } }]);
    expect(JSON.stringify((await running.owner.query('select code_hash from identity.claim_code')).rows)).not.toContain(code.replace('-', ''));
    await olwen.post('/claim', { code });
    expect((await running.owner.query(`select from kernel.event where type = 'identity.person-claimed-assisted-case'`)).rows).toHaveLength(1);
  });

  it('is given by one of two who use it at once', async () => {
    const ctx = running.systemContext();
    const personId = ids.uuid() as PersonId;
    await identity.createForAssisted(ctx, { personId, name: 'Olwen Pugh', phone: '01632 960123', basis: { authority: 'caller-for-themselves', checks: [] } });
    const { code } = await identity.issueClaimCode(ctx, { claimId: ids.uuid(), personId });
    const takers = await Promise.all(['a@post.example', 'b@post.example', 'c@post.example'].map(async (address) => (await identity.findOrCreate(ctx, { personId: ids.uuid() as PersonId, contact: { channel: 'email', address } })).person.personId));
    const outcomes = await Promise.all(takers.map((taker) => identity.claim(running.context('riverbourne', { actor: { kind: 'resident', personId: taker, confidence: 'none' } }), code)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('another system', () => {
  const manager = () => running.context('riverbourne', { actor: testOfficer([MANAGE_MACHINES.id, READ_STAFF.id, READ_PEOPLE.id], { officerId: ids.uuid() as OfficerId }) });
  const soon = () => new Date(clock.now().getTime() + 30 * 86_400_000);
  const call = (authorization: string, path = '/api/identity/v1/teams', slug?: string) => running.visitor(slug).request(path, { headers: { authorization, accept: 'application/json' } });

  it('comes in by its credential, as Bearer or Basic, and may do what it was given', async () => {
    const { clientId, secret } = await identity.registerMachine(manager(), { clientId: 'parking-permits', title: 'Parking permits', permissions: [READ_STAFF.id], expiresAt: soon() });
    expect((await call(`Bearer ${clientId}.${secret}`)).status).toBe(200);
    expect((await call(`Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`)).status).toBe(200);
    expect((await call(`Bearer ${clientId}.${secret}`, `/api/identity/v1/people/${ids.uuid()}`)).status).toBe(403);
    for (const wrong of [`Bearer ${clientId}.${secret}x`, `Bearer ${clientId}.`, `Bearer nobody.${secret}`, `Bearer ${secret}`, 'Bearer', `Basic ${Buffer.from(clientId).toString('base64')}`]) expect((await call(wrong)).status).toBe(401);
    expect((await call(`Bearer ${clientId}.${secret}`, undefined, 'glanafon')).status).toBe(401);
    expect(JSON.stringify((await running.owner.query('select secret_hash from identity.machine_client')).rows)).not.toContain(secret);
    expect(JSON.stringify(running.log.lines)).not.toContain(secret);
  });

  it('has a day to change over to a new secret', async () => {
    const first = await identity.registerMachine(manager(), { clientId: 'parking-permits', title: 'Parking permits', permissions: [READ_STAFF.id], expiresAt: soon() });
    const second = await identity.registerMachine(manager(), { clientId: 'parking-permits', title: 'Parking permits', permissions: [READ_STAFF.id], expiresAt: soon() });
    expect((await call(`Bearer parking-permits.${first.secret}`)).status).toBe(200);
    expect((await call(`Bearer parking-permits.${second.secret}`)).status).toBe(200);
    clock.advance(86_401);
    expect((await call(`Bearer parking-permits.${first.secret}`)).status).toBe(401);
    expect((await call(`Bearer parking-permits.${second.secret}`)).status).toBe(200);
  });

  it('is out when its credential ends, by itself or by hand, and stays out with every secret it had', async () => {
    const register = () => identity.registerMachine(manager(), { clientId: 'parking-permits', title: 'Parking permits', permissions: [READ_STAFF.id], expiresAt: soon() });
    const first = await register();
    const second = await register();
    await identity.endMachine(manager(), 'parking-permits');
    for (const { secret } of [first, second]) expect((await call(`Bearer parking-permits.${secret}`)).status).toBe(401);
    const third = await register();
    expect((await call(`Bearer parking-permits.${third.secret}`)).status).toBe(200);
    for (const { secret } of [first, second]) expect((await call(`Bearer parking-permits.${secret}`)).status).toBe(401);
    clock.advance(31 * 86_400);
    expect((await call(`Bearer parking-permits.${third.secret}`)).status).toBe(401);
  });

  it('is registered and ended over HTTP by whoever manages machines', async () => {
    const boss = await running.officerVisitor({ officerId: ids.uuid(), roles: ['team-manager'] });
    await boss.get('/sign-out');
    const headers = { 'x-csrf-token': /name="_csrf" value="([^"]+)"/.exec((await boss.get('/sign-out')).text)?.[1] ?? '' };
    const made = await boss.request('/api/identity/v1/machine-clients/parking-permits', { method: 'PUT', headers, json: { title: 'Parking permits', permissions: [READ_STAFF.id], expiresAt: soon().toISOString() } });
    expect(made.status).toBe(200);
    const { secret } = made.json<{ secret: string }>();
    expect((await call(`Bearer parking-permits.${secret}`)).status).toBe(200);
    expect((await boss.request('/api/identity/v1/machine-clients/parking-permits', { method: 'PUT', headers, json: { title: 'X', permissions: ['identity.register-people'], expiresAt: soon().toISOString() } })).status).toBe(403);
    expect((await boss.request('/api/identity/v1/machine-clients/parking-permits', { method: 'PUT', headers, json: { title: 'X', permissions: [], expiresAt: 'never' } })).status).toBe(400);
    const listed = await boss.request('/api/identity/v1/machine-clients', { headers: { accept: 'application/json' } });
    expect([listed.status, listed.text.includes(secret), listed.json<{ machines: { clientId: string; state: string }[] }>().machines]).toEqual([200, false, [expect.objectContaining({ clientId: 'parking-permits', state: 'ends-soon' })]]);
    expect((await boss.request('/api/identity/v1/machine-clients?after=parking-permits', { headers: { accept: 'application/json' } })).json()).toEqual({ machines: [] });
    expect((await boss.request('/api/identity/v1/machine-clients/parking-permits', { method: 'DELETE', headers })).status).toBe(204);
    const clerk = await running.officerVisitor({ officerId: ids.uuid(), roles: ['case-officer'] });
    expect((await clerk.request('/api/identity/v1/machine-clients', { headers: { accept: 'application/json' } })).status).toBe(403);
    expect((await clerk.request('/api/identity/v1/machine-clients/parking-permits', { method: 'DELETE', headers: { accept: 'application/json' } })).status).toBe(403);
  });

  it('registers people whose contact it verified, and assisted people with what the standard asks for', async () => {
    const { secret } = await identity.registerMachine(running.systemContext(), { clientId: 'contact-centre', title: 'Contact centre', permissions: ['identity.register-people', 'identity.assist-people', 'identity.read-people'], expiresAt: soon() });
    const send = (path: string, json: object, method = 'POST') => running.visitor().request(`/api/identity/v1${path}`, { method, json, headers: { authorization: `Bearer contact-centre.${secret}` } });
    const personId = ids.uuid();
    expect((await send('/people', { personId, contact: { channel: 'email', address: 'nia@post.example' }, name: 'Nia New' })).status).toBe(201);
    expect((await send('/people', { personId: ids.uuid(), contact: { channel: 'email', address: 'NIA@post.example' } })).json<{ person: { personId: string } }>().person.personId).toBe(personId);
    expect((await send('/people', { personId: 'x', contact: {} })).status).toBe(400);
    const assistedId = ids.uuid();
    const basis = { authority: 'caller-with-consent', checks: ['called-back'] };
    expect((await send('/assisted-people', { personId: assistedId, name: 'Olwen Pugh', phone: '01632 960123', basis })).status).toBe(201);
    expect((await send('/assisted-people', { personId: ids.uuid(), name: 'Olwen Pugh', basis })).status).toBe(422);
    expect((await send('/assisted-people', { personId: ids.uuid(), name: 'Olwen Pugh', phone: '01632 960123', basis: { authority: 'because', checks: [] } })).status).toBe(400);
    expect((await send('/claim-codes', { claimId: ids.uuid(), personId: assistedId })).json<{ code: string }>().code).toMatch(/^.{4}-.{4}$/);
    expect((await send(`/people/${personId}`, { phone: '07700 900123' }, 'PATCH')).json<{ value: { phone: string } }>().value.phone).toBe('07700 900123');
    expect((await send(`/people/${personId}`, { phone: null, email: null }, 'PATCH')).status).toBe(422);
  });
});

it('keeps every table of its own closed between councils', async () => {
  expect((await catalogFaults(running.owner)).filter((fault) => JSON.stringify(fault).includes('identity.'))).toEqual([]);
});
