import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path, { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import { Database, Public, defineModule, does, enqueue } from '@guildhall/kernel';
import { defineJob, type RequestContext } from '@guildhall/kernel-contract';
import { KeptLog, startTestApp, testCouncilDefinition } from '@guildhall/kernel/testing';
import { Controller, Get, Inject, Injectable, Module } from '@nestjs/common';
import { Pool } from 'pg';
import { CANARY, linesWithSigns, signsIn, signsInStores } from '../test/canary';
import { linksOnPage } from '../test/forms-on-page';
import { PROBLEMS, answerPages, assist, assistedReference, begin, confirmationOn, messageAt, payByCard, photo, problemAnswers, signInDemoResident, signInOfficer, type Answers } from '../test/journeys';
import { KilledProcess, MAIN, freePorts } from '../test/killed-process';
import { Person } from '../test/person';

const CODE = /\b\d{6}\b/;
const CLAIM_CODE = /\b[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}\b/;

/** A council's app in a process of its own, with everything that it logs. */
class Running {
  readonly people: Person[] = [];
  readonly #seenMessages = new Set<string>();
  private constructor(readonly process: KilledProcess, readonly port: number, readonly owner: Pool, readonly database: TestDatabase, readonly dataFolder: string) {}

  static async start(app: 'riverbourne' | 'glanafon'): Promise<Running> {
    const database = await startTestDatabase();
    const dataFolder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'canary-'));
    const port = await freePorts();
    const running = new KilledProcess({ main: MAIN[app], command: 'start', port, dataFolder, databaseUrl: database.appUrl, migrateUrl: database.url, logLevel: 'trace' });
    await running.start();
    const owner = new Pool({ connectionString: database.url, max: 2 });
    owner.on('error', () => undefined);
    return new Running(running, port, owner, database, dataFolder);
  }

  get home(): string { return `http://localhost:${this.port}`; }
  readonly work = async (): Promise<void> => undefined;

  /** Somebody whose browser is watched. */
  person(): Person {
    const person = new Person(this.home);
    this.people.push(person);
    return person;
  }

  /** The first message that was not read before and says this. Who reads the outbox of a practice council is nobody's journey. */
  async message(saying: RegExp): Promise<string> {
    for (const until = Date.now() + 30_000; Date.now() < until; await wait(100)) {
      const reader = new Person(this.home);
      await reader.open('/outbox');
      for (const { href } of linksOnPage(reader.page.html)) {
        if (!/^\/outbox\/[^/]+$/.test(href) || this.#seenMessages.has(href)) continue;
        const words = await messageAt(this, href);
        if (!saying.test(words)) continue;
        this.#seenMessages.add(href);
        return words;
      }
    }
    throw new Error(`No message says ${String(saying)}.`);
  }

  async idle(): Promise<void> {
    for (const until = Date.now() + 60_000; Date.now() < until; await wait(50)) {
      const { rows } = await this.owner.query<{ n: number }>(`select ((select count(*) from kernel.waiting_job where run_at <= now()) + (select count(*) from queue.job where name = 'work' and state < 'completed' and start_after <= now()))::int as n`);
      if (rows[0]?.n === 0) return;
    }
    throw new Error('Work is still waiting after a minute.');
  }

  /** Bends the practice provider. */
  fault(operation: string, fault: string, times = 1): Promise<number> {
    const body = JSON.stringify({ operation, fault, times });
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: this.port + 101, path: '/sandbox/faults', method: 'POST', agent: false, headers: { 'sandbox-control': 'yes', 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (answer) => { answer.resume().on('end', () => resolve(answer.statusCode ?? 0)); }).on('error', reject).end(body);
    });
  }

  async stop(): Promise<void> {
    await this.process.kill();
    await this.owner.end();
    await this.database.drop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }
}

let riverbourne: Running;
/** Signed in, in one browser, from the first test on. */
let resident: Person;
beforeAll(async () => {
  const built = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-b', join(__dirname, '..'), join(__dirname, '../../glanafon')], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stdout);
  riverbourne = await Running.start('riverbourne');
}, 300_000);
afterAll(() => riverbourne.stop());

/** Sends a form that is wrong, and expects to be told so. */
async function isRefused(person: Person, filled: Parameters<Person['send']>[0], button?: Parameters<Person['send']>[1]): Promise<void> {
  await person.send(filled, button);
  if (!/<title>\s*(Error|Gwall):/.test(person.page.html) && person.page.status < 400) throw person.lost('should say what is wrong');
}

