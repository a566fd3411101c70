import { IDENTITY, SIGNED_OUT_PATH, loggedOutPath, returnPath } from '@guildhall/identity-contract';
import type { IdentityApi } from '@guildhall/identity-contract';
import { SmallBrowser } from '@guildhall/identity-contract/testing';
import { entraId, keycloak, oidc } from '@guildhall/identity-provider-oidc';
import { SIMULATED_REALM, SIMULATED_TENANT, startOidcSimulator } from '@guildhall/identity-provider-oidc/simulator';
import type { OidcSimulator } from '@guildhall/identity-provider-oidc/simulator';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { Secret } from '@guildhall/kernel-contract';
import { startTestApp, testCouncilDefinition } from '@guildhall/kernel/testing';
import type { TestApp, Visitor } from '@guildhall/kernel/testing';
import { emptied, post } from '../test/council';
import { identity } from './index';
import { RecheckOfficers } from './staff/recheck-officers';
import { SynchroniseStaff } from './staff/synchronise-staff';

const OFFICERS = 'identity.officer-sso';
const RESIDENTS = 'identity.oidc';
const STREETS = '0a1b2c3d-0000-4000-8000-00000000a001';
const STAFF = {
  roles: { adviser: ['Desk.Adviser'], 'case-officer': ['Desk.CaseOfficer'], 'team-manager': ['Desk.Manager'] },
  teams: [{ teamId: 'streets', title: { en: 'Streets', cy: 'Strydoedd' }, from: [STREETS, '/guildhall/streets'] }],
} as const;
let later = 0;
const clock = { now: () => new Date(Date.now() + later) };
let entra: OidcSimulator;
let realm: OidcSimulator;
let residents: OidcSimulator;
let running: TestApp;

beforeAll(async () => {
  const started = (shape: 'entra' | 'keycloak' | 'plain') => startOidcSimulator({ shape, clients: [], now: clock.now, algorithm: 'RS256' });
  [entra, realm, residents] = await Promise.all([started('entra'), started('keycloak'), started('plain')]);
  const proof = { clientId: 'desk', clientSecret: new Secret('of-the-desk') };
  const byEntra = entraId({ ...proof, tenant: SIMULATED_TENANT, authority: entra.origin, emailDomains: ['testham.example'], ...STAFF });
  const byKeycloak = keycloak({ ...proof, url: realm.origin, realm: SIMULATED_REALM, ...STAFF });
  const byOidc = oidc({ issuer: residents.issuer, clientId: 'portal', clientSecret: new Secret('of-the-portal'), confidence: { acr: { checked: 'medium' } } });
  running = await startTestApp({
    clock,
    councils: [
      testCouncilDefinition('riverbourne', 1, [post(), identity({ residents: [oneTimeCode(), byOidc], officers: [byEntra] })]),
      testCouncilDefinition('glanafon', 2, [post(), identity({ residents: [oneTimeCode()], officers: [byKeycloak] })]),
    ],
  });
  for (const [simulator, slug, who, id, client] of [[entra, 'riverbourne', 'officer', OFFICERS, proof], [realm, 'glanafon', 'officer', OFFICERS, proof], [residents, 'riverbourne', 'resident', RESIDENTS, { clientId: 'portal', clientSecret: new Secret('of-the-portal') }]] as const) {
    const origin = running.origin(slug);
    simulator.register({
      clientId: client.clientId, clientSecret: client.clientSecret.reveal(), redirectUris: [`${origin}${returnPath(who, id)}`], postLogoutRedirectUris: [`${origin}${SIGNED_OUT_PATH}`], backChannelLogoutUri: `${origin}${loggedOutPath(who, id)}`,
    });
  }
});
afterAll(async () => { await running.close(); await Promise.all([entra.stop(), realm.stop(), residents.stop()]); });
beforeEach(async () => {
  await emptied(running);
  for (const simulator of [entra, realm, residents]) {
    simulator.fail();
    simulator.answer('token');
    for (const { id } of simulator.people) simulator.reopenAccount(id);
  }
  entra.change('marta', { roles: ['Desk.Manager', 'Desk.CaseOfficer'], email: 'marta.imaginary@testham.example' });
});

