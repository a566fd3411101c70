import { SmallBrowser } from '@guildhall/identity-contract/testing';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp } from '@guildhall/kernel/testing';
import type { TestApp, Visitor } from '@guildhall/kernel/testing';
import { Post, councils, emptied } from '../test/council';
import { ForgetSignIns } from './signing-in/forget-sign-ins';

const MAIL = 'nia.new@post.example';
const clock = new FixedClock();
let running: TestApp;
let post: Post;

beforeAll(async () => { running = await startTestApp({ councils: councils(), clock, withCompanions: true, seed: true }); post = running.get(Post); });
afterAll(() => running.close());
beforeEach(async () => {
  await emptied(running);
  clock.advance(3600);
});

/** Asks for a code and opens the page to enter it. */
async function asked(visitor: Visitor, contact = MAIL, query = ''): Promise<string> {
  await visitor.get(`/sign-in${query}`);
  const page = await visitor.post(`/sign-in${query}`, { contact });
  expect(page.path).toMatch(/^\/sign-in\/code\/[0-9a-f-]{36}$/);
  return page.path;
}
/** Signs in by a code and says a name when asked. */
async function signedIn(visitor: Visitor, contact = MAIL, name = 'Nia New'): Promise<void> {
  const path = await asked(visitor, contact);
  const page = await visitor.post(path, { code: await post.newestCode(contact) });
  if (page.path.startsWith('/sign-in/details')) await visitor.post(page.path, { name, language: 'en' });
}
/** Signs in at the development identity provider as somebody, and brings the answer back. */
async function farEnd(visitor: Visitor, choice: string, options: { provider?: string; desk?: boolean; query?: string } = {}): Promise<string> {
  const { provider = options.desk ? 'identity.demo-officers' : 'identity.demo-residents', desk, query = '' } = options;
  const base = desk ? '/desk/sign-in' : '/sign-in';
  await visitor.get(`${base}${query}`);
  const left = await visitor.post(`${base}/with/${provider}${query}`, {});
  const { origin } = new URL(left.path);
  const browser = new SmallBrowser();
  const page = await browser.open(left.path, origin);
  const back = await browser.open(page.url.href, origin, new URLSearchParams({ choice }));
  return `${back.url.pathname}${back.url.search}`;
}
async function people(): Promise<{ person_id: string; name: string | null; email: string | null; email_verified_at: Date | null }[]> {
  return (await running.owner.query('select person_id, name, email, email_verified_at from identity.person order by created_at, person_id')).rows;
}
async function events(type: string): Promise<Record<string, unknown>[]> {
  return (await running.owner.query('select data from kernel.event where type = $1 order by event_id', [type])).rows.map(({ data }) => data);
}
async function whoAmI(visitor: Visitor): Promise<string> {
  const { rows } = await running.owner.query('select kind from kernel.session');
  const page = await visitor.get('/account/details');
  return page.status === 200 && page.path === '/account/details' ? `resident of ${rows.length}` : 'nobody';
}