async function signIn(at: Running, person: Person, contact: string): Promise<void> {
  await person.open('/sign-in?next=/account');
  await isRefused(person, { contact: `${CANARY.email}.` });
  await isRefused(person, { contact: `${CANARY.phone} 12345` });
  await person.send({ contact });
  await isRefused(person, { code: '000000' });
  await isRefused(person, { code: CANARY.name });
  await person.send({}, /another|arall/i);
  await at.message(CODE);
  await person.send({ code: CODE.exec(await at.message(CODE))?.[0] ?? '' });
  if (person.path !== '/sign-in/details') return;
  await isRefused(person, { name: '', language: 'en' });
  await isRefused(person, { name: `${CANARY.name} `.repeat(20), language: 'en' });
  await person.send({ name: CANARY.name, language: 'en' });
  if (person.path.startsWith('/sign-in')) throw person.lost('should be signed in');
}

const typedAddress = (id: string): Record<string, string> => ({ [`${id}-line1`]: CANARY.line1, [`${id}-town`]: CANARY.town, [`${id}-postcode`]: 'ZZ99 1AA' });

/** Garden waste with every mistake on every page. */
async function orderWithMistakes(person: Person): Promise<void> {
  await begin(person, 'garden-waste');
  const answers: Answers = {
    address: async () => {
      await person.send({ 'property-find': CANARY.line1 }, 'property-action=find');
      await isRefused(person, { ...typedAddress('property'), 'property-postcode': CANARY.town }, 'Continue');
      await isRefused(person, { ...typedAddress('property'), 'property-line1': '', 'property-town': CANARY.town }, 'Continue');
      await person.send(typedAddress('property'), 'Continue');
    },
    'number-of-bins': async () => {
      await isRefused(person, { numberOfBins: CANARY.name }, 'Continue');
      await person.send({ numberOfBins: '1' }, 'Continue');
    },
    concession: { getsCouncilTaxReduction: 'yes' },
  };
  await answerPages(person, 'garden-waste', answers);
  await isRefused(person, {});
}

