import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { glanafon } from '@guildhall/app-glanafon';
import { CASES, type CasesApi } from '@guildhall/cases-contract';
import { configurationFile, type ConfigurationFile } from '@guildhall/configuration-contract';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { COMMAND, extensionsOf, registeredAt } from '@guildhall/kernel';
import { CONNECTION, type ConnectionCheck, type Outcome } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, type Answer, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { formsOnPage, textOf } from '../test/forms-on-page';
import { developmentSystems, riverbourneWith } from './council.config';

const HOME = '/desk/configuration';
const OFFICER = '01990000-0000-7000-8000-0000000000b7';
const SERVICE = 'service-settings/garden-waste';
const CASE_TYPE = 'case-type/garden-waste.subscription';
const MESSAGES = 'templates/garden-waste';
const clock = new FixedClock();
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ councils: [riverbourneWith(developmentSystems), glanafon], withCompanions: true, clock });
}, 120_000);
afterAll(() => app.close());

const manager = (slug = 'glanafon'): Promise<Visitor> => app.officerVisitor({ officerId: OFFICER, name: 'Mair Manager', roles: ['team-manager'] }, slug);
const exported = async (what: string, slug = 'riverbourne'): Promise<ConfigurationFile> => (await (await manager(slug)).request(`${HOME}/${what}/file`)).json<ConfigurationFile>();
const resealed = (file: ConfigurationFile, changes: Partial<ConfigurationFile>): ConfigurationFile => configurationFile({ ...file, ...changes });
const withSettings = (file: ConfigurationFile, settings: object): ConfigurationFile => resealed(file, { content: { settings: { ...(file.content as { settings: object }).settings, ...settings } } });
const startPage = async (slug = 'glanafon'): Promise<string> => textOf((await app.visitor(slug).get('/services/garden-waste?lang=en')).text);
/** What is published holds everywhere ten seconds later. */
const later = (): void => clock.advance(11);