/** Leaves for the far end, chooses there, and comes back. */
async function signIn(visitor: Visitor, simulator: OidcSimulator, choice: Readonly<Record<string, string>>, { who, id, query = '' }: { readonly who: 'resident' | 'officer'; readonly id: string; readonly query?: string }) {
  const desk = who === 'officer' ? '/desk' : '';
  await visitor.get(`${desk}/sign-in${query}`);
  const left = await visitor.post(`${desk}/sign-in/with/${id}${query}`, {});
  const browser = new SmallBrowser();
  const page = await browser.open(left.path, simulator.origin);
  const back = await browser.open(page.url.href, simulator.origin, new URLSearchParams(choice));
  return visitor.get(`${back.url.pathname}${back.url.search}`);
}
const atDesk = (visitor: Visitor, person: string, simulator = entra, more: Readonly<Record<string, string>> = {}, query?: string) => signIn(visitor, simulator, { person, ...more }, { who: 'officer', id: OFFICERS, query });
async function rows<Row extends Record<string, unknown>>(sentence: string): Promise<Row[]> { return (await running.owner.query(sentence)).rows as Row[]; }
const sessions = () => rows<{ officer_name: string | null; roles: string[]; teams: string[] }>(`select officer_name, roles, teams from kernel.session where kind = 'officer' order by officer_name`);
const audited = (action: string) => rows<{ detail: object }>(`select detail from kernel.audit where action = '${action}'`);
const lookAgain = (slug?: string) => running.get(RecheckOfficers).run(running.systemContext(slug));
const minutesPass = (minutes: number): void => { later += minutes * 60_000; };

