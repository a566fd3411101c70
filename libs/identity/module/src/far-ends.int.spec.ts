import { generateKeyPairSync } from 'node:crypto';
import type { IdentityClaims } from '@guildhall/identity-contract';
import { SIGNED_OUT_PATH, keysPath, loggedOutPath, returnPath } from '@guildhall/identity-contract';
import { SmallBrowser } from '@guildhall/identity-contract/testing';
import { demoOfficers } from '@guildhall/identity-provider-dev-oidc';
import { govukOneLogin } from '@guildhall/identity-provider-govuk-one-login';
import { startOneLoginSimulator } from '@guildhall/identity-provider-govuk-one-login/simulator';
import type { OneLoginSimulator } from '@guildhall/identity-provider-govuk-one-login/simulator';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { Secret } from '@guildhall/kernel-contract';
import type { PersonId } from '@guildhall/kernel-contract';
import { testResident } from '@guildhall/kernel-contract/testing';
import { Database, extensionsOf } from '@guildhall/kernel';
import { startTestApp, testCouncilDefinition } from '@guildhall/kernel/testing';
import type { TestApp, Visitor } from '@guildhall/kernel/testing';
import { PROVED_PERSON } from '@guildhall/sharing-contract';
import { Post, emptied, post } from '../test/council';
import { identity } from './index';
import { learnProved } from './people/learn-proved';
import { ForgetSignIns } from './signing-in/forget-sign-ins';
import { subjectOf } from './signing-in/ways-in';

const ID = 'identity.govuk-one-login';
const CLIENT = 'riverbourne-client';
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
let simulator: OneLoginSimulator;
let running: TestApp;

beforeAll(async () => {
  simulator = await startOneLoginSimulator({ clients: [] });
  const privateKey = new Secret(`${newKey()}${newKey()}`);
  const riverbourne = govukOneLogin({ clientId: CLIENT, privateKey, environment: simulator.origin, provesUpTo: 'medium', asksForAddress: true });
  const glanafon = govukOneLogin({ clientId: 'glanafon-client', privateKey, environment: simulator.origin });
  const brackenfield = govukOneLogin({ clientId: 'brackenfield-client', privateKey, environment: simulator.origin });
  const council = (slug: string, number: number, oneLogin: typeof riverbourne) => testCouncilDefinition(slug, number, [post(), identity({ residents: [oneTimeCode(), oneLogin], officers: [demoOfficers()] })]);
  running = await startTestApp({ councils: [council('riverbourne', 1, riverbourne), council('glanafon', 2, glanafon), council('brackenfield', 3, brackenfield)] });
  const origin = running.origin();
  simulator.register({
    clientId: CLIENT, publicKeys: { jwksUri: `${origin}${keysPath('resident', ID)}` }, redirectUris: [`${origin}${returnPath('resident', ID)}`], postLogoutRedirectUris: [`${origin}${SIGNED_OUT_PATH}`],
    backChannelLogoutUri: `${origin}${loggedOutPath('resident', ID)}`, levels: ['P0', 'P1', 'P2'], demandsPkce: true,
  });
});
afterAll(async () => { await running.close(); await simulator.stop(); });
beforeEach(async () => { await emptied(running); simulator.fail(); simulator.answer('/token'); simulator.answer('/userinfo'); });