async function bringIn(visitor: Visitor, file: unknown, language = 'en'): Promise<Answer> {
  await visitor.get(`${HOME}/bring-in?lang=${language}`);
  const boundary = 'a-boundary';
  const parts = [['name="_csrf"', visitor.formToken ?? ''], ['name="file"; filename="brought.json"\r\ncontent-type: application/json', typeof file === 'string' ? file : JSON.stringify(file)]].map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; ${name ?? ''}\r\n\r\n${value ?? ''}\r\n`);
  return visitor.request(`${HOME}/bring-in`, { body: `${parts.join('')}--${boundary}--\r\n`, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } });
}

/** The address of the draft that a file became. */
async function draftOf(visitor: Visitor, file: ConfigurationFile): Promise<string> {
  const { status, headers, text } = await bringIn(visitor, file);
  if (status !== 303) throw new Error(textOf(text));
  return (headers['location'] ?? '').split('?')[0] ?? '';
}

async function publish(visitor: Visitor, draft: string): Promise<string> {
  const base = /name="base" value="(\d+)"/.exec((await visitor.get(draft)).text)?.[1] ?? '';
  return (await visitor.post(`${draft}/publish`, { base })).path;
}

describe('configuration that travels', () => {
  it('of a service: Riverbourne’s fee and season are compared in words, published at Glanafon, seen in the journey ten seconds later, and put back', async () => {
    const file = withSettings(await exported(SERVICE), { season: { en: 'from April to October', cy: 'o fis Ebrill i fis Hydref' } });
    expect(file).toMatchObject({ kind: 'service-settings', package: { id: 'garden-waste', version: '0.1.0' }, definition: 1, from: { council: 'Riverbourne Borough Council', gssCode: 'E07000999' }, content: { settings: { yearlyFee: 5500 } } });
    const mair = await manager();
    expect(await startPage()).toContain('The first bin is £42.00 a year');
    const draft = await draftOf(mair, file);
    const compared = textOf((await mair.get(draft)).text);
    expect(compared).toMatch(/Fee for the first bin, a year £42\.00 £55\.00/);
    expect(compared).toMatch(/When waste is collected Welsh o fis Mawrth i fis Tachwedd o fis Ebrill i fis Hydref/);
    expect(textOf((await mair.get(`${draft}?lang=cy`)).text)).toMatch(/Ffi am y bin cyntaf, y flwyddyn £42\.00 £55\.00/);
    await mair.get(`${draft}?lang=en`);
    expect(await startPage()).toContain('£42.00 a year');
    expect(await publish(mair, draft)).toBe(`${HOME}/${SERVICE}?result=published`);
    expect(await startPage()).toContain('£42.00 a year');
    later();
    expect(await startPage()).toContain('The first bin is £55.00 a year');
    const page = textOf((await mair.get(`${HOME}/${SERVICE}`)).text);
    expect(page).toMatch(/In force Riverbourne Borough Council, Monday 23 November 2026 Mair Manager/);
    expect(page).toMatch(/Fee for the first bin, a year £42\.00 £55\.00/);
    await mair.post(`${HOME}/${SERVICE}/revisions/0/put-back`, { base: '1' });
    later();
    expect(await startPage()).toContain('£42.00 a year');
    expect(textOf((await mair.get(`${HOME}/${SERVICE}`)).text)).toContain('Everything is as the package and the council’s app have it.');
    await mair.get(`${HOME}/${SERVICE}/revisions/1`);
    await mair.post(`${HOME}/${SERVICE}/revisions/1/put-back`, { base: '2' });
    later();
    expect(await startPage()).toContain('£55.00 a year');
    const { rows } = await app.owner.query<{ action: string }>(`select action from kernel.audit where action like 'configuration.%' order by at, action`);
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(['configuration.brought-in', 'configuration.published']));
  });

  it('says on its page and to the doctor what of it does not fit the version that is installed now, until the package’s own is put back', async () => {
    const mair = await manager();
    const draft = await draftOf(mair, withSettings(await exported(SERVICE), { yearlyFee: 5600 }));
    await publish(mair, draft);
    later();
    const revision = Number(draft.split('/').at(-1));
    const doctor = (ctx = app.systemContext('glanafon')): Promise<ConnectionCheck> | undefined => extensionsOf(ctx, CONNECTION).find(({ id }) => id === 'configuration.published')?.check(ctx);
    expect(await doctor()).toMatchObject({ ok: true });
    // As if a version with one setting less had been installed.
    await app.owner.query(`update configuration.version set content = jsonb_set(content, '{settings,gone}', '1') where thing = 'garden-waste' and kind = 'service-settings' and revision = $1`, [revision]);
    expect(await doctor()).toEqual({ ok: false, message: expect.stringMatching(/^service-settings garden-waste: garden-waste has no setting "gone".*See “Configuration” on the desk/) as string });
    const page = textOf((await mair.get(`${HOME}/${SERVICE}?lang=en`)).text);
    expect(page).toMatch(/Revision \d+ does not fit the version that is installed now.* garden-waste has no setting "gone"/);
    expect(page).toMatch(/In force in part/);
    // What an older version wrote in another form is said too, on a page that opens; what belongs to a package that was taken out is not: no page is left for it.
    await app.owner.query(`update configuration.version set content = '{"settings":null}' where thing = 'garden-waste' and kind = 'service-settings' and revision = $1`, [revision]);
    await app.owner.query(`insert into configuration.version (council_id, kind, thing, revision, state, definition, package_version, content, made_at, made_by_id, made_by_name, settled_at, settled_by_id, settled_by_name, takes_effect_at) select council_id, kind, 'taken-out', revision, state, definition, package_version, content, made_at, made_by_id, made_by_name, settled_at, settled_by_id, settled_by_name, takes_effect_at from configuration.version where thing = 'garden-waste' and kind = 'service-settings' and revision = $1`, [revision]);
    expect(await doctor()).toEqual({ ok: false, message: expect.stringMatching(/^service-settings garden-waste: It cannot be read by the version that is installed\. What does not fit/) as string });
    expect(textOf((await mair.get(`${HOME}/${SERVICE}?lang=en`)).text)).toContain('It cannot be read by the version that is installed.');
    // Nor does it keep from holding what else is published.
    await publish(mair, await draftOf(mair, await exported(MESSAGES, 'glanafon')));
    later();
    expect(await startPage()).toContain('£42.00 a year');
    await mair.get(`${HOME}/${SERVICE}?lang=en`);
    await mair.post(`${HOME}/${SERVICE}/revisions/0/put-back`, { base: String(revision) });
    later();
    expect(await doctor()).toMatchObject({ ok: true });
    expect(textOf((await mair.get(`${HOME}/${SERVICE}?lang=en`)).text)).not.toContain('does not fit');
  });

  it('that is of another shape is refused with a sentence: a file, a draft that was kept under an older version, and a revision that is to be put back', async () => {
    const mair = await manager();
    const file = await exported(SERVICE);
    const refused = await bringIn(mair, resealed(file, { content: { settings: null } }));
    expect([refused.status, textOf(refused.text)]).toEqual([422, expect.stringContaining('content.settings must be object')]);
    const [draft, published] = [await draftOf(mair, withSettings(file, { yearlyFee: 5700 })), await draftOf(mair, withSettings(file, { yearlyFee: 4200 }))];
    await publish(mair, published);
    later();
    for (const at of [draft, published]) await app.owner.query(`update configuration.version set content = '{"settings":null}' where thing = 'garden-waste' and kind = 'service-settings' and revision = $1`, [Number(at.split('/').at(-1))]);
    const page = await mair.get(`${draft}?lang=en`);
    expect([page.status, textOf(page.text)]).toEqual([200, expect.stringContaining('It was kept under another version, and cannot be read by the one that is installed.')]);
    expect(page.text).not.toContain(`${draft}/publish`);
    const base = String(published.split('/').at(-1));
    expect((await mair.post(`${draft}/publish`, { base })).path).toMatch(/result=does-not-fit$/);
    await mair.get(`${draft}?lang=en`);
    await mair.post(`${draft}/discard`, {});
    await mair.get(`${HOME}/${SERVICE}?lang=en`);
    await mair.post(`${HOME}/${SERVICE}/revisions/0/put-back`, { base });
    await mair.get(`${published}?lang=en`);
    expect((await mair.post(`${published}/put-back`, { base: String(Number(base) + 1) })).path).toMatch(/result=does-not-fit$/);
    later();
    expect(await startPage()).toContain('£42.00 a year');
  });

  it('of a case type: new cases have the new words and deadlines, running ones keep theirs', async () => {
    const open = async (number: number): Promise<string> => {
      await app.visitor('glanafon').get('/');
      const opened = await app.get<CasesApi>(CASES.token).open(app.systemContext('glanafon'), { caseId: `01990000-0000-7000-8000-00000000c0${number}`, idempotencyKey: `configured-${number}`, caseType: 'garden-waste.subscription', summary: { en: 'A bin', cy: 'Bin' }, answers: [] } as never) as Outcome<{ reference: string }, never>;
      if (!opened.ok) throw new Error('not opened');
      return opened.value.reference;
    };
    const statusOf = async (reference: string): Promise<string> => textOf((await (await manager()).get(`/desk/cases/${reference}?lang=en`)).text);
    const before = await open(10);
    const file = await exported(CASE_TYPE, 'glanafon');
    const content = file.content as { states: Record<string, object> };
    const changed = resealed(file, { content: { ...content, deadlineInWorkingDays: 3, states: { ...content.states, ordered: { ...content.states['ordered'], title: { en: 'Bins are packed', cy: 'Mae’r biniau wedi’u pacio' } } } } });
    const mair = await manager();
    const draft = await draftOf(mair, changed);
    expect(textOf((await mair.get(draft)).text)).toMatch(/State “Ordered”: name English Ordered Bins are packed/);
    await publish(mair, draft);
    later();
    const after = await open(11);
    expect(await statusOf(before)).toContain('Ordered');
    expect(await statusOf(before)).not.toContain('Bins are packed');
    expect(await statusOf(after)).toContain('Bins are packed');
    await mair.get(`${HOME}/${CASE_TYPE}`);
    await mair.post(`${HOME}/${CASE_TYPE}/revisions/0/put-back`, { base: '1' });
    later();
    expect(await statusOf(await open(12))).not.toContain('Bins are packed');
    expect(await statusOf(after)).toContain('Bins are packed');
  });

  it('of messages: the next one has the new words; a placeholder that nobody fills is refused', async () => {
    const file = await exported(MESSAGES);
    const name = Object.keys((file.content as { templates: object }).templates)[0] ?? '';
    const words = (file.content as { templates: Record<string, { title: object; channels: { email: { subject: { en: string; cy: string } } } }> }).templates[name];
    const withSubject = (subject: { en: string; cy: string }): ConfigurationFile => resealed(file, { content: { templates: { [name]: { ...words, channels: { ...words?.channels, email: { ...words?.channels.email, subject } } } } } });
    const mair = await manager();
    const refused = await bringIn(mair, withSubject({ en: 'For ((nobody))', cy: 'I ((nobody))' }));
    expect([refused.status, textOf(refused.text)]).toEqual([422, expect.stringContaining('uses ((nobody)), which is not among its placeholders')]);
    const old = words?.channels.email.subject ?? { en: '', cy: '' };
    await publish(mair, await draftOf(mair, withSubject({ en: `Your garden: ${old.en}`, cy: `Eich gardd: ${old.cy}` })));
    later();
    await app.visitor('glanafon').get('/');
    const { templates } = (await exported(MESSAGES, 'glanafon')).content as { templates: Record<string, { channels: { email: { subject: { en: string } } } }> };
    expect(templates[name]?.channels.email.subject.en).toBe(`Your garden: ${old.en}`);
  });

  it('holds for its council only', async () => {
    expect(await startPage('riverbourne')).toContain('£55.00 a year');
    expect(textOf((await (await manager('riverbourne')).get(`${HOME}/${SERVICE}?lang=en`)).text)).toContain('Nothing has been changed here yet.');
    expect((await (await manager('riverbourne')).get(`${HOME}/${SERVICE}/revisions/1`)).status).toBe(404);
  });
});

describe('a file that does not fit is refused with a sentence, and changes nothing:', () => {
  const refusals: readonly (readonly [string, (file: ConfigurationFile) => unknown, string])[] = [
    ['a fee below zero', (file) => withSettings(file, { yearlyFee: -1 }), '“Fee for the first bin, a year” must be an amount of money, from £0.00 to £500.00.'],
    ['a fee above what the service allows', (file) => withSettings(file, { yearlyFee: 50_001 }), 'from £0.00 to £500.00'],
    ['a setting that nobody knows', (file) => withSettings(file, { discount: 1 }), 'has no setting "discount"'],
    ['a ledger code', (file) => withSettings(file, { ledgerCode: { en: 'RB-1', cy: 'RB-1' } }), 'ledgerCode is a council’s own'],
    ['words where a fee belongs', (file) => withSettings(file, { yearlyFee: { en: 'free', cy: 'am ddim' } }), 'must be an amount of money'],
    ['a package that is not installed', (file) => resealed(file, { id: 'report-a-problem', package: { id: 'report-a-problem', version: '0.1.0' } }), 'report-a-problem, which Glanafon Council has not installed'],
    ['another version of the package', (file) => resealed(file, { package: { id: 'garden-waste', version: '0.2.0' } }), 'belongs to garden-waste 0.2.0, and Glanafon Council has 0.1.0'],
    ['another version of the service', (file) => resealed(file, { definition: 2 }), 'belongs to version 2 of garden-waste'],
    ['a thing of another package', (file) => resealed(file, { id: 'allotments', package: { id: 'garden-waste', version: '0.1.0' } }), 'has no service-settings allotments of garden-waste'],
    ['one that was changed on the way', (file) => ({ ...file, content: { settings: { yearlyFee: 1 } } }), 'not as it was when it was exported'],
    ['half a file', (file) => JSON.stringify(file).slice(0, 200), 'This is no file of configuration'],
    ['a list', () => [], 'This is not a file of configuration'],
    ['markup in words', (file) => resealed(file, { title: { en: '', cy: '' } }), 'title.en must NOT have fewer than 1 characters'],
    ['a file as long as a book', (file) => `${JSON.stringify(file)}${' '.repeat(300_000)}`, 'longer than any configuration'],
  ];
  it.each(refusals)('%s', async (_, spoil, says) => {
    const before = await app.owner.query('select count(*) from configuration.version');
    const { status, text } = await bringIn(await manager(), spoil(await exported(SERVICE)));
    expect([status, textOf(text)]).toEqual([422, expect.stringContaining(says)]);
    expect((await app.owner.query('select count(*) from configuration.version')).rows).toEqual(before.rows);
  });
  it.each([
    ['a fee', (file: ConfigurationFile) => withSettings(file, { yearlyFee: -1 }), 'fod yn swm o arian, o £0.00 i £500.00.'], ['a setting', (file: ConfigurationFile) => withSettings(file, { discount: 1 }), 'Nid oes gan garden-waste osodiad "discount".'],
    ['a version', (file: ConfigurationFile) => resealed(file, { definition: 2 }), 'Mae’r ffeil yn perthyn i fersiwn 2 o garden-waste, a fersiwn 1 sydd gan Cyngor Glanafon'], ['a list', () => [], 'Nid ffeil ffurfweddiad yw hon.'],
    ['a half', (file: ConfigurationFile) => ({ ...file, content: { settings: { yearlyFee: 1 } } }), 'Nid yw’r ffeil fel yr oedd pan gafodd ei hallforio'], ['no title', (file: ConfigurationFile) => resealed(file, { title: { en: '', cy: '' } }), 'Nid yw’r canlynol fel y dylai fod: title.en, title.cy.'],
  ])('in Welsh to whoever reads Welsh: %s', async (_, spoil, says) => {
    const { status, text } = await bringIn(await manager(), spoil(await exported(SERVICE)), 'cy');
    expect([status, textOf(text)]).toEqual([422, expect.stringContaining(says)]);
  });
  it('a case type without a state in which cases stand', async () => {
    const file = await exported(CASE_TYPE);
    const { ordered: _gone, ...states } = (file.content as { states: Record<string, object> }).states;
    const { status, text } = await bringIn(await manager(), resealed(file, { content: { ...file.content, states } }));
    expect([status, textOf(text)]).toEqual([422, expect.stringMatching(/The file has no words for the state ordered\. \d cases stand in the state ordered at this moment\./)]);
  });
  it('a case type with a placeholder that has no value', async () => {
    const file = await exported(CASE_TYPE);
    const { states } = file.content as { states: Record<string, object> };
    const { text } = await bringIn(await manager(), resealed(file, { content: { ...file.content, states: { ...states, ordered: { ...states['ordered'], publicText: { en: '((password))', cy: '((password))' } } } } }));
    expect(textOf(text)).toContain('the placeholder ((password)) is not one of');
  });
  it('words with markup are words: nothing of them runs on a page', async () => {
    const mair = await manager();
    const draft = await draftOf(mair, withSettings(await exported(SERVICE), { season: { en: '<script>alert(1)</script>', cy: '<b>x</b>' } }));
    expect((await mair.get(draft)).text).not.toContain('<script>alert');
    await mair.post(`${draft}/discard`, {});
    expect(textOf((await mair.get(draft)).text)).toContain('Discarded');
  });
});

describe('whoever publishes', () => {
  it('must have the permission: nobody, an adviser, a case officer, and another council’s manager are turned away', async () => {
    const adviser = await app.officerVisitor({ officerId: OFFICER, roles: ['adviser', 'case-officer'] }, 'glanafon');
    for (const path of [HOME, `${HOME}/bring-in`, `${HOME}/${SERVICE}`, `${HOME}/${SERVICE}/file`, `/api/configuration/v1/things`]) expect((await adviser.request(path)).status).toBe(403);
    expect((await app.visitor('glanafon').request(HOME)).status).toBe(303);
    const theirs = (await manager('riverbourne')).takeCookiesTo(app.visitor('glanafon'));
    expect((await theirs.request(`${HOME}/${SERVICE}/file`)).status).toBe(303);
  });

  it('after somebody else is told so, and so is the second of two at the same time; nothing is published twice', async () => {
    const [mair, other] = [await manager(), await manager()];
    const file = await exported(SERVICE);
    const drafts = [await draftOf(mair, withSettings(file, { yearlyFee: 6100 })), await draftOf(other, withSettings(file, { yearlyFee: 6200 }))];
    const bases = await Promise.all([mair, other].map(async (visitor, index) => /name="base" value="(\d+)"/.exec((await visitor.get(drafts[index] ?? '')).text)?.[1] ?? ''));
    const ends = await Promise.all([mair, other].map(async (visitor, index) => (await visitor.post(`${drafts[index] ?? ''}/publish`, { base: bases[index] ?? '' })).path.split('result=')[1]));
    expect(ends.sort()).toEqual(['changed-meanwhile', 'published']);
    expect((await mair.post(`${drafts[0] ?? ''}/publish`, { base: '0' })).path).toMatch(/result=(no-draft|changed-meanwhile)$/);
  });

  it('brings in ten files at the same time, and each becomes a draft of its own', async () => {
    const visitors = await Promise.all(Array.from({ length: 10 }, () => manager()));
    const file = await exported(SERVICE);
    const drafts = await Promise.all(visitors.map((visitor, index) => draftOf(visitor, withSettings(file, { concession: 100 + index }))));
    expect(new Set(drafts).size).toBe(10);
  });
});

describe('programs', () => {
  it('export, compare, bring in, publish and put back over REST', async () => {
    const { secret } = await app.get<IdentityApi>(IDENTITY.token).registerMachine(app.systemContext('glanafon'), { clientId: 'settings', title: 'Settings', permissions: ['configuration.share', 'configuration.publish'], expiresAt: new Date(clock.now().getTime() + 86_400_000) });
    const call = async (path: string, body?: object): Promise<Answer> => app.visitor('glanafon').request(`/api/configuration/v1/${path}`, { headers: { authorization: `Bearer settings.${secret}`, accept: 'application/json' }, ...(body && { json: body }) });
    expect((await call('things')).json<{ things: { id: string; kind: string }[] }>().things).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'service-settings', id: 'garden-waste', package: 'garden-waste', definition: 1 })]));
    const file = (await call(`things/${SERVICE}/file`)).json<ConfigurationFile>();
    const changed = withSettings(file, { yearlyFee: 4900 });
    expect((await call('comparisons', { file: changed })).json()).toMatchObject({ ok: true, value: { changed: [{ key: 'yearlyFee', after: '£49.00' }] } });
    const spoilt = await call('drafts', { file: { ...changed, id: 'other' } });
    expect([spoilt.status, spoilt.json()]).toEqual([422, expect.objectContaining({ ok: false })]);
    const drafted = await call('drafts', { file: changed });
    expect(drafted.status).toBe(201);
    const { revision } = drafted.json<{ value: { revision: number } }>().value;
    const { revisions } = (await call(`things/${SERVICE}/revisions`)).json<{ revisions: { revision: number; state: string }[] }>();
    const base = Math.max(...revisions.filter(({ state }) => state === 'published').map((one) => one.revision));
    expect((await call(`things/${SERVICE}/revisions/${revision}/publication`, { base: base - 1 })).json()).toMatchObject({ ok: false, refusal: { reason: 'changed-meanwhile' } });
    expect((await call(`things/${SERVICE}/revisions/${revision}/publication`, { base })).json()).toMatchObject({ ok: true, value: { state: 'published', settledBy: 'settings' } });
    later();
    expect(await startPage()).toContain('£49.00 a year');
    expect((await call(`things/${SERVICE}/putting-back`, { to: 0, base: revision })).status).toBe(200);
    later();
    expect(await startPage()).toContain('£42.00 a year');
  });
});

describe('the command', () => {
  let folder: string;
  beforeAll(async () => { folder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'configuration-')); });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const told = async (slug: string, words: readonly string[], flags: Readonly<Record<string, string | boolean>> = {}): Promise<string> => {
    const ctx = app.systemContext(slug);
    const command = registeredAt(ctx, COMMAND).find(({ name }) => name === 'configuration');
    return command ? command.run({ get: app.get } as never, ctx, { words, flags }) : 'there is none';
  };
  const drafts = async (): Promise<number> => (await app.owner.query(`select from configuration.version where state = 'draft'`)).rows.length;

  it('takes away what holds now as a file, the same as the page gives, and writes over none', async () => {
    const file = join(folder, 'riverbourne.json');
    expect(await told('riverbourne', ['export'])).toMatch(/^service-settings garden-waste {2}Garden waste/m);
    expect(await told('riverbourne', ['export', 'service-settings', 'garden-waste', file])).toMatch(/riverbourne\.json: .*, as it holds at Riverbourne Borough Council\.$/);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(await exported(SERVICE));
    await expect(told('riverbourne', ['export', 'service-settings', 'garden-waste', file])).rejects.toThrow('is there already');
    await expect(told('riverbourne', ['export', 'service-settings', 'ponds', join(folder, 'ponds.json')])).rejects.toThrow('There is no service-settings ponds to configure.');
  });

  it('shows what a file would change at this council, brings it in under the name of whoever does it, and publishes only what was compared', async () => {
    const mair = await manager();
    await mair.get(`${HOME}/${SERVICE}`);
    const file = join(folder, 'changed.json');
    await writeFile(file, JSON.stringify(withSettings(await exported(SERVICE, 'glanafon'), { yearlyFee: 4700 })));
    const compared = await told('glanafon', ['compare', file]);
    expect(compared).toMatch(/^Glanafon Council: .* \(service-settings garden-waste\), as Glanafon Council had it on .*\n {2}Fee for the first bin, a year\n {4}now {3}£\d+\.\d\d\n {4}then {2}£47\.00\n4 lines stay as now\.\n/);
    const base = /--base (\d+)$/.exec(compared)?.[1] ?? '';
    const before = await drafts();
    await expect(told('glanafon', ['import', file])).rejects.toThrow('Say who brings it in');
    expect(await drafts()).toBe(before);
    expect(await told('glanafon', ['import', file], { by: 'Mair Manager' })).toMatch(/kept as a draft, revision \d+/);
    await expect(told('glanafon', ['import', file], { by: 'Mair Manager', publish: true, base: String(Number(base) - 1) })).rejects.toThrow(/Something else has been published since you looked.*kept as a draft/);
    expect(await told('glanafon', ['import', file], { by: 'Mair Manager', publish: true, base })).toMatch(/published as revision \d+, and holds everywhere from 2026-/);
    later();
    expect(await startPage()).toContain('£47.00 a year');
    expect(textOf((await mair.get(`${HOME}/${SERVICE}?lang=en`)).text)).toContain('Mair Manager (node main.js configuration)');
    const { rows } = await app.owner.query<{ action: string }>(`select action from kernel.audit where actor_id = 'Mair Manager (node main.js configuration)' order by at, action`);
    expect(rows.map(({ action }) => action)).toEqual(['configuration.brought-in', 'configuration.brought-in', 'configuration.brought-in', 'configuration.published']);
  });

  it('refuses what the pages refuse, and a file whose words would steer the terminal says them plainly', async () => {
    const file = join(folder, 'refused.json');
    const theirs = await exported(SERVICE);
    await writeFile(file, JSON.stringify(withSettings(theirs, { yearlyFee: 50_001 })));
    await expect(told('glanafon', ['compare', file])).rejects.toThrow('from £0.00 to £500.00');
    await writeFile(file, JSON.stringify(await exported('service-settings/report-a-problem')));
    await expect(told('glanafon', ['import', file], { by: 'Mair Manager', publish: true })).rejects.toThrow('report-a-problem, which Glanafon Council has not installed');
    await writeFile(file, '{');
    await expect(told('glanafon', ['compare', file])).rejects.toThrow('is no file of configuration');
    await expect(told('glanafon', ['compare', join(folder, 'nowhere.json')])).rejects.toThrow('nowhere.json cannot be read');
    await expect(told('glanafon', ['swap', file])).rejects.toThrow('Usage: node main.js configuration export');
    await writeFile(file, JSON.stringify(withSettings(theirs, { season: { en: 'in \u001b[2JMay', cy: 'ym mis Mai' } })));
    expect(await told('glanafon', ['compare', file])).toContain('in  [2JMay');
  });
});

describe('the form', () => {
  const form = `${HOME}/${SERVICE}/change`;
  const fieldsOf = (html: string): Record<string, string> => Object.fromEntries(formsOnPage(html).find(({ action }) => action.endsWith('/change'))?.filled ?? []);
  const asShown = async (visitor: Visitor, path: string): Promise<Record<string, string>> => fieldsOf((await visitor.get(path)).text);
  beforeEach(async () => {
    await app.owner.query(`delete from configuration.version where kind = 'service-settings'`);
    later();
    await app.visitor('glanafon').get('/');
  });

  it('shows what holds now, keeps what is typed with its mistakes beside it, and makes a draft that is compared, published and put back like a file', async () => {
    const mair = await manager();
    const shown = await asShown(mair, `${form}?lang=en`);
    expect(shown).toMatchObject({ base: '0', 'value.yearlyFee': '42.00', 'value.season.cy': 'o fis Mawrth i fis Tachwedd' });
    expect(Object.keys(shown)).not.toContain('value.ledgerCode');
    const { status, text } = await mair.post(form, { ...shown, 'value.yearlyFee': '500.01', 'value.season.en': 'in spring', 'value.season.cy': '' });
    expect(status).toBe(422);
    expect(textOf(text)).toMatch(/There is a problem .*“Fee for the first bin, a year” must be £500\.00 or less .*Enter “When waste is collected” in Welsh/);
    expect(text).toMatch(/<a href="#value\.yearlyFee">[^]*id="value\.yearlyFee-error"/);
    expect(fieldsOf(text)).toMatchObject({ 'value.yearlyFee': '500.01', 'value.season.en': 'in spring', 'value.season.cy': '' });
    expect(textOf((await mair.post(form, shown)).text)).toContain('You have changed nothing');
    const kept = await mair.post(form, { ...shown, 'value.yearlyFee': '£46.50', 'value.season.en': 'in spring', 'value.season.cy': 'yn y gwanwyn' });
    expect(kept.path).toBe(`${HOME}/${SERVICE}/revisions/1?result=typed`);
    expect(textOf(kept.text)).toMatch(/Draft Typed here .*Fee for the first bin, a year £42\.00 £46\.50 .*When waste is collected Welsh o fis Mawrth i fis Tachwedd yn y gwanwyn .*2 lines stay as now/);
    // The draft is typed on, and the one before is no draft any more.
    const again = await asShown(mair, `${form}?draft=1`);
    expect(again).toMatchObject({ draft: '1', 'value.yearlyFee': '46.50', 'value.season.cy': 'yn y gwanwyn' });
    expect((await mair.post(form, { ...again, 'value.yearlyFee': '47.00' })).path).toMatch(/revisions\/2\?result=typed$/);
    expect(textOf((await mair.get(`${HOME}/${SERVICE}`)).text)).toMatch(/2 – Look at revision 2 Draft Typed here Mair Manager .*1 – Look at revision 1 Discarded Typed here/);
    expect(await publish(mair, `${HOME}/${SERVICE}/revisions/2`)).toBe(`${HOME}/${SERVICE}?result=published`);
    // It does not hold yet, and is not typed away.
    expect(await asShown(mair, form)).toMatchObject({ base: '2', 'value.yearlyFee': '47.00' });
    expect(await startPage()).toContain('£42.00 a year');
    later();
    expect(await startPage()).toContain('The first bin is £47.00 a year');
    const { rows } = await app.owner.query<{ action: string; actor_id: string }>(`select action, actor_id from kernel.audit where action = 'configuration.typed'`);
    expect(rows).toEqual(Array(2).fill({ action: 'configuration.typed', actor_id: OFFICER }));
  });

  it('that was begun before somebody else published is shown again with what was typed', async () => {
    const mair = await manager();
    const begun = await asShown(mair, `${form}?lang=en`);
    await mair.post(form, { ...begun, 'value.yearlyFee': '43.00' });
    await publish(mair, `${HOME}/${SERVICE}/revisions/1`);
    const { status, text } = await mair.post(form, { ...begun, 'value.concession': '11.00' });
    expect([status, textOf(text)]).toEqual([422, expect.stringContaining('Somebody else has published something since you began')]);
    expect(fieldsOf(text)).toMatchObject({ base: '1', 'value.concession': '11.00', 'value.yearlyFee': '42.00' });
    expect((await mair.post(form, fieldsOf(text))).path).toMatch(/revisions\/2\?result=typed$/);
  });

  it('takes the words of messages and kinds of case, and says beside the field what does not fit there', async () => {
    const mair = await manager();
    const messages = await asShown(mair, `${HOME}/${MESSAGES}/change?lang=en`);
    const [subject = ''] = Object.keys(messages).filter((name) => name.endsWith('email.subject.en'));
    const { status, text } = await mair.post(`${HOME}/${MESSAGES}/change`, { ...messages, [subject]: 'For ((nobody))' });
    expect([status, textOf(text)]).toEqual([422, expect.stringContaining('uses ((nobody)), which is not among its placeholders')]);
    expect(text).toContain(`<a href="#${subject}">`);
    expect((await mair.post(`${HOME}/${MESSAGES}/change`, { ...messages, [subject]: 'Your garden' })).path).toMatch(/templates\/garden-waste\/revisions\/\d+\?result=typed$/);
    const kind = await asShown(mair, `${HOME}/${CASE_TYPE}/change`);
    const compared = textOf((await mair.post(`${HOME}/${CASE_TYPE}/change`, { ...kind, 'value.states.ordered.title.en': 'Bins are packed' })).text);
    expect(compared).toMatch(/State “Ordered”: name English Ordered Bins are packed/);
    // What may be left out has a field where it is not there, is added by typing, and taken out by emptying.
    const absent = 'value.states.ordered.deskTitle';
    expect([kind[`${absent}.en`], kind[`${absent}.cy`]]).toEqual(['', '']);
    const half = await mair.post(`${HOME}/${CASE_TYPE}/change`, { ...kind, [`${absent}.en`]: 'To pack' });
    expect([half.status, half.text]).toEqual([422, expect.stringContaining(`<a href="#${absent}.cy">`)]);
    const added = await mair.post(`${HOME}/${CASE_TYPE}/change`, { ...kind, [`${absent}.en`]: 'To pack', [`${absent}.cy`]: 'I’w pacio' });
    expect(textOf(added.text)).toMatch(/State “Ordered”: name for officers English nothing To pack/);
    const again = await asShown(mair, `${HOME}/${CASE_TYPE}/change?draft=${/revisions\/(\d+)/.exec(added.path)?.[1] ?? ''}`);
    expect(textOf((await mair.post(`${HOME}/${CASE_TYPE}/change`, { ...again, [`${absent}.en`]: '', [`${absent}.cy`]: ' ' })).text)).toContain('You have changed nothing');
  });

  it('is for those who may share configuration, and nobody else', async () => {
    const adviser = await app.officerVisitor({ officerId: OFFICER, roles: ['adviser', 'case-officer'] }, 'glanafon');
    expect((await adviser.request(form)).status).toBe(403);
    expect((await (await manager()).request(`${HOME}/service-settings/ponds/change`)).status).toBe(404);
  });
});

describe('another process of the council', () => {
  it('learns of what was published here before it takes effect', async () => {
    const second = await startTestApp({ councils: [riverbourneWith(developmentSystems), glanafon], withCompanions: true, clock, database: app.database });
    try {
      const there = async (): Promise<string> => textOf((await second.visitor('glanafon').get('/services/garden-waste?lang=en')).text);
      expect(await there()).toContain('£42.00 a year');
      const mair = await manager();
      await publish(mair, await draftOf(mair, withSettings(await exported(SERVICE), { yearlyFee: 4400 })));
      expect(await there()).toContain('£42.00 a year');
      clock.advance(6);
      expect([await there(), await startPage()]).toEqual([expect.stringContaining('£42.00 a year'), expect.stringContaining('£42.00 a year')]);
      clock.advance(4);
      expect([await there(), await startPage()]).toEqual([expect.stringContaining('£44.00 a year'), expect.stringContaining('£44.00 a year')]);
    } finally {
      await second.close();
    }
  }, 120_000);

  it('that only does jobs writes a message in the words that were published', async () => {
    const mair = await manager();
    const file = await exported(MESSAGES, 'glanafon');
    const { templates } = file.content as { templates: Record<string, { channels: { email: { subject: object } } }> };
    const { subscribed } = templates;
    const words = { ...subscribed, channels: { ...subscribed?.channels, email: { ...subscribed?.channels.email, subject: { en: 'A garden of your own', cy: 'Gardd i chi’ch hun' } } } };
    await publish(mair, await draftOf(mair, resealed(file, { content: { templates: { ...templates, subscribed: words } } })));
    later();
    const worker = await startTestApp({ councils: [riverbourneWith(developmentSystems), glanafon], withCompanions: true, clock, database: app.database });
    try {
      await app.get<CasesApi>(CASES.token).open(app.systemContext('glanafon'), { caseId: '01990000-0000-7000-8000-00000000c0aa', idempotencyKey: 'configured-by-a-worker', caseType: 'garden-waste.subscription', summary: { en: 'A bin', cy: 'Bin' }, answers: [], openedFor: { language: 'en', contact: { name: 'Pat Whistlewood', email: 'pat@post.example' } } } as never);
      await worker.drainJobs();
      const { rows } = await app.owner.query<{ title: string }>(`select title from notifications.message where template_id = 'garden-waste.subscribed'`);
      expect(rows.map(({ title }) => title)).toEqual(['A garden of your own']);
    } finally {
      await worker.close();
    }
  }, 120_000);
});