describe('the desk behind Entra ID', () => {
  it('is opened to an officer who was never here, with the roles and teams that their groups are mapped to', async () => {
    const page = await atDesk(running.visitor(), 'marta', entra, {}, '?next=/desk/cases/RB-7K3F-92QD');
    expect(page.path).toBe('/desk/cases/RB-7K3F-92QD');
    expect(await sessions()).toEqual([{ officer_name: 'Marta Imaginary', roles: ['case-officer', 'team-manager'], teams: ['streets'] }]);
    expect(await running.get<IdentityApi>(IDENTITY.token).teams(running.systemContext())).toEqual([{ teamId: 'streets', title: { en: 'Streets', cy: 'Strydoedd' } }]);
  });

  it('stays closed to whoever has no group that is mapped, and writes nothing down of them', async () => {
    const page = await atDesk(running.visitor(), 'noor');
    expect(page.status).toBe(403);
    expect(page.text).toContain('not registered as an officer');
    expect(await sessions()).toEqual([]);
    expect(await rows('select 1 as one from identity.officer')).toEqual([]);
  });

  it.each([['ines', 'a guest from another directory'], ['rhodri', 'somebody whose address is of another domain']])('stays closed to %s: %s', async (person) => {
    expect((await atDesk(running.visitor(), person)).status).toBe(403);
    expect(await sessions()).toEqual([]);
  });

  it('says on a page what to do when the second factor was not used', async () => {
    const page = await atDesk(running.visitor(), 'sunil');
    expect(page.status).toBe(403);
    expect(page.text).toContain('Set up the second step of signing in');
    expect(await sessions()).toEqual([]);
  });

  it('says on a page what to do when somebody is in too many groups', async () => {
    const page = await atDesk(running.visitor(), 'bram');
    expect(page.status).toBe(403);
    expect(page.text).toContain('in so many groups that we cannot see your role');
  });

  it('closes to whoever has lost every role, at the next sign-in', async () => {
    await atDesk(running.visitor(), 'marta');
    entra.change('marta', { roles: [] });
    expect((await atDesk(running.visitor(), 'marta')).status).toBe(403);
    expect(await sessions()).toEqual([]);
  });

  it('knows an officer by who they are, not by an address that changed (a marriage)', async () => {
    await atDesk(running.visitor(), 'marta');
    entra.change('marta', { email: 'marta.married@testham.example' });
    await atDesk(running.visitor(), 'marta');
    expect(await rows('select email from identity.officer')).toEqual([{ email: 'marta.married@testham.example' }]);
  });

  it('does not give an officer the record of a colleague whose address they were given', async () => {
    await atDesk(running.visitor(), 'marta');
    await atDesk(running.visitor(), 'gethin');
    entra.change('marta', { email: 'gethin.invented@testham.example' });
    await atDesk(running.visitor(), 'marta');
    expect(await rows('select name, email from identity.officer order by name')).toEqual([{ name: 'Gethin Invented', email: 'gethin.invented@testham.example' }, { name: 'Marta Imaginary', email: 'marta.imaginary@testham.example' }]);
  });

  it('does not give somebody new the record of whoever had their address before them (another John Smith)', async () => {
    const before = running.visitor();
    await atDesk(before, 'marta');
    entra.change('gethin', { email: 'marta.imaginary@testham.example' });
    await atDesk(running.visitor(), 'gethin');
    entra.change('gethin', { email: 'gethin.invented@testham.example' });
    expect(await rows('select name, email, is_active from identity.officer order by name')).toEqual([{ name: 'Gethin Invented', email: 'marta.imaginary@testham.example', is_active: true }, { name: 'Marta Imaginary', email: 'marta.imaginary@testham.example', is_active: false }]);
    expect((await sessions()).map(({ officer_name }) => officer_name)).toEqual(['Gethin Invented']);
  });

  it('finds by the address an officer who came by another way until now, so that a council can change over', async () => {
    await running.owner.query(`insert into identity.officer (council_id, officer_id, name, email, email_normalised, created_at, updated_at) values ($1, '01990000-0000-7000-8000-0000000000e1', 'Gethin', 'Gethin.Invented@testham.example', 'gethin.invented@testham.example', now(), now())`, [running.context().council.id]);
    await atDesk(running.visitor(), 'gethin');
    expect(await rows('select officer_id, name from identity.officer')).toEqual([{ officer_id: '01990000-0000-7000-8000-0000000000e1', name: 'Gethin Invented' }]);
  });

  it('is not opened by a role that was written down before, where the directory gives none now', async () => {
    const officerId = '01990000-0000-7000-8000-0000000000e2';
    await running.owner.query(`insert into identity.officer (council_id, officer_id, name, email, email_normalised, created_at, updated_at) values ($1, $2, 'Noor', 'noor.elsewhere@testham.example', 'noor.elsewhere@testham.example', now(), now())`, [running.context().council.id, officerId]);
    await running.owner.query(`insert into identity.officer_role (council_id, officer_id, role) values ($1, $2, 'team-manager')`, [running.context().council.id, officerId]);
    expect((await atDesk(running.visitor(), 'noor')).status).toBe(403);
    expect(await sessions()).toEqual([]);
  });

  it('keeps no token in clear, neither in the session nor beside it', async () => {
    await atDesk(running.visitor(), 'gethin');
    const kept = JSON.stringify([await rows('select data from kernel.session'), await rows('select keep from identity.officer_vouch')]);
    expect(kept.length).toBeGreaterThan(200);
    expect(kept).not.toMatch(/eyJ[\w-]+\.[\w-]+\.|refresh/);
  });
});

