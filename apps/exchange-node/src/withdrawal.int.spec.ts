import { randomBytes, randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { KilledProcess, freePorts } from '@guildhall/app-riverbourne/killed-process';
import { startDurableTestDatabase, type DurableTestDatabase } from '@guildhall/embedded-database/testing';
import { startTestApp, type TestApp } from '@guildhall/kernel/testing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, choiceScope, formatCheckpoint, MerkleTree, signAgreement, signNote, signRequest, type Agreement, type Body, type ChoiceState, type ExchangeAnswer } from '@guildhall/sharing-contract';
import { agreementBetween, requestUnder } from '@guildhall/sharing-contract/testing';
import { Agreements, Choices, Links, OwnNode, Peers } from '@guildhall/sharing/testing';
import { exchangeNode } from './node-config';

const MINUTE = 60_000;
/** Long enough for a slow machine, and shorter than any schedule on which something might be looked at anew. */
const HEARD_WITHIN_MS = 40_000;
const KEY = randomBytes(32).toString('base64');
const [PERSON, ACCOUNT] = ['01990000-0000-7000-8000-0000000000e1', 'account-4711'];

describe('a stop that is pressed at one node', () => {
  let database: DurableTestDatabase;
  let folder: string;
  let app: TestApp;
  let agreement: Agreement;
  let bodies: readonly [Body, Body];
  let pairwise: string;
  const processes: KilledProcess[] = [];
  const SLUGS = ['riverbourne', 'aldermoor-care-trust'] as const;

  beforeAll(async () => {
    const built = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-b', join(__dirname, '..')], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stdout);
    database = await startDurableTestDatabase();
    folder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'nodes-'));
    const ports = [await freePorts(), await freePorts()];
    const files = await Promise.all(SLUGS.map(async (body, at) => {
      const file = join(folder, `${body}.json`);
      await writeFile(file, JSON.stringify({
        id: `01990000-0000-7000-8000-0000000000d${at + 1}`, body, name: { en: body, cy: body }, origin: at === 0 ? 'https://riverbourne.example' : `http://localhost:${ports[at] ?? 0}`, logOrigin: `${body}.example/log`, keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], nation: 'england',
        contact: { telephone: '01632 960000', email: `data@${body}.example`, address: '1 Care Lane' },
      }));
      return file;
    }));
    // What officers do, and the press, done by the same code on the same database; no work is done here.
    app = await startTestApp({ councils: files.map((file) => exchangeNode(file)), database, settings: { GUILDHALL_KEY: KEY } });
    const [receiver, holder] = SLUGS.map((slug) => app.systemContext(slug)) as [ReturnType<TestApp['systemContext']>, ReturnType<TestApp['systemContext']>];
    const node = app.get(OwnNode);
    bodies = [node.body(receiver), node.body(holder)];
    const words = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: Object.fromEntries(bodies.map(({ id, name }) => [id, name])) };
    const year = new Date().getUTCFullYear();
    agreement = agreementBetween(...bodies, words, { from: `${year}-01-01`, review: `${year}-12-31`, until: `${year + 1}-12-31`, dpia: { ref: 'DPIA-1', date: `${year}-01-01` } });
    const envelope = signAgreement(agreement, node.signer(holder), signAgreement(agreement, node.signer(receiver)));
    for (const [ctx, peer] of [[receiver, bodies[1]], [holder, bodies[0]]] as const) {
      await app.get(Peers).pin(ctx, { body: peer });
      expect(await app.get(Agreements).keep(ctx, envelope, [peer])).toMatchObject({ ok: true });
    }
    ({ pairwise } = await app.get(Links).add(receiver, { peerId: SLUGS[1], localId: PERSON, provenBy: 'in-person' }));
    await app.get(Links).add(holder, { peerId: SLUGS[0], localId: ACCOUNT, provenBy: 'in-person', pairwise });
    const made = (at: 0 | 1, command: 'serve' | 'work'): KilledProcess => new KilledProcess({ main: join(__dirname, '../dist/main.js'), command, port: ports[at] ?? 0, dataFolder: folder, databaseUrl: database.appUrl, migrateUrl: database.url, env: { EXCHANGE_NODE: files[at] ?? '', GUILDHALL_KEY: KEY } });
    processes.push(made(1, 'serve'), made(0, 'work'));
    for (const each of processes) await each.start();
  }, 5 * MINUTE);
  afterAll(async () => {
    for (const each of processes) await each.kill();
    await app?.close();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const press = async (state: ChoiceState): Promise<void> => {
    const ctx = app.systemContext(SLUGS[0]);
    const link = await app.get(Links).ofPerson(ctx, SLUGS[1], PERSON);
    if (!link) throw new Error('Nobody is linked.');
    await app.get(Choices).choose(ctx, { localId: PERSON, subjectKey: link.subjectKey, agreementId: agreement.id, state, at: new Date(), scope: choiceScope(agreement), noticeDigest: `sha256:${'A'.repeat(43)}`, language: 'en', by: 'resident' });
  };
  const stateThere = async (): Promise<ChoiceState | undefined> => (await app.get(Choices).find(app.systemContext(SLUGS[1]), ACCOUNT, agreement.id))?.state;
  /** Whether the other node finds that nothing is to be said against a yes from then. */
  const isLetThere = async (at: string): Promise<boolean> => {
    const [{ logOrigin, id }, { endpoint }] = bodies;
    const signer = app.get(OwnNode).signer(app.systemContext(SLUGS[0]));
    const checkpoint = signNote(formatCheckpoint({ origin: logOrigin, size: 0, root: new MerkleTree().root() }), [{ name: logOrigin, key: signer.key }]);
    const body = JSON.stringify(requestUnder(agreement, { exchange: randomUUID(), subject: pairwise, checkpoint, choice: { state: 'given', at, scope: choiceScope(agreement), asOf: new Date().toISOString(), receipt: `sha256:${'A'.repeat(43)}` } }));
    const message = signRequest({ method: 'POST', targetUri: `${endpoint}/exchange`, body }, signer, { tag: 'guildhall-exchange', created: new Date(), nonce: randomBytes(16).toString('base64url') });
    const answer = (await (await fetch(message.targetUri, { method: 'POST', headers: message.fields as Record<string, string>, body })).json()) as ExchangeAnswer;
    const reason = answer.decision.reasons.find((one) => one.id === 'choice');
    if (!reason) throw new Error(`${id} was not answered.`);
    return reason.pass;
  };

  it('reaches the other node by the work of its own processes, that nobody drives, before anything that is done on a schedule', async () => {
    // The worker works when a first choice has come.
    await press('given');
    for (const until = Date.now() + MINUTE; (await stateThere()) !== 'given' && Date.now() < until; ) await wait(100);
    const at = new Date().toISOString();
    expect(await isLetThere(at)).toBe(true);
    await press('withdrawn');
    const pressed = Date.now();
    while ((await isLetThere(at)) && Date.now() - pressed < HEARD_WITHIN_MS) await wait(100);
    expect(await isLetThere(at)).toBe(false);
    expect(await stateThere()).toBe('withdrawn');
  }, 2 * MINUTE);
});
