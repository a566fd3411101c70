import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { glanafon } from '@guildhall/app-glanafon';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { catalogFaults, startTestApp, walkRoutes, walkTables, type Answer, type OpenDoor, type Stranger, type TestApp, type Visitor, type WalkedRoute } from '@guildhall/kernel/testing';
import { CONFIGURED, OURS, THEIRS, TOLD, fillBothCouncils, valueOf, type Things } from '../test/two-councils';
import { developmentSystems, riverbourneWith } from './council.config';

const ROLES = ['adviser', 'case-officer', 'team-manager'] as const;

/** With every module there is, also where nothing is behind it. */
const riverbourne = riverbourneWith({ ...developmentSystems, backOffices: [] });

let app: TestApp;
let things: Things;
beforeAll(async () => {
  app = await startTestApp({ councils: [riverbourne, glanafon], withCompanions: true, seed: true });
  things = await fillBothCouncils(app);
}, 180_000);
afterAll(() => app.close());
afterEach(() => { expect(app.log.lines.filter(({ level }) => level === 'error')).toEqual([]); });

const idOf = (slug: string): string => app.context(slug).council.id;

describe('the database that both councils share', () => {
  it('has no table, key, view, function or right that breaks the rules of isolation', async () => {
    expect(await catalogFaults(app.owner)).toEqual([]);
  });

  it('lets no role read, change, remove, put in or give away a row of another council', async () => {
    const [asGlanafon, asRiverbourne] = [await walkTables(app, { stranger: idOf('glanafon') }), await walkTables(app, { stranger: idOf('riverbourne') })];
    expect([...asGlanafon.open, ...asRiverbourne.open]).toEqual([]);
    // Each table had a row of one of the two at least that could have been got at.
    expect(asGlanafon.unproved.filter((table) => asRiverbourne.unproved.includes(table))).toEqual([]);
    expect(asGlanafon.tried + asRiverbourne.tried).toBeGreaterThan(1000);
  });

  it('finds a table that is left open', async () => {
    const table = 'kernel.left_open';
    await app.owner.query(`create table ${table} (council_id uuid not null, secret text, primary key (council_id, secret)); grant select, insert on ${table} to guildhall_app`);
    await app.owner.query(`insert into ${table} values ($1, 'ours')`, [idOf('riverbourne')]);
    try {
      const { open } = await walkTables(app, { stranger: idOf('glanafon') });
      expect(open.filter((one) => one.table === table && one.role === 'guildhall_app').map(({ verb }) => verb)).toEqual(expect.arrayContaining(['select', 'select without a council']));
      expect(await catalogFaults(app.owner)).toEqual(expect.arrayContaining([`${table} lacks forced row-level security`]));
    } finally {
      await app.owner.query(`drop table ${table}`);
    }
  });

  it('does not show the application what waiting work holds, not even its own', async () => {
    const { Client } = await import('pg');
    const client = new Client({ connectionString: app.database.appUrl, options: '-c role=guildhall_app' });
    await client.connect();
    try {
      await client.query(`set app.council_id = '${idOf('riverbourne')}'`);
      expect((await client.query('select job_id from kernel.waiting_job')).rowCount).toBeGreaterThan(0);
      await expect(client.query('select data from kernel.waiting_job')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('select data from queue.job')).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  });
});

/** Routes that lead to somebody's own thing: open to its owner only, although anybody may call some of them. */
const OWNED = /^\/(documents|payments\/:id|account\/(messages\/:id|data\/:request)|services\/:slug\/(paid|pay|done)|services\/:slug\/:page\/photos|status|sign-in\/(code|which)\/|account\/information\/(entries|receipts|tell-once|links\/away)\/)/;
const isOwned = ({ path }: WalkedRoute): boolean => OWNED.test(path) && path.includes(':');
const isOpenToAll = (route: WalkedRoute): boolean => (route.access.kind === 'public' || route.access.kind === 'webhook') && !isOwned(route);

function examples(): Record<string, string> {
  const { report, bought, caseId, personId, paymentId, documentInCase, documentInDraft, messageId, challengeId, pendingId, officerId, assistedDraft, shared, copyId } = things;
  return {
    reference: report.reference, caseId, documentId: documentInCase, draftId: bought.draftId, person: personId, officer: officerId, client: 'bin-lorries', subject: 'case', slug: 'garden-waste', page: 'number-of-bins',
    transition: 'look', provider: 'sandbox-redirect', name: 'sandbox-redirect', uprn: things.uprn, language: 'en', zoom: '14', centre: '51.86,-2.23', challenge: challengeId, pending: pendingId, type: 'case', request: copyId, kind: 'access', format: 'json',
    agreement: shared.agreement, attribute: 'address.current', number: '1', receipt: shared.receiptId, index: shared.index, step: 'purpose', peer: shared.peer, state: shared.linkState, ticket: shared.ticket, change: shared.changeId, '/desk/disputes/:id id': shared.disputeId, '/api/sharing/v1/inbox/:id/confirmation id': shared.changeId,
    ...Object.fromEntries(['', '/register', '/register.json', '/document', '/envelope', '/receipts', '/next', '/end'].map((end) => [`/desk/sharing/agreements/:id${end} id`, shared.onlyOurs])), ...Object.fromEntries(['', '/guideline', '/notes/:number'].map((end) => [`/desk/sharing/bodies/:id${end} id`, shared.onlyOurBody])),
    ...Object.fromEntries(['', '/sign', '/envelope', '/document', '/discard', '/:step'].map((end) => [`/desk/sharing/drafts/:id${end} id`, shared.draftId])),
    revision: CONFIGURED.revision, ...Object.fromEntries([...['', '/change', '/file', '/revisions/:revision', '/revisions/:revision/publish', '/revisions/:revision/discard', '/revisions/:revision/put-back'].map((end) => `/desk/configuration/:kind/:id${end}`), ...['/file', '/revisions', '/revisions/:revision/publication', '/revisions/:revision/discard', '/putting-back'].map((end) => `/api/configuration/v1/things/:kind/:id${end}`)].flatMap((path) => [[`${path} kind`, CONFIGURED.kind], [`${path} id`, CONFIGURED.id]])),
    '/desk/assist/:slug/:draftId draftId': assistedDraft, '/desk/assist/:slug/:draftId/sent draftId': assistedDraft,
    '/services/:slug/:page/photos/:documentId slug': 'report-a-problem', '/services/:slug/:page/photos/:documentId page': 'photos', '/services/:slug/:page/photos/:documentId documentId': documentInDraft,
    '/services/:slug/pay/:draftId draftId': things.draftToPay, '/services/:slug/paid/:draftId draftId': things.draftToPay,
    ...Object.fromEntries(['', '/start', '/return', '/receipt'].map((end) => [`/payments/:id${end} id`, paymentId])), ...Object.fromEntries(['', '/ask', '/refund', '/counter', '/reversal', '/pay-back'].map((end) => [`/desk/payments/:id${end} id`, paymentId])),
    ...Object.fromEntries(['', '/refresh', '/start', '/withdraw', '/refunds'].map((end) => [`/api/payments/v1/payments/:id${end} id`, paymentId])),
    ...Object.fromEntries(['', '/content', '/subject', '/links'].map((end) => [`/api/documents/v1/documents/:id${end} id`, documentInCase])),
    ...Object.fromEntries(['/account/messages/:id', '/desk/messages/:id', '/desk/messages/:id/case', '/desk/messages/:id/retry', '/desk/messages/:id/another-way', '/desk/messages/:id/dealt-with', '/api/notifications/v1/messages/:id', '/api/notifications/v1/messages/:id/retries'].map((path) => [`${path} id`, messageId])),
    ...Object.fromEntries([...['', '/edit', '/pause', '/resume', '/test', '/remove', '/secret', '/new-secret', '/deliveries', '/deliveries/:event', '/deliveries/:event/again', '/retry', '/replay'].map((end) => `/desk/subscriptions/:id${end}`), ...['', '/pause', '/resume', '/reveal-secret', '/secrets', '/tests', '/deliveries', '/deliveries/:event', '/deliveries/:event/replays', '/replays', '/dead-letters/retries'].map((end) => `/api/subscriptions/v1/subscriptions/:id${end}`)].map((path) => [`${path} id`, TOLD.subscriptionId])), event: TOLD.eventId,
    '/desk/messages/people/:id id': personId, '/api/notifications/v1/people/:id/messages id': personId, '/api/notifications/v1/people/:id/preferences id': personId, '/api/notifications/v1/subjects/:type/:id/messages id': caseId,
  };
}

/** What would be taken from whoever may: a refusal must not be one of the body. */
function bodies(): Record<string, object> {
  const { caseId, personId } = things;
  const change = { caseId, idempotencyKey: 'walked-in-from-outside' };
  const base = '/api/cases/v1/cases/:caseId';
  return {
    [`POST ${base}/moves`]: { ...change, transition: 'look' }, [`POST ${base}/notes`]: { ...change, text: 'A note' }, [`POST ${base}/updates`]: { ...change, text: 'An update' }, [`POST ${base}/answers`]: { ...change, text: 'An answer' }, [`POST ${base}/assignments`]: { ...change, team: 'streets' },
    'POST /api/payments/v1/payments/:id/refunds': { refundId: '01990000-0000-7000-8000-00000000beef', amountInPence: 100, reason: 'None' },
    'PATCH /api/identity/v1/people/:person': { name: 'Somebody Else' }, 'POST /api/identity/v1/claim-codes': { personId, claimId: '01990000-0000-7000-8000-00000000cafe' },
    'PUT /api/notifications/v1/people/:id/preferences': { stopsNews: false },
    'POST /api/configuration/v1/comparisons': { file: {} }, 'POST /api/configuration/v1/drafts': { file: {} }, 'POST /api/configuration/v1/things/:kind/:id/revisions/:revision/publication': { base: 0 }, 'POST /api/configuration/v1/things/:kind/:id/putting-back': { to: 0, base: 0 },
    ...Object.fromEntries(Object.entries({ pause: { words: 'Why', reason: 'identity' }, resume: {}, extend: { words: 'Why' }, refuse: { words: 'Why' }, 'give-copy': { leaveOut: [] }, 'decide-erasure': { decisions: [] } }).map(([what, said]) => [`POST /api/information-rights/v1/requests/:request/${what}`, { version: 99_999, ...said }])),
    'PUT /api/documents/v1/documents/:id/subject': { type: 'case', id: caseId }, 'POST /api/documents/v1/documents/:id/links': {},
  };
}

/** Answers that give nothing away: that there is no such case, nothing in a list, what whoever has never said prefers, and a way back to one's own account from a page of another session. */
const isNothing = (route: string, { status, text, headers }: Answer): boolean =>
  (status === 422 && text.includes('"reason":"unknown-case"')) || (status === 200 && /^(GET|PUT) \/api\/notifications\/v1\/(people|subjects)\//.test(route) && !/[0-9a-f]{8}-/.test(text)) || (status === 200 && /^GET \/api\/sharing\/v1\/people\//.test(route) && !text.includes('"at"')) || (status === 200 && /^GET \/api\/information-rights\/v1\/people\//.test(route) && text === '[]') || (status === 303 && / \/sign-in\/(code|which)\//.test(route) && headers['location'] === '/account');

const listOf = (doors: readonly OpenDoor[]): readonly string[] => doors.map(({ route, stranger, status, why }) => `${stranger}: ${route} ${status} ${why}`);

describe('every route of Riverbourne', () => {
  it('is shut to whoever it is not for', async () => {
    const identity = app.get<IdentityApi>(IDENTITY.token);
    const { secret } = await identity.registerMachine(app.systemContext(), { clientId: 'only-staff', title: 'Knows the staff', permissions: ['identity.read-staff'], expiresAt: new Date(Date.now() + 86_400_000) });
    const otherPerson = await app.residentVisitor('01990000-0000-7000-8000-0000000000aa');
    const strangers: Stranger[] = [
      { name: 'nobody', visitor: app.visitor(), mayUse: isOpenToAll },
      { name: 'another resident', visitor: otherPerson, mayUse: (route) => isOpenToAll(route) || (route.access.kind === 'residents' && !isOwned(route)) },
      { name: 'a machine that may only list staff', visitor: app.visitor(), headers: { authorization: `Bearer only-staff.${secret}` }, mayUse: (route) => isOpenToAll(route) || !route.path.startsWith('/api/') || mayAsMachine(route) },
      { name: 'Glanafon’s resident', visitor: (await app.residentVisitor(await valueOf(app, 'select person_id::text from identity.person where email = $1', THEIRS.email), 'glanafon')).takeCookiesTo(app.visitor()), mayUse: isOpenToAll },
      { name: 'Glanafon’s manager', visitor: (await officerOf('glanafon', ['team-manager', 'case-officer', 'adviser'])).takeCookiesTo(app.visitor()), mayUse: isOpenToAll },
    ];
    for (const role of ROLES) strangers.push({ name: role, visitor: await officerOf('riverbourne', [role]), mayUse: (route) => !isShutTo(role, route) });
    const owners: Stranger[] = [
      { name: 'the owner', visitor: things.owner.visitor(), mayUse: (route) => isOwned(route) && !/\/(shown|which\/:pending)$/.test(route.path) },
      { name: 'who has not chosen yet', visitor: things.undecided.visitor(), mayUse: ({ path }) => path === '/sign-in/which/:pending' },
      { name: 'a manager', visitor: await officerOf('riverbourne', ['team-manager', 'case-officer', 'adviser']), mayUse: (route) => route.access.kind === 'permission' && app.permissionsOf(['team-manager', 'case-officer', 'adviser']).has(route.access.permission.id) && !/^\/desk\/assist\/:slug\/:draftId|^\/api\/payments\/v1\/(own-payments|terms)$|^\/desk\/sharing\/publications\/:list\/file$|^\/(desk\/rights|api\/information-rights\/v1\/requests)\/:request\/copy/.test(route.path) },
      { name: 'the adviser', visitor: things.adviser.visitor(), mayUse: ({ path }) => /^\/desk\/assist/.test(path) },
    ];
    const { tried, open, shut } = await walkRoutes(app, { strangers, owners, examples: examples(), bodies: bodies(), isNothing });
    expect(listOf(open)).toEqual([]);
    expect(listOf(shut)).toEqual([]);
    expect(tried).toBeGreaterThan(500);
  }, 120_000);

  it('is shut on Glanafon’s side to Glanafon’s own people, where it leads to Riverbourne’s things', async () => {
    const leadsToThings = ({ path }: WalkedRoute): boolean => /:(reference|caseId|documentId|draftId|id|person|officer|challenge|pending|receipt|change|request)\b/.test(path);
    const theirs: Stranger[] = [
      { name: 'Glanafon’s resident', visitor: await app.residentVisitor(await valueOf(app, 'select person_id::text from identity.person where email = $1', THEIRS.email), 'glanafon'), mayUse: (route) => !leadsToThings(route) },
      { name: 'Glanafon’s manager', visitor: await officerOf('glanafon', ['team-manager', 'case-officer', 'adviser']), mayUse: (route) => !leadsToThings(route) },
      { name: 'nobody in Glanafon', visitor: app.visitor('glanafon'), mayUse: (route) => !leadsToThings(route) },
    ];
    const { tried, open } = await walkRoutes(app, { strangers: theirs, examples: examples(), bodies: bodies(), isNothing });
    expect(listOf(open)).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  });

  it('is found when it is open to somebody, and when it is shut to its owner', async () => {
    const isOne = (path: string) => (route: WalkedRoute): boolean => route.path === path;
    const { open, shut } = await walkRoutes(app, {
      strangers: [{ name: 'nobody', visitor: app.visitor(), mayUse: (route) => !isOne('/privacy')(route) }, { name: 'the owner herself', visitor: things.owner.visitor(), mayUse: (route) => !isOne('/payments/:id/receipt')(route) }],
      owners: [{ name: 'somebody else', visitor: await app.residentVisitor('01990000-0000-7000-8000-0000000000aa'), mayUse: isOne('/documents/:documentId') }], examples: examples(),
    });
    expect(listOf(open)).toEqual(['the owner herself: GET /payments/:id/receipt 200 it opened', 'nobody: GET /privacy 200 it opened']);
    expect(listOf(shut)).toEqual(['somebody else: GET /documents/:documentId 404 it is shut to its owner']);
  });

  function mayAsMachine({ access }: WalkedRoute): boolean {
    return access.kind === 'permission' && access.permission.id === 'identity.read-staff';
  }
  function isShutTo(role: (typeof ROLES)[number], { access, path }: WalkedRoute): boolean {
    if (access.kind === 'residents') return true;
    if (access.kind === 'permission') return !app.permissionsOf([role]).has(access.permission.id);
    // Officers may see documents and payments by their permissions; what residents do is not theirs.
    return /^\/(services\/:slug\/(paid|pay|done)\/|services\/:slug\/:page\/photos|status\/:)/.test(path);
  }
  function officerOf(slug: string, roles: readonly string[]): Promise<Visitor> {
    return app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000bb', roles, teams: ['streets', 'waste'] }, slug);
  }
});

describe('neither council sees the other’s', () => {
  it.each([['riverbourne', [THEIRS.name, THEIRS.email]], ['glanafon', [OURS.name, OURS.email, OURS.words]]] as const)('people, cases, payments or messages on any page of %s', async (slug, words) => {
    const manager = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000bb', roles: ROLES, teams: ['streets', 'waste'] }, slug);
    const references = (await app.owner.query<{ reference: string }>('select reference from cases."case" where council_id <> $1', [idOf(slug)])).rows.map(({ reference }) => reference);
    const paths = ['/desk', '/desk?view=unassigned', '/desk?view=team', '/desk/messages', '/outbox', '/api/cases/v1/cases?status=any', '/api/identity/v1/officers', ...words.map((word) => `/outbox?to=${encodeURIComponent(word)}`)];
    const look = async (path: string, asked: string): Promise<Answer> => (path === '/desk/search' ? manager.post(path, { q: asked }) : manager.get(path));
    for (const [path, asked] of [...paths.map((one) => [one, decodeURIComponent(one.split('?to=')[1] ?? '')] as const), ...words.map((word) => ['/desk/search', word] as const)]) {
      const { status, text } = await look(path, asked);
      // A search says again what was searched for.
      expect({ path, status, seen: [...references, ...words].filter((word) => text.includes(word) && word !== asked) }).toEqual({ path, status: 200, seen: [] });
    }
  });

  it('files: each has its own folder, and no address of one leads into the other’s', async () => {
    expect(readdirSync(join(app.dataFolder, 'documents')).filter((name) => !name.startsWith('_'))).toEqual([idOf('riverbourne')]);
    const { documentInCase } = things;
    for (const path of [`/documents/${documentInCase}`, `/documents/${documentInCase}/thumbnail`, `/api/documents/v1/documents/${documentInCase}`]) expect((await app.visitor('glanafon').get(path)).status).toBe(404);
    expect((await things.owner.visitor().request(`/documents/${documentInCase}`)).status).toBe(200);
  });

  it('sessions: who is signed in to one is nobody to the other', async () => {
    const here = things.owner.visitor();
    expect((await here.request('/account')).status).toBe(200);
    const there = here.takeCookiesTo(app.visitor('glanafon'));
    const { status, headers } = await there.request('/account');
    expect([status, headers['location']]).toEqual([303, '/sign-in?next=%2Faccount']);
    const manager = await app.officerVisitor({ officerId: things.officerId, roles: ['team-manager'] });
    expect((await manager.request('/desk')).status).toBe(200);
    expect((await manager.takeCookiesTo(app.visitor('glanafon')).request('/desk')).headers['location']).toMatch(/^\/desk\/sign-in/);
  });

  it('jobs: work of one that names a thing of the other finds nothing and changes nothing', async () => {
    await app.drainJobs();
    const before = await fingerprint();
    const jobs: [string, object][] = [
      ['do:payments.ask-about-attempt', { paymentId: things.paymentId, attempt: 1 }], ['do:notifications.send', { messageId: things.messageId }],
      ['on:services.submit-paid-draft', { event: { id: '01990000-0000-7000-8000-00000000feed', type: 'payments.payment-succeeded', at: new Date().toISOString(), data: { paymentId: things.paymentId, subject: { type: 'draft', id: things.draftToPay }, amountInPence: 5500 } } }],
    ];
    for (const [kind, data] of jobs) {
      await app.queueJob(kind, 'event' in data ? data : { data }, 'glanafon');
      // Finding nothing may be an error of the job's or nothing to do: it must not be somebody else's thing.
      await app.drainJobs().catch((error: { cause?: { code?: string } }) => expect(error.cause?.code).toBe('not-found'));
      expect({ kind, now: await fingerprint() }).toEqual({ kind, now: before });
    }
    app.log.lines.length = 0;
  });
});

describe('one server for two councils', () => {
  it('answers 421 under a name that is no council’s', async () => {
    for (const host of ['elsewhere.localhost', 'riverbourne.example', 'glanafon.localhost.evil.example']) expect((await app.visitor().request('/', { headers: { host } })).status).toBe(421);
    expect((await app.visitor().request('/')).text).toContain('Riverbourne');
    expect((await app.visitor('glanafon').request('/')).text).toContain('Glanafon');
  });

  it('has no page of a module or service that a council has not chosen', async () => {
    for (const path of ['/documents/01990000-0000-7000-8000-00000000dead', '/api/documents/v1/documents', '/services/report-a-problem', '/services/report-a-problem/problem']) expect({ path, status: (await app.visitor('glanafon').request(path)).status }).toEqual({ path, status: 404 });
    expect((await app.visitor().request('/services/report-a-problem')).status).toBe(200);
    expect((await app.visitor().request('/services/allotments')).status).toBe(404);
    expect((await app.visitor('glanafon').request('/services/allotments')).status).toBe(200);
  });
});

/** All that is stored of both councils, except what happens when somebody only looks. */
async function fingerprint(): Promise<Record<string, string>> {
  const tables = ['cases."case"', 'cases.timeline_entry', 'payments.payment', 'payments.attempt', 'payments.journal', 'services.draft', 'notifications.message', 'documents.document', 'identity.person'];
  return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await valueOf(app, `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from ${table} t`)])));
}