describe('an officer who is signed in', () => {
  it('stays in while the directory vouches for them, however often it is asked', async () => {
    await atDesk(running.visitor(), 'gethin');
    for (let times = 0; times < 3; times++) { minutesPass(11); await lookAgain(); }
    expect(await sessions()).toHaveLength(1);
    expect(entra.calls.filter(({ endpoint, status }) => endpoint === 'token' && status === 200).length).toBeGreaterThanOrEqual(4);
  });

  it('is not asked about more often than every ten minutes', async () => {
    await atDesk(running.visitor(), 'gethin');
    const before = entra.calls.length;
    minutesPass(9);
    await lookAgain();
    expect(entra.calls.length).toBe(before);
  });

  it('is out within fifteen minutes when their account is closed, in every browser, and nobody else is', async () => {
    const visitor = running.visitor();
    await atDesk(visitor, 'gethin');
    await atDesk(running.visitor(), 'gethin');
    await atDesk(running.visitor(), 'marta');
    entra.closeAccount('gethin');
    minutesPass(15);
    await lookAgain();
    expect((await sessions()).map(({ officer_name }) => officer_name)).toEqual(['Marta Imaginary']);
    expect(await audited('identity.officer-no-longer-vouched')).toEqual([{ detail: { provider: OFFICERS, reason: 'no-longer-vouched' } }]);
    expect((await visitor.get('/desk/sign-in')).text).toContain('Sign in to the desk');
  });

  it('has to sign in again when their role changes, and is out when they have none', async () => {
    await atDesk(running.visitor(), 'marta');
    entra.change('marta', { roles: ['Desk.CaseOfficer'] });
    minutesPass(11);
    await lookAgain();
    expect(await sessions()).toEqual([]);
    await atDesk(running.visitor(), 'marta');
    expect(await sessions()).toEqual([expect.objectContaining({ roles: ['case-officer'] })]);
    entra.change('marta', { roles: [] });
    minutesPass(11);
    await lookAgain();
    expect(await sessions()).toEqual([]);
    expect(await audited('identity.officer-no-longer-vouched')).toEqual([{ detail: { provider: OFFICERS, reason: 'no-role' } }]);
  });

  it('stays in while the directory is away for less than an hour, and is out after that', async () => {
    await atDesk(running.visitor(), 'gethin');
    entra.answer('token', { status: 500 });
    for (const minutes of [11, 20, 20]) { minutesPass(minutes); await lookAgain(); }
    expect(await sessions()).toHaveLength(1);
    minutesPass(25);
    await lookAgain();
    expect(await sessions()).toEqual([]);
    expect(await audited('identity.officer-no-longer-vouched')).toEqual([{ detail: { provider: OFFICERS, reason: 'silent' } }]);
  });

  it('stays in when the directory comes back in between', async () => {
    await atDesk(running.visitor(), 'gethin');
    for (let times = 0; times < 3; times++) {
      entra.answer('token', { status: 500 });
      minutesPass(30);
      await lookAgain();
      entra.answer('token');
      minutesPass(11);
      await lookAgain();
    }
    expect(await sessions()).toHaveLength(1);
  });

  it('is asked about once when two workers look at the same moment: a refresh token works once', async () => {
    await atDesk(running.visitor(), 'gethin');
    minutesPass(11);
    await Promise.all([lookAgain(), lookAgain(), lookAgain()]);
    expect(await sessions()).toHaveLength(1);
  });

  it('is asked about no more once they have signed out', async () => {
    const visitor = running.visitor();
    await atDesk(visitor, 'gethin');
    await visitor.get('/sign-out');
    await visitor.post('/sign-out', {});
    const before = entra.calls.length;
    minutesPass(11);
    await lookAgain();
    expect(entra.calls.length).toBe(before);
    expect(await rows('select 1 as one from identity.officer_vouch')).toEqual([]);
  });
});