/** Goes to One Login, chooses there, and comes back. */
async function signIn(visitor: Visitor, choice: Readonly<Record<string, string>>, query = '') {
  await visitor.get(`/sign-in${query}`);
  const left = await visitor.post(`/sign-in/with/${ID}${query}`, {});
  const browser = new SmallBrowser();
  const page = await browser.open(left.path, simulator.origin);
  const request = /name="request" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const back = await browser.open(`${simulator.origin}/authorize`, simulator.origin, new URLSearchParams({ request, ...choice }));
  return visitor.get(`${back.url.pathname}${back.url.search}`);
}
async function rows(sentence: string): Promise<Record<string, unknown>[]> { return (await running.owner.query(sentence)).rows; }
const sessions = () => rows(`select kind, confidence from kernel.session where kind <> 'nobody'`);
const notice = async (subject = simulator.subjectOf(CLIENT, 'nerys')) => new URLSearchParams({ logout_token: await simulator.logoutToken(CLIENT, subject) }).toString();
async function send(body: string, slug?: string, path = loggedOutPath('resident', ID)) {
  return running.visitor(slug).request(path, { body, headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' } });
}

describe('GOV.UK One Login', () => {
  it('lets a newcomer in by their key, which One Login fetches from the council', async () => {
    const visitor = running.visitor();
    expect((await signIn(visitor, { person: 'nerys' })).path).toMatch(/^\/sign-in\/details/);
    expect(await rows('select name, email, phone, uprn, address from identity.person')).toEqual([{ name: null, email: 'nerys.pritchard@post.example', phone: '+447700900321', uprn: null, address: null }]);
    expect(await sessions()).toEqual([{ kind: 'resident', confidence: 'none' }]);
  });

  it('proves who somebody is when a service asks, and writes down once what they need not tell (step-up)', async () => {
    const visitor = running.visitor();
    await signIn(visitor, { person: 'nerys' });
    const page = await signIn(visitor, { person: 'nerys' }, '?confidence=medium&next=/claim');
    expect(page.path).toBe('/claim');
    expect(await sessions()).toEqual([{ kind: 'resident', confidence: 'medium' }]);
    expect(await rows('select name, uprn, address from identity.person')).toEqual([{ name: 'Nerys Pritchard', uprn: '99000000417', address: ['7 Invented Row', 'Riverbourne', 'ZZ99 7AB'] }]);
    expect(await rows(`select 1 as one from kernel.audit where action = 'identity.proved-details-learned'`)).toHaveLength(1);
  });

  it('keeps what it proved apart from what somebody tells of themselves, for what they are found by elsewhere', async () => {
    const visitor = running.visitor();
    const details = await signIn(visitor, { person: 'nerys' });
    expect(await rows('select from identity.proved')).toEqual([]);
    await visitor.post(details.path, { name: 'Nes', language: 'cy' });
    await signIn(visitor, { person: 'nerys' }, '?confidence=medium');
    const [{ person_id: personId }] = (await rows('select person_id from identity.person')) as [{ person_id: PersonId }];
    const [proved] = extensionsOf(running.context('riverbourne'), PROVED_PERSON);
    const told = { asOf: expect.any(String) as string, source: 'sign-in', verified: 'identity-check' };
    expect(await proved?.proved(running.systemContext('riverbourne'), personId)).toEqual([
      { attribute: 'person.name', value: 'Nerys Pritchard', ...told }, { attribute: 'person.date-of-birth', value: '1958-03-14', ...told },
      { attribute: 'address.current', value: { lines: ['7 Invented Row', 'Riverbourne'], postcode: 'ZZ99 7AB', uprn: '99000000417' }, ...told },
    ]);
    expect(await proved?.proved(running.systemContext('glanafon'), personId)).toEqual([]);
    expect(await proved?.proved(running.context('riverbourne', { actor: testResident() }), personId)).toEqual([]);
  });

  it('keeps what the surest way in proved, and never part of it from one and part from another', async () => {
    await signIn(running.visitor(), { person: 'nerys' });
    const [{ person_id: personId }] = (await rows('select person_id from identity.person')) as [{ person_id: PersonId }];
    const proves = async (issuer: string, confidence: 'low' | 'medium', more: Partial<IdentityClaims>): Promise<Record<string, unknown> | undefined> => {
      const claims = { issuer, subject: 'nerys', confidence, ...more };
      await running.get(Database).run(running.systemContext('riverbourne'), (tx) => learnProved(tx, personId, subjectOf(tx, claims), claims, new Date()));
      return (await rows('select name, date_of_birth, uprn, confidence, issuer from identity.proved'))[0];
    };
    const [bank, office] = ['https://bank.example', 'https://office.example'];
    await proves(bank, 'low', { name: 'N. Pritchard', address: { lines: ['1 Weir Lane', 'ZZ99 1AB'], uprn: '99000000001' } });
    const byOffice = { name: null, date_of_birth: '1958-03-14', uprn: null, confidence: 'medium', issuer: office };
    expect(await proves(office, 'medium', { dateOfBirth: '1958-03-14' })).toEqual(byOffice);
    expect(await proves(bank, 'low', { name: 'Somebody Else', dateOfBirth: '1990-01-01' })).toEqual(byOffice);
    expect(await proves(office, 'low', { name: 'Somebody Else' })).toEqual(byOffice);
    expect(await proves(office, 'medium', { name: 'Nerys Pritchard' })).toEqual({ ...byOffice, name: 'Nerys Pritchard' });
    // Somebody else who is proved by the same far end.
    expect(await proves(office, 'medium', { subject: 'jonah', name: 'Jonah Imaginary' })).toEqual({ ...byOffice, name: 'Jonah Imaginary', date_of_birth: null });
  });

  it.each(['apart', 'join'])('loses nothing that was proved while somebody says to which account they belong (%s)', async (account) => {
    const mailbox = 'nerys.pritchard@post.example';
    const byCode = async (visitor: Visitor, at: string) => {
      const asked = await visitor.post(at, { contact: mailbox });
      return visitor.post(asked.path, { code: await running.get(Post).newestCode(mailbox) });
    };
    const owner = running.visitor();
    await owner.get('/sign-in');
    await byCode(owner, '/sign-in');
    const visitor = running.visitor();
    const which = await signIn(visitor, { person: 'nerys' }, '?confidence=medium&next=/claim');
    expect(which.path).toMatch(/^\/sign-in\/which\//);
    const chosen = await visitor.post(which.path, { account });
    if (account === 'join') await byCode(visitor, chosen.path);
    const learned = await rows(`select p.name, p.uprn, v.date_of_birth, v.uprn as proved_uprn from identity.person p join identity.proved v using (council_id, person_id)`);
    expect(learned).toEqual([{ name: 'Nerys Pritchard', uprn: '99000000417', date_of_birth: '1958-03-14', proved_uprn: '99000000417' }]);
    expect(await rows('select 1 as one from identity.person')).toHaveLength(account === 'join' ? 1 : 2);
  });

  it('joins to an account nobody who is proved to be somebody else: one mailbox may be two people’s', async () => {
    const mailbox = 'nerys.pritchard@post.example';
    const [owner, visitor] = [running.visitor(), running.visitor()];
    const byCode = async (by: Visitor, at: string): Promise<void> => {
      const asked = await by.post(at, { contact: mailbox });
      await by.post(asked.path, { code: await running.get(Post).newestCode(mailbox) });
    };
    await owner.get('/sign-in');
    await byCode(owner, '/sign-in');
    const [{ person_id: personId }] = (await rows('select person_id from identity.person')) as [{ person_id: PersonId }];
    const claims = { issuer: 'https://office.example', subject: 'nia', confidence: 'medium' as const, name: 'Nia Pritchard', dateOfBirth: '1990-01-01' };
    await running.get(Database).run(running.systemContext('riverbourne'), (tx) => learnProved(tx, personId, subjectOf(tx, claims), claims, new Date()));
    const which = await signIn(visitor, { person: 'nerys' }, '?confidence=medium&next=/claim');
    await byCode(visitor, (await visitor.post(which.path, { account: 'join' })).path);
    expect(await rows('select provider from identity.sign_in')).toEqual([{ provider: 'identity.one-time-code' }]);
    expect(await rows('select name, date_of_birth from identity.proved')).toEqual([{ name: 'Nia Pritchard', date_of_birth: '1990-01-01' }]);
  });

  describe('somebody who is in the account of a code, where a service must be surer', () => {
    const NERYS = 'nerys.pritchard@post.example';
    const STEP_UP = '?confidence=medium&next=/claim';
    const byCode = async (visitor: Visitor, contact: string): Promise<void> => {
      await visitor.get('/sign-in');
      const asked = await visitor.post('/sign-in', { contact });
      await visitor.post(asked.path, { code: await running.get(Post).newestCode(contact) });
    };
    const accounts = () => rows(`select p.email, s.provider from identity.sign_in s join identity.person p using (council_id, person_id) order by p.created_at, p.person_id, s.provider`);

    it.each([['the same mailbox', NERYS], ['another mailbox', 'n.pritchard@work.example']])('stays there: the far end is added to it, with %s there', async (_which, contact) => {
      const visitor = running.visitor();
      await byCode(visitor, contact);
      const page = await visitor.get(`/sign-in${STEP_UP}`);
      expect(page.text).toContain('You stay in the account that you are signed in to. The way you choose is added to it');
      expect((await signIn(visitor, { person: 'nerys' }, STEP_UP)).path).toBe('/claim');
      expect(await accounts()).toEqual([{ email: contact, provider: ID }, { email: contact, provider: 'identity.one-time-code' }]);
      expect(await sessions()).toEqual([{ kind: 'resident', confidence: 'medium' }]);
      expect((await visitor.get(`/sign-in${STEP_UP}`)).path).toBe('/claim');
    });

    it.each(['another account’s way in', 'another account’s mailbox'])('stays there, and nothing is added, when it is %s', async (what) => {
      const [other, visitor] = [running.visitor(), running.visitor()];
      if (what.endsWith('mailbox')) await byCode(other, NERYS);
      else await signIn(other, { person: 'nerys' });
      await other.get('/sign-out');
      await other.post('/sign-out', {});
      await byCode(visitor, 'tom@post.example');
      const before = [await accounts(), await sessions(), await rows('select from identity.person')];
      const page = await signIn(visitor, { person: 'nerys' }, STEP_UP);
      expect([page.status, page.text]).toEqual([409, expect.stringContaining('is used already by another account')]);
      expect(page.text).toContain('<h1 class="govuk-heading-l">You are still signed in as before</h1>');
      expect(page.text).toContain('href="/claim"');
      expect([await accounts(), await sessions(), await rows('select from identity.person')]).toEqual(before);
    });

    it('is in their own account, whatever other account has the mailbox: they chose to be apart from it', async () => {
      await byCode(running.visitor(), NERYS);
      const visitor = running.visitor();
      const which = await signIn(visitor, { person: 'nerys' });
      await visitor.post(which.path, { account: 'apart' });
      const before = await accounts();
      expect((await signIn(visitor, { person: 'nerys' }, STEP_UP)).path).toBe('/claim');
      expect(await accounts()).toEqual(before);
      expect((await rows('select email_verified_at is not null as is_theirs from identity.person order by created_at, person_id')).map(({ is_theirs }) => is_theirs)).toEqual([true, false]);
      expect(await sessions()).toContainEqual({ kind: 'resident', confidence: 'medium' });
    });

    it('is nobody else: one whose proved date of birth is another is not added, and nothing of theirs is kept', async () => {
      const visitor = running.visitor();
      await byCode(visitor, 'tom@post.example');
      await signIn(visitor, { person: 'nerys' }, STEP_UP);
      await visitor.get('/sign-out');
      await visitor.post('/sign-out', {});
      await byCode(visitor, 'tom@post.example');
      const before = [await accounts(), await rows('select name, date_of_birth, address, issuer from identity.proved')];
      expect((await signIn(visitor, { person: 'jonah', identity: 'P2' }, STEP_UP)).status).toBe(409);
      expect([await accounts(), await rows('select name, date_of_birth, address, issuer from identity.proved')]).toEqual(before);
      expect(await sessions()).toEqual([{ kind: 'resident', confidence: 'none' }]);
    });

    it('reads whose account it is before they press, and comes back to the same service from signing out of it', async () => {
      const visitor = running.visitor();
      await byCode(visitor, 'tom@post.example');
      expect((await visitor.get(`/sign-in${STEP_UP}`)).text).toContain('the account of t…@post.example');
      expect((await visitor.get(`/sign-in${STEP_UP}&lang=cy`)).text).toContain('gyfrif t…@post.example');
      await running.owner.query(`update identity.person set name = 'Tom Imaginary'`);
      const page = await visitor.get(`/sign-in${STEP_UP}&lang=en`);
      expect(page.text).toContain('the account of Tom Imaginary');
      const action = /action="(\/sign-out[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
      expect((await visitor.post(action, {})).path).toMatch(/^\/sign-in\?.*next=%2Fclaim/);
      expect(await sessions()).toEqual([]);
    });

    it('goes on to the sign-in that was begun from signing out of an account that was opened by a far end, which signs out there too', async () => {
      const visitor = running.visitor();
      await signIn(visitor, { person: 'jonah' });
      const page = await visitor.get(`/sign-in${STEP_UP}`);
      const action = /action="(\/sign-out[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
      expect((await visitor.post(action, {})).path).toMatch(/^http.*\/logout/);
      expect(await sessions()).toEqual([]);
      expect((await visitor.get(SIGNED_OUT_PATH)).path).toMatch(/^\/sign-in\?.*next=%2Fclaim/);
      expect((await visitor.get(SIGNED_OUT_PATH)).text).toContain('You are signed out');
    });

    it('is offered another way in that they do not have', async () => {
      const visitor = running.visitor();
      await byCode(visitor, 'tom@post.example');
      const offered = async () => (await visitor.get('/sign-in?add')).text.includes(`/sign-in/with/${ID}`);
      expect(await offered()).toBe(true);
      await signIn(visitor, { person: 'nerys' }, '?add');
      expect(await offered()).toBe(false);
      expect((await visitor.get('/sign-in?add')).text).toContain('name="contact"');
    });

    it('signs in as before to have another way joined, though they are signed in', async () => {
      const visitor = running.visitor();
      await byCode(visitor, NERYS);
      expect((await visitor.get('/sign-in?next=/claim&join=')).text).toContain('Sign in the way you did before');
    });
  });

  it('leaves what somebody said of themselves as they said it', async () => {
    const visitor = running.visitor();
    const details = await signIn(visitor, { person: 'nerys' });
    await visitor.post(details.path, { name: 'Nes', language: 'cy' });
    await signIn(visitor, { person: 'nerys' }, '?confidence=medium');
    expect(await rows('select name from identity.person')).toEqual([{ name: 'Nes' }]);
  });

  it.each([
    ['access_denied', 400, 'The sign-in was not completed.'], ['temporarily_unavailable', 503, 'not available just now'], ['server_error', 503, 'not available just now'],
    ['unauthorized_client', 503, 'cannot be used for our services just now'], ['invalid_request', 400, 'We could not check the answer'],
  ])('says on a page what happened when One Login answers %s', async (error, status, words) => {
    const page = await signIn(running.visitor(), { error });
    expect(page.status).toBe(status);
    expect(page.text).toContain(words);
    expect(await sessions()).toEqual([]);
  });

  it.each([
    ['OpenID Connect Core 3.1.3.7: an ID token of another issuer', 'id-token-wrong-issuer'], ['OpenID Connect Core 3.1.3.7: an ID token for another client', 'id-token-wrong-audience'],
    ['RFC 9700 4.5.3.2: an ID token with another nonce', 'id-token-wrong-nonce'], ['RFC 8725 3.1: an ID token signed with the public key as a secret', 'id-token-signed-with-the-public-key'],
    ['RFC 8725 3.10: a core identity by a key of another controller', 'core-identity-of-another-controller'], ['RFC 8485 4: less confidence than was asked', 'core-identity-less-sure'],
  ] as const)('%s is refused with a page that says so, and changes nothing', async (_rule, fault) => {
    const [visitor, newcomer] = [running.visitor(), running.visitor()];
    await signIn(visitor, { person: 'nerys' });
    const before = [await sessions(), await rows('select * from identity.person'), await rows('select issuer, subject_hash from identity.sign_in')];
    simulator.fail(fault);
    for (const [each, person, title, again] of [[visitor, 'nerys', 'You are still signed in as before', '/claim'], [newcomer, 'jonah', 'You are not signed in', '/sign-in?next=%2Fclaim']] as const) {
      const page = await signIn(each, { person, identity: 'P2' }, '?confidence=medium&next=/claim');
      expect(page.status).toBe(400);
      expect(page.text).toContain(`<h1 class="govuk-heading-l">${title}</h1>`);
      expect(page.text).toContain(fault === 'core-identity-less-sure' ? 'We need to be surer of who you are' : 'We could not check the answer');
      expect(page.text).toContain(`href="${again}"`);
    }
    expect([await sessions(), await rows('select * from identity.person'), await rows('select issuer, subject_hash from identity.sign_in')]).toEqual(before);
    expect((await visitor.get('/account/details')).path).not.toMatch(/^\/sign-in\?/);
  });

  it('says on a page, in Welsh too, that an identity could not be proved, and how to get help', async () => {
    expect((await signIn(running.visitor(), { person: 'wren' }, '?confidence=medium')).text).toContain('You can still get help');
    expect((await signIn(running.visitor(), { person: 'wren' }, '?confidence=medium&lang=cy')).text).toContain('Gallwch gael help o hyd');
  });

  it('loses nobody when the answer to the code is lost: the page says to try again, and trying again works', async () => {
    const visitor = running.visitor();
    simulator.answer('/token', { isCut: true, afterItsWork: true, times: 1 });
    expect((await signIn(visitor, { person: 'jonah' })).status).toBe(503);
    expect((await signIn(visitor, { person: 'jonah' })).status).toBe(200);
    expect(await rows('select 1 as one from identity.person')).toHaveLength(1);
  });

  it('sends nobody there for half a minute when it let nobody back in three times in a row', async () => {
    const origin = running.origin('brackenfield');
    simulator.register({ clientId: 'brackenfield-client', publicKeys: { jwksUri: `${origin}${keysPath('resident', ID)}` }, redirectUris: [`${origin}${returnPath('resident', ID)}`], postLogoutRedirectUris: [`${origin}${SIGNED_OUT_PATH}`], levels: ['P0'] });
    const visitor = running.visitor('brackenfield');
    expect((await signIn(visitor, { person: 'jonah' })).status).toBe(200);
    await visitor.get('/sign-out');
    await visitor.post('/sign-out', {});
    simulator.answer('/userinfo', { isCut: true, times: 100 });
    for (let time = 1; time <= 3; time++) expect((await signIn(visitor, { person: 'jonah' })).status).toBe(503);
    await visitor.get('/sign-in');
    const left = await visitor.post(`/sign-in/with/${ID}`, {});
    expect([left.status, Number(left.headers['retry-after']) > 0]).toEqual([503, true]);
    simulator.answer('/userinfo');
    expect((await signIn(running.visitor(), { person: 'jonah' })).status).toBe(200);
  });

  it('publishes two public keys while they are changed, for anybody to fetch and keep, and no private part', async () => {
    const answer = await running.visitor().request(keysPath('resident', ID), { headers: { accept: 'application/json' } });
    expect(answer.headers['cache-control']).toBe('public, max-age=3600');
    const { keys } = answer.json<{ keys: Record<string, string>[] }>();
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use'], ['alg', 'e', 'kid', 'kty', 'n', 'use']]);
    expect((await running.visitor().request(keysPath('officer', ID))).status).toBe(404);
    expect((await running.visitor().request(keysPath('resident', 'identity.one-time-code'))).status).toBe(404);
  });

  it('hears of signing out, and comes back to the council only, with no token kept in clear', async () => {
    const visitor = running.visitor();
    await signIn(visitor, { person: 'nerys' });
    expect(JSON.stringify(await rows('select data from kernel.session'))).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
    await visitor.get('/sign-out');
    const left = await visitor.post('/sign-out', {});
    expect((await new SmallBrowser().open(left.path, simulator.origin)).url.href).toBe(`${running.origin()}${SIGNED_OUT_PATH}`);
  });
});

describe('a notice that somebody signed out at One Login', () => {
  it('ends every session of theirs, in every browser, and nobody else’s', async () => {
    const [one, two, other] = [running.visitor(), running.visitor(), running.visitor()];
    for (const visitor of [one, two]) await signIn(visitor, { person: 'nerys' });
    await signIn(other, { person: 'jonah' });
    expect(await simulator.sendLogout(CLIENT, simulator.subjectOf(CLIENT, 'nerys'))).toEqual({ clientId: CLIENT, status: 200 });
    expect(await sessions()).toHaveLength(1);
    expect((await one.get('/account/details')).path).toMatch(/^\/sign-in/);
  });

  it('acts once: the same one again is refused and ends no later session (replay)', async () => {
    const visitor = running.visitor();
    await signIn(visitor, { person: 'nerys' });
    const body = await notice();
    const first = await send(body);
    expect([first.status, first.headers['cache-control']]).toEqual([200, 'private, no-store']);
    await signIn(visitor, { person: 'nerys' });
    const again = await send(body);
    expect([again.status, again.json()]).toEqual([400, { error: 'invalid_request', error_description: 'This notice came before.' }]);
    expect(await sessions()).toHaveLength(1);
  });

  it('acts once even when it comes five times at the same moment', async () => {
    const body = await notice();
    const statuses = await Promise.all([1, 2, 3, 4, 5].map(async () => (await send(body)).status));
    expect(statuses.sort()).toEqual([200, 400, 400, 400, 400]);
  });

  it('of somebody who was never here is answered like any other', async () => {
    expect((await send(await notice('urn:fdc:gov.uk:2022:never-here'))).status).toBe(200);
  });

  it.each(['logout-token-wrong-issuer', 'logout-token-wrong-audience', 'logout-token-forged', 'logout-token-unsigned', 'logout-token-expired'] as const)('that is no true one (%s) is answered with 400 and ends nothing', async (fault) => {
    await signIn(running.visitor(), { person: 'nerys' });
    simulator.fail(fault);
    expect((await send(await notice())).status).toBe(400);
    expect(await sessions()).toHaveLength(1);
  });

  it('that is empty, odd or at the wrong address is refused', async () => {
    for (const body of ['', '{}', 'logout_token=x', `logout_token=${'x'.repeat(20_000)}`]) expect((await send(body)).status).toBe(400);
    expect((await send(await notice(), undefined, loggedOutPath('resident', 'identity.nobody'))).status).toBe(404);
    expect((await send(await notice(), undefined, loggedOutPath('officer', 'identity.demo-officers'))).status).toBe(404);
  });

  it('is forgotten when it could not be replayed any more', async () => {
    await send(await notice());
    await running.get(ForgetSignIns).run(running.systemContext());
    expect(await rows('select 1 as one from identity.logout_notice')).toHaveLength(1);
    await running.owner.query(`update identity.logout_notice set expires_at = now() - interval '1 second'`);
    await running.get(ForgetSignIns).run(running.systemContext());
    expect(await rows('select 1 as one from identity.logout_notice')).toEqual([]);
  });
});

describe('a council for which One Login proves nobody', () => {
  it('does not offer it where a service must be surer', async () => {
    expect((await running.visitor('riverbourne').get('/sign-in?confidence=medium')).text).toContain('Sign in with GOV.UK One Login');
    const glanafon = running.visitor('glanafon');
    expect((await glanafon.get('/sign-in')).text).toContain('Sign in with GOV.UK One Login');
    const surer = (await glanafon.get('/sign-in?confidence=medium')).text;
    expect(surer).not.toContain('GOV.UK One Login');
    expect(surer).toContain('You can still get help: contact us');
    // Who is signed in is told of no way that would be added.
    await glanafon.get('/sign-in');
    const asked = await glanafon.post('/sign-in', { contact: 'tom@post.example' });
    await glanafon.post(asked.path, { code: await running.get(Post).newestCode('tom@post.example') });
    expect((await glanafon.get('/sign-in?confidence=medium')).text).not.toContain('The way you choose');
  });
});

describe('a One Login that is down', () => {
  it('keeps nobody waiting: after three in a row who could not set out, the next is told so at once', async () => {
    const DISCOVERY = '/.well-known/openid-configuration';
    const asked = (): number => simulator.calls.filter(({ path }) => path === DISCOVERY).length;
    simulator.answer(DISCOVERY, { status: 503 });
    const visitor = running.visitor('glanafon');
    await visitor.get('/sign-in');
    const before = asked();
    for (let each = 1; each <= 3; each++) expect((await visitor.post(`/sign-in/with/${ID}`, {})).status).toBe(503);
    expect(asked()).toBe(before + 9);
    expect((await visitor.post(`/sign-in/with/${ID}`, {})).status).toBe(503);
    expect(asked()).toBe(before + 9);
    simulator.answer(DISCOVERY);
  });
});