describe('a person whose name, mailbox, telephone and house are known by nothing else', () => {
  it('signs in with mistakes, by email and by text, and changes their details with mistakes', async () => {
    const person = riverbourne.person();
    resident = person;
    await signIn(riverbourne, person, CANARY.email);
    await person.open('/account/details');
    await isRefused(person, { name: '', email: CANARY.email });
    await isRefused(person, { email: `${CANARY.name}@` });
    await isRefused(person, { phone: `${CANARY.phone} is mine` });
    await person.send({ name: CANARY.name, phone: CANARY.phone });
    for (const page of ['/account', '/account/sign-in', '/account/cases', '/account/payments', '/account/messages', '/account/details']) await person.open(page);
    await signIn(riverbourne, riverbourne.person(), CANARY.phone);
    // Messages that cannot be delivered, for good and for a while.
    for (const mailbox of ['perm-fail', 'temp-fail']) {
      const other = riverbourne.person();
      await other.open('/sign-in');
      await other.send({ contact: `${mailbox}@quicksilverfish.example` });
    }
    const leaving = riverbourne.person();
    await signInDemoResident(leaving, 'mair-evans');
    await leaving.open('/sign-out');
    await leaving.send();
  });

  it('buys, with every mistake, every card and a provider that fails', async () => {
    const person = resident;
    await orderWithMistakes(person);
    await riverbourne.fault('create', 'unavailable', 1);
    await person.send({ agreesToTerms: 'yes' });
    expect(person.page.status).toBe(503);
    await riverbourne.fault('create', 'nonsense', 1);
    await person.open('/services/garden-waste');
    await person.follow(/^Carry on where you stopped/);
    await person.send({}, 'action=pay');
    await person.open('/services/garden-waste/carry-on');
    await person.send({}, 'action=pay');
    for (const card of ['declined', 'fails'] as const) {
      await payByCard(person, card, CANARY.name);
      await person.send();
    }
    await isRefused(person, { cardNumber: CANARY.phone, holder: CANARY.name, securityCode: CANARY.name }).catch(() => undefined);
    await person.send({}, /^Cancel/);
    await person.send();
    await riverbourne.fault('fetch', 'unavailable', 1);
    await payByCard(person, 'succeeds', CANARY.name);
    for (let looks = 0; looks < 5 && !person.path.includes('/done/'); looks++) await person.follow(/^(Look again|Check now)/);
    confirmationOn(person);
    await riverbourne.idle();
    await person.open('/account/payments');
    await person.follow(/receipt/i);
    expect(person.text).toContain('Receipt');
  });

  it('reports every kind of problem, with files that are no photos, and writes to the council', async () => {
    const person = riverbourne.person();
    const pictures = async (): Promise<void> => {
      await isRefused(person, { pictures: { name: `${CANARY.file}.txt`, type: 'text/plain', bytes: Buffer.from(CANARY.words) } }, 'pictures-action=add');
      await isRefused(person, { pictures: { ...photo(CANARY.file, CANARY.words), bytes: photo(CANARY.file).bytes.subarray(0, 200) } }, 'pictures-action=add');
      await person.send({ pictures: photo(CANARY.file, CANARY.words) }, 'pictures-action=add');
      await person.send({}, 'Continue');
    };
    const contacts = [{ name: CANARY.name, email: CANARY.email }, { name: CANARY.name, phone: CANARY.phone }];
    for (const [number, problem] of PROBLEMS.entries()) {
      await begin(person, 'report-a-problem');
      const answers = problemAnswers(problem, { contact: contacts[number % 2], description: CANARY.words });
      await answerPages(person, 'report-a-problem', { ...answers, photos: number === 0 ? pictures : { }, 'what-you-saw': { whatYouSaw: `${CANARY.name}, ${CANARY.phone}` }, 'your-bin': (one) => one.send(typedAddress('property'), 'Continue') });
      await person.send();
      const { statusPath = '' } = confirmationOn(person);
      await person.open(statusPath);
      await isRefused(person, { words: `${CANARY.words} `.repeat(300) });
      await person.send({ words: `${CANARY.words}: ring ${CANARY.phone}` });
      await begin(person, 'report-a-problem');
      await person.open('/');
    }
    await person.open('/status/RB-0000-0000?key=wrong');
    expect(person.page.status).toBe(404);
    await riverbourne.message(/reference/i);
  });

  it('asks what is known of where they live, and looks for what was sent to them, in both languages', async () => {
    const person = riverbourne.person();
    await person.open('/');
    await isRefused(person, { postcode: `${CANARY.postcode} ${CANARY.name}` });
    await person.send({ postcode: CANARY.postcode.toLowerCase() });
    expect(person.text).toContain(CANARY.postcode);
    await person.send({}, 'Cymraeg');
    expect(person.text).toContain(CANARY.postcode);
    await person.send({}, `uprn=${CANARY.uprn}`);
    expect(person.page.html).toMatch(/<html lang="cy"[\s\S]*ZZ99 5BQ/);
    await person.send({}, 'English');
    expect(person.at).toBe('/your-area?lang=en');
    await person.open('/outbox');
    for (const to of [CANARY.phone, CANARY.email]) await person.send({ to });
    expect(person.text).toContain(CANARY.email);
    await person.send({}, 'Cymraeg');
    expect([person.at, person.text.includes(CANARY.email)]).toEqual(['/outbox?lang=cy', true]);
  });

  it('is looked for, written to, decided on and paid back by officers', async () => {
    const officer = riverbourne.person();
    await signInOfficer(officer, 'helen.shaw');
    for (const words of [CANARY.name, CANARY.phone, CANARY.email, CANARY.line1]) await officer.send({ q: words });
    expect(officer.text).toContain('RB-');
    const { rows: cases } = await riverbourne.owner.query<{ reference: string; case_type: string; payment_id: string | null }>(`select reference, case_type, payment_id from cases."case" where contact::text ~* 'quicksilverfish' order by case_type, reference`);
    for (const { reference, case_type: type, payment_id: payment } of cases) {
      await officer.open(`/desk/cases/${reference}`);
      await officer.send({ note: '' }, 'do=send').catch(() => undefined);
      await officer.open(`/desk/cases/${reference}`);
      await officer.send({ note: `${CANARY.name} rang from ${CANARY.phone}` }, 'do=send');
      await officer.open(`/desk/cases/${reference}`);
      await officer.send({ tell: `Dear ${CANARY.name}, ${CANARY.words}` }, 'do=send');
      if (payment) {
        await officer.open(`/desk/payments/${payment}/refund`);
        await isRefused(officer, { amount: CANARY.name, reason: CANARY.name });
        await officer.send({ amount: '1.00', reason: `${CANARY.name} asked, ${CANARY.phone}` });
        await officer.send({}, 'step=confirmed');
      }
      await officer.open(`/desk/cases/${reference}/moves/${type.startsWith('garden') ? 'decline' : 'ask-reporter'}`);
      await isRefused(officer, { reasons: '' }, type.startsWith('garden') ? 'do=preview' : 'do=confirm');
      if (type.startsWith('garden')) await officer.send({ reasons: `${CANARY.line1}: ${CANARY.words}` }, 'do=preview');
      await officer.send({ reasons: `${CANARY.line1}: ${CANARY.words}` }, 'do=confirm');
    }
    await riverbourne.idle();
    await officer.open('/desk/messages');
    for (const { href } of linksOnPage(officer.page.html).filter((link) => /^\/desk\/messages\/[0-9a-f-]{36}$/.test(link.href))) {
      await officer.open(href);
      await officer.send({}, /again/i).catch(() => undefined);
      await officer.open(href);
      await officer.send({}, /dealt/i).catch(() => undefined);
    }
  });

  it('is helped by an adviser, and claims what was done', async () => {
    const adviser = riverbourne.person();
    await signInOfficer(adviser, 'gwen.parry');
    await adviser.open('/desk/assist/report-a-problem');
    await adviser.send({ assistedName: CANARY.name, assistedPhone: `${CANARY.phone} home`, assistedEmail: `${CANARY.name}@` }, 'action=send');
    await assist(adviser, 'report-a-problem', { problem: 'fly-tipping', isDangerous: 'no', 'place-described': CANARY.line1, rubbishKinds: ['bags'], rubbishAmount: 'one', sawIt: 'yes', whatYouSaw: CANARY.words, description: CANARY.words, updates: 'text' }, { name: CANARY.name, phone: CANARY.phone, address: { line1: CANARY.line1, town: CANARY.town, postcode: 'ZZ99 1AA' } });
    const reference = assistedReference(adviser);
    const code = CLAIM_CODE.exec((await riverbourne.message(/enter the code/)).split('enter the code')[1] ?? '')?.[0] ?? '';
    const person = resident;
    await person.open('/claim');
    await isRefused(person, { code: CANARY.name });
    await person.send({ code });
    await riverbourne.idle();
    await person.open('/account/cases');
    expect(person.text).toContain(reference);
  });

  it('comes by another way in, and by the REST API', async () => {
    const person = riverbourne.person();
    await signInDemoResident(person, 'mair-evans');
    const officer = new Person(riverbourne.home);
    await signInOfficer(officer, 'helen.shaw');
    const visitor = officer.visitor();
    const api = (method: string, path: string, json: object): ReturnType<typeof visitor.request> => visitor.request(path, { method, json, headers: { 'x-csrf-token': visitor.formToken ?? '', 'idempotency-key': 'canary-1' } });
    const order = { caseId: '01990000-0000-7000-8000-00000000c0de', idempotencyKey: 'canary-case', caseType: 'report-a-problem.pothole', summary: `Pothole by ${CANARY.line1}`, openedFor: { contact: { name: CANARY.name, email: CANARY.email, phone: CANARY.phone }, language: 'en' }, location: { lines: [CANARY.line1, CANARY.town] }, answers: [{ section: 'You', question: 'Your name', answer: CANARY.name, personal: true }], channel: 'telephone' };
    const opened = await api('POST', '/api/cases/v1/cases', order);
    expect([201, 400]).toContain(opened.status);
    for (const wrong of [{ ...order, [CANARY.name]: 1 }, { ...order, summary: { [CANARY.email]: CANARY.name } }, { ...order, openedFor: { contact: { email: CANARY.name } } }, CANARY.name]) expect((await api('POST', '/api/cases/v1/cases', wrong as object)).status).toBeGreaterThanOrEqual(400);
    expect((await api('PATCH', '/api/identity/v1/people/not-a-person', { name: CANARY.name })).status).toBeGreaterThanOrEqual(400);
    expect((await api('POST', '/api/identity/v1/assisted-people', { personId: '01990000-0000-7000-8000-00000000c0df', name: CANARY.name, phone: CANARY.phone, basis: { authority: 'caller-for-themselves', checks: [] } })).status).toBeLessThan(500);
    await riverbourne.idle();
  });

  it('sends what no form would send, to addresses that are not there, while connections break', async () => {
    const visitor = riverbourne.person().visitor();
    await visitor.get('/sign-in');
    const send = (path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<number> => visitor.request(path, { form, headers }).then(({ status }) => status, () => 0);
    expect(await send('/sign-in', { contact: `${CANARY.email}\u0000` })).toBe(400);
    expect(await send('/sign-in', { contact: CANARY.email, _csrf: 'stale' })).toBe(403);
    expect(await send('/sign-in', { contact: CANARY.email }, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await send('/services/garden-waste/address', { 'property-line1': CANARY.line1.repeat(100_000) })).toBe(413);
    expect(await send(`/${encodeURIComponent(CANARY.name)}`, { name: CANARY.name })).toBe(404);
    for (const path of [`/people/${encodeURIComponent(CANARY.email)}`, `/services/${encodeURIComponent(CANARY.name)}`, `/sign-in?next=/${encodeURIComponent(CANARY.name)}`, `/desk/cases/${encodeURIComponent(CANARY.phone)}`, `/api/cases/v1/cases/${encodeURIComponent(CANARY.name)}`, `/your-area?postcode=${encodeURIComponent(CANARY.line1)}`, `/your-area?postcode=${encodeURIComponent(CANARY.postcode)}&uprn=${CANARY.uprn}`, `/services?q=${encodeURIComponent(CANARY.name)}`, `/%00${encodeURIComponent(CANARY.name)}`]) expect((await visitor.request(path)).status).toBeLessThan(500);
    await visitor.request('/', { headers: { host: 'quicksilverfish.example', 'user-agent': CANARY.name, 'x-forwarded-for': CANARY.phone } });
    await visitor.request('/sign-in', { method: 'POST', body: `{"contact": "${CANARY.email}`, headers: { 'content-type': 'application/json' } });
    await visitor.request('/sign-in', { method: 'POST', body: `--x\r\nContent-Disposition: form-data; name="${CANARY.name}"`, headers: { 'content-type': 'multipart/form-data; boundary=x' } }).catch(() => undefined);
    for (let cuts = 0; cuts < 30; cuts++) {
      await Promise.all([
        send('/sign-in', { contact: CANARY.email }), send('/services/report-a-problem/description', { description: CANARY.words }), send('/services/garden-waste/address', { ...typedAddress('property') }),
        riverbourne.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'guildhall_login' and datname = current_database()`),
      ]);
    }
  });

  it('is in no line of the log, no address, no figure, no job, no event and no entry of the audit trail', async () => {
    expect(riverbourne.process.output).toMatch(/"event":"request.failed"/);
    await expectNoSign(riverbourne, 300);
  });

  it('nor in those of a council whose payment provider calls back', async () => {
    const glanafon = await Running.start('glanafon');
    try {
      const person = glanafon.person();
      await signIn(glanafon, person, CANARY.email);
      await begin(person, 'garden-waste');
      await answerPages(person, 'garden-waste', { address: (one) => one.send(typedAddress('property'), CONTINUE), gate: { hasLockedGate: 'no' }, 'number-of-bins': { numberOfBins: '2' }, concession: { getsCouncilTaxReduction: 'no' } });
      await person.send({ agreesToTerms: 'yes' });
      await payByCard(person, 'declined', CANARY.name);
      await person.send();
      await payByCard(person, 'succeeds', CANARY.name);
      confirmationOn(person);
      await begin(person, 'allotments');
      await answerPages(person, 'allotments', { site: { sites: ['cae-melin'] }, size: { size: 'half' }, 'home-address': (one) => one.send(typedAddress('home'), CONTINUE), contact: { name: CANARY.name, email: CANARY.email } });
      await person.send();
      await person.open(confirmationOn(person).statusPath ?? '');
      await person.send({ words: `${CANARY.words}, ${CANARY.phone}` });
      await expectNoSign(glanafon, 30);
      expect((await glanafon.owner.query('select 1 from payments.provider_event')).rowCount).toBeGreaterThan(0);
    } finally {
      await glanafon.stop();
    }
  }, 120_000);

  it('would be found there, however it were written', () => {
    for (const text of [`to ${CANARY.name.toUpperCase()}`, `?contact=${encodeURIComponent(CANARY.email)}`, '+44 7700 900 733', '07700%20900733', `token ${Buffer.from(`{"email":"${CANARY.email}"}`).toString('base64url')}`, `x${Buffer.from(CANARY.name).toString('base64')}`, '%5A%65bulon', 'postcode=ZZ99+5BQ', `/your-area/${CANARY.uprn}`]) expect({ text, found: signsIn(text).length > 0 }).toEqual({ text, found: true });
    for (const text of ['request.answered /services/:slug 200', '01990000-0000-7000-8000-00000000c0de', 'RB-7K3F-92QD']) expect(signsIn(text)).toEqual([]);
  });
});

const CONTINUE = /^(Continue|Parhau)$/;

/** @param requests how many lines about requests the log has at least: an empty one proves nothing */
async function expectNoSign(at: Running, requests: number): Promise<void> {
  await at.idle();
  const log = at.process.output;
  expect(log.split('\n').filter((line) => line.includes('"event":"request.answered"')).length).toBeGreaterThan(requests);
  expect(linesWithSigns(log)).toEqual([]);
  const addresses = at.people.flatMap((person) => [...person.addresses]);
  expect(addresses.length).toBeGreaterThan(requests);
  expect(addresses.filter((address) => signsIn(address).length > 0)).toEqual([]);
  const metrics = await new Person(at.home).visitor().request('/metrics');
  expect(metrics.text).toContain('http_request_duration_seconds_bucket');
  expect(linesWithSigns(metrics.text)).toEqual([]);
  const { found, read } = await signsInStores(at.owner);
  expect(found).toEqual([]);
  for (const store of ['queued, done and failed jobs', 'events', 'audit trail', 'sessions'] as const) expect(read[store]).toBeGreaterThan(0);
  // The canary was really there: where people and cases are kept, it is found.
  const { rows } = await at.owner.query<{ text: string }>(`select concat_ws(' ', (select string_agg(p::text, ' ') from identity.person p), (select string_agg(c::text, ' ') from cases."case" c), (select string_agg(t::text, ' ') from cases.timeline_entry t)) as text`);
  expect(new Set(signsIn(rows[0]?.text ?? ''))).toEqual(new Set(['zebulon', 'quicksilverfish', '7700900733', '900733', 'quagmire', 'ostrichville', 'flibbertigibbet']));
}

const BreakDown = defineJob<Record<never, never>>('planted.break-down');
const MESSAGE = `duplicate key\n  Key (email)=(${CANARY.email}) exists\n    at ${CANARY.name} (${CANARY.line1})\nwe met at ${CANARY.town}`;

@Injectable()
class BreaksDown {
  run(): Promise<void> { return Promise.reject(Object.assign(new Error(MESSAGE), { detail: CANARY.phone })); }
}
@Controller('planted')
class PlantedController {
  constructor(@Inject(Database) private readonly database: Database) {}
  @Get('fault') @Public()
  fault(): never { throw new Error(MESSAGE); }
  @Get('job') @Public()
  async job(): Promise<object> {
    await this.database.run(contextFor(), async (tx) => { enqueue(tx, BreakDown, {}); });
    return {};
  }
  @Get('database') @Public()
  async inTheDatabase(): Promise<object> {
    return this.database.query(contextFor(), 'select $1::uuid', [CANARY.email]);
  }
}
@Module({ controllers: [PlantedController], providers: [BreaksDown] })
class PlantedModule {}
let contextFor: () => RequestContext;

describe('an error whose message quotes what somebody wrote', () => {
  it('is logged without it, and fails its job without it', async () => {
    const planted = defineModule({ id: 'planted', version: '0.1.0', packageFolder: path.join(__dirname, '..'), nest: PlantedModule, jobs: [does(BreakDown, BreaksDown)] });
    const app = await startTestApp({ councils: [testCouncilDefinition('testham', 1, [planted()])] });
    try {
      contextFor = () => app.context();
      for (const route of ['fault', 'database', 'job']) await app.visitor().request(`/planted/${route}`);
      await expect(app.drainJobs()).rejects.toThrow(/planted\.break-down failed/);
      expect(app.log).toBeInstanceOf(KeptLog);
      const text = app.log.lines.map((line) => JSON.stringify(line)).join('\n');
      expect(text).toContain('work.failed');
      expect(text.match(/request\.failed/g)).toHaveLength(2);
      expect(linesWithSigns(text)).toEqual([]);
    } finally {
      await app.close();
    }
  });
});