describe('signing in by a code', () => {
  it('leads a newcomer from their address to an account of their own and on to where they were going', async () => {
    const visitor = running.visitor();
    const page = await visitor.get('/sign-in?next=/claim');
    expect(page.text).toContain('<h1 class="govuk-heading-l">Sign in or create an account</h1>');
    expect(page.text).toMatch(/autocomplete="username"/);
    const path = await asked(visitor, ' Nia.New@Post.Example ', '?next=/claim');
    const code = await visitor.get(path);
    expect(code.text).toContain('nia.new@post.example');
    expect(code.text).toMatch(/autocomplete="one-time-code"/);
    const details = await visitor.post(path, { code: await post.newestCode(MAIL) });
    expect(details.path).toBe('/sign-in/details?next=%2Fclaim');
    const wrong = await visitor.post(details.path, { name: '', language: '' });
    expect(wrong.text).toContain('<title>Error: Tell us your name');
    expect(wrong.text).toContain('href="#name"');
    expect(wrong.text).toContain('href="#language"');
    expect((await visitor.post(details.path, { name: 'Nia New', language: 'cy' })).path).toBe('/claim');
    expect(await people()).toMatchObject([{ name: 'Nia New', email: MAIL, email_verified_at: expect.any(Date) }]);
  });

  it('gives the session a new id, ends the old one, and names it so that its drafts can be claimed', async () => {
    const visitor = running.visitor();
    const path = await asked(visitor);
    const [before] = (await running.owner.query('select session_hash from kernel.session')).rows;
    await visitor.post(path, { code: await post.newestCode(MAIL) });
    const after = (await running.owner.query('select session_hash, kind, previous_id, confidence from kernel.session')).rows;
    expect(after).toEqual([{ session_hash: expect.any(String), kind: 'resident', previous_id: before.session_hash, confidence: 'none' }]);
    expect(after[0].session_hash).not.toBe(before.session_hash);
    const [person] = await people();
    expect(await events('identity.person-signed-in')).toEqual([{ personId: person?.person_id, provider: 'identity.one-time-code', isFirst: true, previousSessionId: before.session_hash }]);
    const audited = (await running.owner.query('select action from kernel.audit order by audit_id')).rows.map(({ action }) => action);
    expect(audited).toEqual(expect.arrayContaining(['identity.code-sent', 'identity.person-registered', 'identity.way-in-added', 'identity.signed-in']));
  });

  it('knows somebody who comes again, by another spelling and from another browser', async () => {
    await signedIn(running.visitor());
    const again = running.visitor();
    const path = await asked(again, 'NIA.NEW@post.example');
    expect((await again.post(path, { code: await post.newestCode(MAIL) })).path).toBe('/account');
    expect(await people()).toHaveLength(1);
  });

  it('works by text message as well', async () => {
    const visitor = running.visitor();
    const path = await asked(visitor, '07700 900 555');
    expect((await visitor.get(path)).text).toContain('digits to 07700 900555.');
    const page = await visitor.post(path, { code: await post.newestCode('+447700900555') });
    expect(page.path).toMatch(/^\/sign-in\/details/);
  });

  it('answers alike whether or not there is an account', async () => {
    await signedIn(running.visitor());
    const seen: string[] = [];
    for (const contact of [MAIL, 'who.knows@post.example']) {
      const visitor = running.visitor();
      const { text } = await visitor.get(await asked(visitor, contact));
      seen.push(text.replaceAll(contact, 'CONTACT').replace(/[0-9a-f-]{36}/g, 'ID').replace(/value="[^"]{30,}"/g, 'TOKEN'));
    }
    expect(seen[0]).toBe(seen[1]);
  });

  it.each([
    ['', 'Enter your email address or mobile number'], ['nia', 'Enter an email address, like name@post.example, or a mobile number'], ['01632 960123', 'Enter a mobile number that can receive text messages'],
  ])('says what to do when the contact is %j', async (contact, message) => {
    const visitor = running.visitor();
    await visitor.get('/sign-in');
    const page = await visitor.post('/sign-in', { contact });
    expect(page.text).toContain(message);
    expect(page.text).toContain('<title>Error: ');
    expect(page.text).toContain('href="#contact"');
  });

  it('speaks Welsh on every page of it', async () => {
    const visitor = running.visitor();
    expect((await visitor.get('/sign-in?lang=cy')).text).toContain('Mewngofnodi neu greu cyfrif');
    const path = await asked(visitor);
    expect((await visitor.get(path)).text).toContain('Rhowch y cod');
    const page = await visitor.post(path, { code: '1' });
    expect(page.text).toContain('Nid yw’r cod yn gywir');
    expect((await visitor.post(path, { code: await post.newestCode(MAIL) })).text).toContain('Dywedwch eich enw wrthym');
    expect(post.arrived.at(-1)?.words).toContain('Eich cod mewngofnodi yw');
  });

  it('gives five tries to a code, and then none, not even to the right one', async () => {
    const visitor = running.visitor();
    const path = await asked(visitor);
    const right = await post.newestCode(MAIL);
    const wrong = right === '000000' ? '000001' : '000000';
    for (let i = 0; i < 4; i++) expect((await visitor.post(path, { code: wrong })).text).toContain('The code is not right');
    expect((await visitor.post(path, { code: wrong })).text).toContain('entered wrongly too often');
    expect((await visitor.post(path, { code: right })).text).toContain('entered wrongly too often');
    expect(await people()).toEqual([]);
  });

  it('gives no more tries to whoever tries many codes at once', async () => {
    const visitor = running.visitor();
    const path = await asked(visitor);
    const right = await post.newestCode(MAIL);
    const guesses = Array.from({ length: 20 }, (_, i) => String((Number(right) + 1 + i) % 1_000_000).padStart(6, '0'));
    await visitor.get(path);
    await Promise.all(guesses.map((code) => visitor.request(path, { form: { code } })));
    const [{ tries_left: left, version }] = (await running.owner.query('select tries_left, version from identity.challenge')).rows;
    // Each try that was answered took one off; those that lost the race every time were told nothing.
    expect(left).toBe(0);
    expect(version).toBeGreaterThanOrEqual(6);
    expect((await visitor.post(path, { code: right })).text).toContain('entered wrongly too often');
  });

  it('opens one account however often the right code is sent at once', async () => {
    const visitor = running.visitor();
    const path = await asked(visitor);
    const code = await post.newestCode(MAIL);
    await visitor.get(path);
    const answers = await Promise.all(Array.from({ length: 8 }, () => visitor.request(path, { form: { code } })));
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    expect(await people()).toHaveLength(1);
    expect(await events('identity.person-signed-in')).toHaveLength(1);
  });

  it('opens no account for whom no session is kept, and one when they send the same code again', async () => {
    const visitor = running.visitor();
    const path = await asked(visitor);
    const code = await post.newestCode(MAIL);
    await running.owner.query(`alter table kernel.session add constraint no_resident_today check (kind <> 'resident') not valid`);
    try {
      expect((await visitor.post(path, { code })).status).toBe(500);
    } finally {
      await running.owner.query('alter table kernel.session drop constraint no_resident_today');
    }
    expect(await people()).toEqual([]);
    expect(await events('identity.person-signed-in')).toEqual([]);
    expect(await whoAmI(visitor)).toBe('nobody');
    const details = await visitor.post(path, { code });
    await visitor.post(details.path, { name: 'Nia New', language: 'en' });
    expect(await people()).toHaveLength(1);
    expect(await whoAmI(visitor)).toBe('resident of 1');
  });

  it('refuses a code that is too old', async () => {
    const visitor = running.visitor();
    const path = await asked(visitor);
    const code = await post.newestCode(MAIL);
    clock.advance(601);
    expect((await visitor.post(path, { code })).text).toContain('This code is too old');
    expect(await people()).toEqual([]);
  });

  it('takes in one tab the code that another tab asked for', async () => {
    const visitor = running.visitor();
    const first = await asked(visitor);
    const firstCode = await post.newestCode(MAIL);
    await asked(visitor);
    const newest = await post.newestCode(MAIL);
    expect(newest === firstCode).toBe(false);
    expect((await visitor.post(first, { code: newest })).path).toMatch(/^\/sign-in\/details/);
  });

  it('sends another code when it is asked to, and the one before still works', async () => {
    const visitor = running.visitor();
    const path = await asked(visitor, MAIL, '?next=/claim');
    const earlier = await post.newestCode(MAIL);
    const again = await visitor.post(`${path}/again`, {});
    expect(again.path).toMatch(/\?again$/);
    expect(again.text).toContain('We have sent another code.');
    expect((await visitor.post(again.path.replace('?again', ''), { code: earlier })).path).toBe('/sign-in/details?next=%2Fclaim');
  });

  it('after the back button leads whoever has signed in on, and forgets nothing', async () => {
    const visitor = running.visitor();
    const path = await asked(visitor);
    const code = await post.newestCode(MAIL);
    await visitor.post(path, { code });
    await visitor.get('/sign-in/details');
    expect((await visitor.post(path, { code })).path).toBe('/account');
    expect((await visitor.get('/sign-in?next=/claim')).path).toBe('/claim');
    expect(await whoAmI(visitor)).toBe('resident of 1');
  });

  it('does not let another browser answer, though it knows the code and the address of the page', async () => {
    const path = await asked(running.visitor());
    const thief = running.visitor();
    await asked(thief, 'thief@post.example');
    const page = await thief.post(path, { code: await post.newestCode(MAIL) });
    expect(page.path).toBe('/sign-in');
    expect(await people()).toEqual([]);
  });

  it('is not lent to another council', async () => {
    const path = await asked(running.visitor());
    const elsewhere = running.visitor('glanafon');
    await elsewhere.get('/sign-in');
    expect((await elsewhere.post(path, { code: await post.newestCode(MAIL) })).path).toBe('/sign-in');
  });

  it('sends five codes to a contact in a quarter of an hour, whatever browser asks, and then more', async () => {
    for (let i = 0; i < 5; i++) await asked(running.visitor());
    const visitor = running.visitor();
    await visitor.get('/sign-in');
    expect((await visitor.post('/sign-in', { contact: MAIL })).text).toContain('You have asked for too many codes');
    await asked(visitor, 'somebody.else@post.example');
    clock.advance(901);
    await asked(visitor);
  });

  it('sends no more than five, though many ask at once', async () => {
    const visitors = Array.from({ length: 9 }, () => running.visitor());
    for (const visitor of visitors) await visitor.get('/sign-in');
    const pages = await Promise.all(visitors.map((visitor) => visitor.post('/sign-in', { contact: MAIL })));
    expect(pages.filter(({ path }) => path.startsWith('/sign-in/code/'))).toHaveLength(5);
    expect(pages.filter(({ text }) => text.includes('You have asked for too many codes'))).toHaveLength(4);
  });

  it('sends twenty codes to a contact in a day, and then more', async () => {
    for (let i = 0; i < 20; i++) {
      await asked(running.visitor());
      clock.advance(181);
    }
    const visitor = running.visitor();
    await visitor.get('/sign-in');
    expect((await visitor.post('/sign-in', { contact: MAIL })).text).toContain('You have asked for too many codes');
    clock.advance(86_400 - 20 * 181);
    await asked(visitor);
  });

  it('counts what was refused for one reason for no other: the browser that asked too often for one contact may ask for another', async () => {
    for (let i = 0; i < 5; i++) await asked(running.visitor());
    const visitor = running.visitor();
    await visitor.get('/sign-in');
    for (let i = 0; i < 10; i++) expect((await visitor.post('/sign-in', { contact: MAIL })).text).toContain('You have asked for too many codes');
    await asked(visitor, 'somebody.else@post.example');
  });

  it.each(['//evil.example', 'https://evil.example/', '/\\evil.example', '/%09/evil.example', 'javascript:alert(1)'])('RFC 9700 4.11.1: leads nowhere but to the council, though the link says %s (open redirect)', async (next) => {
    const visitor = running.visitor();
    const query = `?next=${encodeURIComponent(next)}`;
    const path = await asked(visitor, MAIL, query);
    const details = await visitor.post(path, { code: await post.newestCode(MAIL) });
    expect(details.path === '/sign-in/details?next=%2Faccount' || details.path.startsWith('/sign-in/details?next=%2F%2509')).toBe(true);
    const end = await visitor.request(`/sign-in/details${query}`, { form: { name: 'Nia', language: 'en' } });
    expect(new URL(end.headers['location'] ?? '', running.origin()).origin).toBe(running.origin());
  });

  it('writes nobody’s address into a log or an address bar', async () => {
    const visitor = running.visitor();
    const path = await asked(visitor);
    await visitor.post(path, { code: '000' });
    const page = await visitor.post(path, { code: await post.newestCode(MAIL) });
    expect(JSON.stringify(running.log.lines)).not.toMatch(/nia|post\.example/i);
    expect(`${path} ${page.path}`).not.toMatch(/nia|post\.example/i);
    expect(JSON.stringify((await running.owner.query('select data from kernel.event union all select data from kernel.waiting_job')).rows)).not.toMatch(/post\.example/);
    expect(JSON.stringify((await running.owner.query('select issuer, subject_hash from identity.sign_in')).rows)).not.toMatch(/post\.example/);
  });

  it('forgets codes and the addresses that they went to a day after they lapsed', async () => {
    await asked(running.visitor());
    clock.advance(86_400 + 601);
    await running.get(ForgetSignIns).run(running.systemContext());
    for (const table of ['challenge', 'throttle', 'attempt']) expect((await running.owner.query(`select from identity.${table}`)).rows).toEqual([]);
  });
});

describe('signing in at a far end', () => {
  it('leads there and back, to an account with what the far end has checked', async () => {
    const visitor = running.visitor();
    const page = await visitor.get(await farEnd(visitor, 'resident-mair-evans', { query: '?next=/claim' }));
    expect(page.path).toBe('/claim');
    expect(await people()).toMatchObject([{ name: 'Mair Evans', email: 'mair.evans@post.example', email_verified_at: expect.any(Date) }]);
    expect((await running.owner.query('select kind, confidence from kernel.session')).rows).toEqual([{ kind: 'resident', confidence: 'medium' }]);
  });

  it('RFC 9700 4.7.1: does not take an answer for another browser’s sign-in: nobody can sign somebody else in as themselves', async () => {
    const attacker = running.visitor();
    const answer = await farEnd(attacker, 'resident-tom-bell');
    const victim = running.visitor();
    await asked(victim);
    const page = await victim.get(answer);
    expect(page.status).toBe(400);
    expect(page.text).toContain('You are not signed in');
    expect(await people()).toEqual([]);
  });

  it('RFC 9700 2.1.1: takes an answer once; back or reload do no harm to whoever is signed in', async () => {
    const visitor = running.visitor();
    const answer = await farEnd(visitor, 'resident-mair-evans');
    expect((await visitor.get(answer)).path).toBe('/account');
    expect((await visitor.get(answer)).path).toBe('/account');
    expect(await events('identity.person-signed-in')).toHaveLength(1);
    expect((await running.visitor().get(answer)).status).toBe(400);
  });

  it('RFC 9700 4.4: takes an answer only from the provider that was asked (mix-up)', async () => {
    const visitor = running.visitor();
    const answer = await farEnd(visitor, 'resident-mair-evans');
    expect((await visitor.get(answer.replace('identity.demo-residents', 'identity.one-time-code'))).status).toBe(404);
    expect((await visitor.get(answer.replace('/sign-in/return/identity.demo-residents', '/desk/sign-in/return/identity.demo-officers'))).status).toBe(400);
    expect((await running.owner.query('select from kernel.session where kind <> $1', ['nobody'])).rows).toEqual([]);
  });

  it('RFC 9700 4.12: leaves for the far end by 303, so that no browser sends the form along', async () => {
    const visitor = running.visitor();
    await visitor.get('/sign-in');
    expect((await visitor.request('/sign-in/with/identity.demo-residents', { form: {} })).status).toBe(303);
  });

  it('says so when the person declined there', async () => {
    const visitor = running.visitor();
    const page = await visitor.get(await farEnd(visitor, 'decline'));
    expect(page.status).toBe(400);
    expect(page.text).toContain('The sign-in was not completed.');
  });

  it('asks again whoever is known less surely than a service needs, and offers no code for it', async () => {
    const visitor = running.visitor();
    await signedIn(visitor);
    const page = await visitor.get('/sign-in?next=/claim&confidence=medium');
    expect(page.text).toContain('Sign in so that we can be sure who you are');
    expect(page.text).not.toContain('name="contact"');
    const refused = await visitor.get(await farEnd(visitor, 'resident-tom-bell', { query: '?next=/claim&confidence=medium' }));
    expect(refused.text).toContain('We need to be surer of who you are');
    expect((await visitor.get(await farEnd(visitor, 'resident-mair-evans', { query: '?next=/claim&confidence=medium' }))).path).toBe('/claim');
    expect((await visitor.get('/sign-in?next=/claim&confidence=medium')).path).toBe('/claim');
  });

  it('does not hand one resident’s drafts to the next one in the same browser', async () => {
    const visitor = running.visitor();
    await signedIn(visitor);
    // As from a page that was left open since before.
    await visitor.get(await farEnd(visitor, 'resident-mair-evans'));
    const signIns = await events('identity.person-signed-in');
    expect(signIns.at(-1)).not.toHaveProperty('previousSessionId');
    expect((await running.owner.query('select previous_id from kernel.session')).rows).toEqual([{ previous_id: null }]);
  });
});

describe('one account with several ways in', () => {
  const MAIR = 'mair.evans@post.example';

  it('is never guessed: somebody whose address is another account’s says which they mean, and proves it', async () => {
    await signedIn(running.visitor(), MAIR, 'Mair Evans');
    const visitor = running.visitor();
    const which = await visitor.get(await farEnd(visitor, 'resident-mair-evans', { query: '?next=/claim' }));
    expect(which.path).toMatch(/^\/sign-in\/which\//);
    expect(which.text).toContain('You already have an account');
    expect(await whoAmI(visitor)).toBe('nobody');
    expect((await visitor.post(which.path, {})).text).toContain('Say whether you want to use the account you have');
    const join = await visitor.post(which.path, { account: 'join' });
    expect(join.text).toContain('Sign in the way you did before');
    const code = await visitor.post(join.path, { contact: MAIR });
    expect((await visitor.post(code.path, { code: await post.newestCode(MAIR) })).path).toBe('/claim');
    expect(await people()).toHaveLength(1);
    const later = running.visitor();
    expect((await later.get(await farEnd(later, 'resident-mair-evans'))).path).toBe('/account');
    expect(await people()).toHaveLength(1);
  });

  it('is not joined by whoever signs in to some other account', async () => {
    await signedIn(running.visitor(), MAIR, 'Mair Evans');
    const visitor = running.visitor();
    const which = await visitor.get(await farEnd(visitor, 'resident-mair-evans'));
    const join = await visitor.post(which.path, { account: 'join' });
    const code = await visitor.post(join.path, { contact: MAIL });
    await visitor.post(code.path, { code: await post.newestCode(MAIL) });
    expect((await running.owner.query('select provider from identity.sign_in order by provider')).rows).toEqual([{ provider: 'identity.one-time-code' }, { provider: 'identity.one-time-code' }]);
  });

  it('may be kept apart: then the address stays with the account that had it', async () => {
    await signedIn(running.visitor(), MAIR, 'Mair Evans');
    const visitor = running.visitor();
    const which = await visitor.get(await farEnd(visitor, 'resident-mair-evans', { query: '?next=/claim' }));
    expect((await visitor.post(which.path, { account: 'apart' })).path).toBe('/claim');
    expect((await people()).map((person) => person.email_verified_at !== null)).toEqual([true, false]);
    const later = running.visitor();
    await later.get(await farEnd(later, 'resident-mair-evans'));
    expect(await people()).toHaveLength(2);
  });

  it('does not let another browser choose', async () => {
    await signedIn(running.visitor(), MAIR, 'Mair Evans');
    const visitor = running.visitor();
    const which = await visitor.get(await farEnd(visitor, 'resident-mair-evans'));
    const thief = running.visitor();
    await asked(thief, 'thief@post.example');
    expect((await thief.post(which.path, { account: 'apart' })).path).toBe('/sign-in');
    expect(await people()).toHaveLength(1);
  });

  it('can be given another way by its owner, and lose one, but not the last', async () => {
    const visitor = running.visitor();
    await signedIn(visitor);
    const only = await visitor.get('/account/sign-in');
    expect(only.text).toContain('Code by email');
    expect(only.text).not.toContain('action="/account/sign-in/ways"');
    const added = await visitor.get(await farEnd(visitor, 'resident-mair-evans', { query: '?add' }));
    expect(added.path).toBe('/account/sign-in?added');
    expect(added.text).toContain('Sign in as an invented person');
    const way = /name="way" value="([^"]+)"/.exec(added.text)?.[1] ?? '';
    expect((await visitor.post('/account/sign-in/ways', { way })).path).toBe('/account/sign-in?removed');
    const [{ sign_in_id: last }] = (await running.owner.query('select sign_in_id from identity.sign_in')).rows;
    await visitor.post('/account/sign-in/ways', { way: last });
    expect((await running.owner.query('select from identity.sign_in')).rows).toHaveLength(1);
    expect(await people()).toHaveLength(1);
  });

  it('is closed wherever else it is open when a way in is removed: who came in by it stays in nowhere', async () => {
    const visitor = running.visitor();
    await signedIn(visitor);
    await visitor.get(await farEnd(visitor, 'resident-mair-evans', { query: '?add' }));
    const stranger = running.visitor();
    await stranger.get(await farEnd(stranger, 'resident-mair-evans'));
    expect((await stranger.get('/account/sign-in')).path).toBe('/account/sign-in');
    const page = await visitor.get('/account/sign-in');
    expect(page.text).toContain('you are signed out everywhere else too');
    const { rows: [{ sign_in_id: way }] } = await running.owner.query(`select sign_in_id from identity.sign_in where issuer not like 'code:%'`);
    expect((await visitor.post('/account/sign-in/ways', { way })).text).toContain('and you are signed out everywhere else');
    expect((await stranger.get('/account/sign-in')).path).toMatch(/^\/sign-in/);
    expect((await visitor.get('/account/sign-in')).path).toBe('/account/sign-in');
  });

  it('is signed in to before a way is added to it', async () => {
    const visitor = running.visitor();
    const page = await visitor.get('/sign-in?add');
    expect(page.path).toBe('/sign-in?next=%2Fsign-in%3Fadd');
    const code = await visitor.post(page.path, { contact: MAIL });
    expect((await visitor.post(code.path, { code: await post.newestCode(MAIL) })).path).toBe('/sign-in/details?next=%2Fsign-in%3Fadd');
  });

  it('does not take a way that is another account’s', async () => {
    const first = running.visitor();
    await first.get(await farEnd(first, 'resident-mair-evans'));
    const visitor = running.visitor();
    await signedIn(visitor);
    expect((await visitor.get(await farEnd(visitor, 'resident-mair-evans', { query: '?add' }))).text).toContain('already used to sign in to another account');
    const path = (await visitor.post('/sign-in?add', { contact: MAIR })).path;
    expect((await visitor.post(path, { code: await post.newestCode(MAIR) })).path).toBe('/account/sign-in?taken');
  });

  it('is opened for somebody whom another system registered by the address that they now prove', async () => {
    await running.owner.query(`insert into identity.person (council_id, person_id, name, email, email_normalised, email_verified_at, created_at, updated_at) values ($1, $2, 'Nia New', $3, $3, now(), now(), now())`, [running.context().council.id, '01990000-0000-7000-8000-0000000000c1', MAIL]);
    await signedIn(running.visitor());
    expect(await people()).toMatchObject([{ person_id: '01990000-0000-7000-8000-0000000000c1', name: 'Nia New' }]);
  });
});