describe('the desk behind Keycloak', () => {
  const here = () => running.visitor('glanafon');

  it('is opened by realm roles and groups', async () => {
    await atDesk(here(), 'gethin', realm);
    expect(await sessions()).toEqual([{ officer_name: 'Gethin Invented', roles: ['case-officer'], teams: ['streets'] }]);
  });

  it('closes at once when Keycloak says that somebody signed out there, and once only (back-channel logout, replay)', async () => {
    await atDesk(here(), 'gethin', realm);
    expect(await realm.sendLogout('desk', 'gethin')).toEqual({ clientId: 'desk', status: 200 });
    expect(await sessions()).toEqual([]);
    const body = new URLSearchParams({ logout_token: await realm.logoutToken('desk', realm.subjectOf('gethin')) }).toString();
    const send = async () => (await here().request(loggedOutPath('officer', OFFICERS), { body, headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' } })).status;
    expect(await send()).toBe(200);
    await atDesk(here(), 'gethin', realm);
    expect(await send()).toBe(400);
    expect(await sessions()).toHaveLength(1);
  });

  it('closes when the account is closed, and knows nothing of the other council’s officers', async () => {
    await atDesk(here(), 'gethin', realm);
    await atDesk(running.visitor(), 'gethin');
    realm.closeAccount('gethin');
    minutesPass(11);
    await lookAgain('glanafon');
    await lookAgain('riverbourne');
    expect(await rows(`select roles from kernel.session where kind = 'officer'`)).toHaveLength(1);
  });

  it('names its teams before anybody has signed in', async () => {
    await running.get(SynchroniseStaff).run(running.systemContext('glanafon'));
    expect((await running.get<IdentityApi>(IDENTITY.token).teams(running.systemContext('glanafon'))).map(({ teamId }) => teamId)).toEqual(['streets']);
  });
});

describe('residents by the council’s own OpenID Connect provider', () => {
  const at = (visitor: Visitor, choice: Readonly<Record<string, string>>, query?: string) => signIn(visitor, residents, choice, { who: 'resident', id: RESIDENTS, query });

  it('have an account under the address that was verified, and prove who they are where a service asks', async () => {
    const visitor = running.visitor();
    expect((await at(visitor, { person: 'olwen' }, '?next=/claim&confidence=medium')).path).toBe('/claim');
    expect(await rows('select name, email from identity.person')).toEqual([{ name: 'Olwen Madeup', email: 'olwen.madeup@post.example' }]);
    expect(await rows(`select confidence from kernel.session where kind = 'resident'`)).toEqual([{ confidence: 'medium' }]);
  });

  it('who have an account by a code already say whether it is theirs: the provider’s word for the address joins nothing', async () => {
    await running.owner.query(`insert into identity.person (council_id, person_id, email, email_normalised, email_verified_at, created_at, updated_at) values ($1, $2, $3, $3, now(), now(), now())`, [running.context().council.id, '01990000-0000-7000-8000-0000000000f1', 'felix.notreal@post.example']);
    await running.owner.query(`insert into identity.sign_in (council_id, sign_in_id, provider, issuer, subject_hash, person_id, created_at, last_used_at) values ($1, $2, 'identity.one-time-code', 'code:email', 'a-hash', $2, now(), now())`, [running.context().council.id, '01990000-0000-7000-8000-0000000000f1']);
    const page = await at(running.visitor(), { person: 'felix' });
    expect(page.path).toMatch(/^\/sign-in\/which\//);
    expect(await rows('select provider from identity.sign_in')).toEqual([{ provider: 'identity.one-time-code' }]);
    expect(await rows(`select 1 as one from kernel.session where kind = 'resident'`)).toEqual([]);
  });

  it('are told when they are not known well enough', async () => {
    expect((await at(running.visitor(), { person: 'felix' }, '?confidence=medium')).text).toContain('We need to be surer of who you are');
  });

  it('sign out there too, and come back to the council only', async () => {
    const visitor = running.visitor();
    await at(visitor, { person: 'olwen' });
    await visitor.get('/sign-out');
    expect(new URL((await visitor.post('/sign-out', {})).path).origin).toBe(residents.origin);
    expect(await rows(`select 1 as one from kernel.session where kind = 'resident'`)).toEqual([]);
  });

  it('are out when the provider says so', async () => {
    await at(running.visitor(), { person: 'olwen' });
    expect((await residents.sendLogout('portal', 'olwen')).status).toBe(200);
    expect(await rows(`select 1 as one from kernel.session where kind = 'resident'`)).toEqual([]);
  });
});