describe('signing out', () => {
  it('asks first, ends the session here and then at the far end, and comes back', async () => {
    const visitor = running.visitor();
    await visitor.get(await farEnd(visitor, 'resident-mair-evans'));
    expect((await visitor.get('/sign-out')).text).toContain('Do you want to sign out?');
    expect(await whoAmI(visitor)).toBe('resident of 1');
    const left = await visitor.post('/sign-out', {});
    expect(left.path).toMatch(/^http:\/\/localhost:\d+\/session\/end\?/);
    expect(new URL(left.path).searchParams.get('post_logout_redirect_uri')).toBe(`${running.origin()}/sign-out/done`);
    expect((await running.owner.query('select from kernel.session')).rows).toEqual([]);
    expect((await visitor.get('/sign-out/done')).text).toContain('You are signed out');
  });

  it('is done here alone for whoever came by a code', async () => {
    const visitor = running.visitor();
    await signedIn(visitor);
    await visitor.get('/sign-out');
    expect((await visitor.post('/sign-out', {})).path).toBe('/sign-out/done');
    expect(await whoAmI(visitor)).toBe('nobody');
  });

  it('can be done for another device, and for all others at once', async () => {
    const visitors = [running.visitor(), running.visitor(), running.visitor()] as const;
    for (const visitor of visitors) await signedIn(visitor);
    const [mine, other, third] = visitors;
    const page = await mine.get('/account/sign-in');
    expect(page.text.match(/name="device" value="[\w-]{43}"/g)).toHaveLength(2);
    const device = /name="device" value="([\w-]{43})"/.exec(page.text)?.[1] ?? '';
    await mine.post('/account/sign-in/devices', { device });
    expect([await whoAmI(other), await whoAmI(third)].filter((who) => who === 'nobody')).toHaveLength(1);
    await mine.post('/account/sign-in/devices', { device: 'others' });
    expect([await whoAmI(other), await whoAmI(third)]).toEqual(['nobody', 'nobody']);
    expect(await whoAmI(mine)).toMatch(/^resident/);
  });
});
