import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KilledProcess, freePorts } from '@guildhall/app-riverbourne/killed-process';
import { startDurableTestDatabase, type DurableTestDatabase } from '@guildhall/embedded-database/testing';
import { startTestApp } from '@guildhall/kernel/testing';
import { signAssessment } from '@guildhall/assurance-contract';
import {
  MerkleTree, STARTER_ATTRIBUTES, STARTER_PURPOSES, answerFault, choiceScope, contentDigest, documentDigest, formatCheckpoint, keysAt, leafHash, openNote, parseCheckpoint, readExchangeAnswer, signAgreement, signNote, signRequest, verifyAnswer, type Agreement, type Body, type ExchangeAnswer, type Vocabulary,
} from '@guildhall/sharing-contract';
import { agreementBetween, bodyNamed, requestUnder, type BodyWithKey } from '@guildhall/sharing-contract/testing';
import { Agreements, Choices, Links, OwnNode, Peers } from '@guildhall/sharing/testing';
import { Pool } from 'pg';
import { exchangeNode } from './node-config';

const MINUTE = 60_000;
const LOCAL_ID = 'account-4711';
const RUNNING = 'a'.repeat(64);
const KEY = randomBytes(32).toString('base64');

describe('a node that is killed while it answers', () => {
  let database: DurableTestDatabase;
  let owner: Pool;
  let folder: string;
  let node: KilledProcess;
  let port: number;
  let holder: Body;
  let asker: BodyWithKey;
  let vocabulary: Vocabulary;
  let agreement: Agreement;
  let pairwise: string;
  /** Every checkpoint that left the node. */
  const checkpoints: string[] = [];

  beforeAll(async () => {
    const built = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-b', join(__dirname, '..')], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stdout);
    database = await startDurableTestDatabase();
    owner = new Pool({ connectionString: database.url, max: 2 });
    owner.on('error', () => undefined);
    folder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'node-'));
    port = await freePorts();
    const assessor = bodyNamed('assess-it', 'Assess It');
    const file = join(folder, 'node.json');
    await writeFile(file, JSON.stringify({
      id: '01990000-0000-7000-8000-0000000000c1', body: 'aldermoor-care-trust', name: { en: 'Aldermoor Care Trust', cy: 'Ymddiriedolaeth Gofal Aldermoor' }, origin: `http://localhost:${port}`, logOrigin: 'care.aldermoor.example/log',
      keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], nation: 'england', contact: { telephone: '01632 960000', email: 'data@care.aldermoor.example', address: '1 Care Lane' },
      assessors: [{ id: assessor.id, name: assessor.name, keys: assessor.keys, accreditations: [], linkedTo: [] }],
      sources: [{ kind: 'sql', connection: 'BACK_OFFICE', tables: [{ table: 'ctax.account', source: 'council-tax-register', localId: 'account_no', asOf: 'updated_on', attributes: { 'council-tax-reduction.receives': { column: 'ctr_award' } } }] }],
    }));
    await owner.query(`create schema ctax; create table ctax.account (account_no text primary key, ctr_award text, updated_on date); insert into ctax.account values ('${LOCAL_ID}', 'Y', '2026-11-01')`);
    asker = bodyNamed('riverbourne', 'Riverbourne Borough Council');
    // What an officer does, done by the same code on the same database, with the same key.
    const app = await startTestApp({ councils: [exchangeNode(file)], database, settings: { GUILDHALL_KEY: KEY, BACK_OFFICE: database.url } });
    const ctx = app.systemContext();
    holder = app.get(OwnNode).body(ctx);
    vocabulary = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: { [asker.id]: asker.name, [holder.id]: holder.name } };
    const today = new Date().toISOString().slice(0, 10);
    const year = Number(today.slice(0, 4));
    agreement = agreementBetween(asker, holder, vocabulary, { from: `${year}-01-01`, review: `${year}-12-31`, until: `${year + 1}-12-31`, dpia: { ref: 'DPIA-1', date: `${year}-01-01` } });
    const { signer: _signer, ...body } = asker;
    const assessment = signAssessment([{ name: asker.endpoint, digest: { sha256: RUNNING } }], { standard: 'ncsc-csp', assessedOn: today, validUntil: `${year + 1}-12-31`, coversChannels: true, findings: ['1', '2', '9', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) }, assessor.signer);
    await app.get(Peers).pin(ctx, { body, running: RUNNING, assessments: [assessment] });
    const kept = await app.get(Agreements).keep(ctx, signAgreement(agreement, app.get(OwnNode).signer(ctx), signAgreement(agreement, asker.signer)), [body]);
    if (!kept.ok) throw new Error(kept.refusal.message);
    const link = await app.get(Links).add(ctx, { peerId: asker.id, localId: LOCAL_ID, provenBy: 'in-person' });
    await app.get(Choices).choose(ctx, { localId: LOCAL_ID, subjectKey: link.subjectKey, agreementId: agreement.id, state: 'given', at: new Date(), scope: choiceScope(agreement), noticeDigest: documentDigest('in a test'), language: 'en', by: 'resident' });
    pairwise = link.pairwise;
    await app.close();
    node = new KilledProcess({ main: join(__dirname, '../dist/main.js'), command: 'serve', port, dataFolder: folder, databaseUrl: database.appUrl, migrateUrl: database.url, env: { EXCHANGE_NODE: file, GUILDHALL_KEY: KEY, BACK_OFFICE: database.url } });
    await node.start();
  }, 5 * MINUTE);
  afterAll(async () => {
    await node?.kill();
    await owner?.end();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  function question(exchange = randomUUID()): string {
    const at = new Date().toISOString();
    const checkpoint = signNote(formatCheckpoint({ origin: asker.logOrigin, size: 0, root: new MerkleTree().root() }), [{ name: asker.logOrigin, key: asker.signer.key }]);
    return JSON.stringify(requestUnder(agreement, { exchange, subject: pairwise, checkpoint, choice: { state: 'given', at, scope: choiceScope(agreement), asOf: at, receipt: `sha256:${'A'.repeat(43)}` } }));
  }

  /** What came back with its signature verified; nothing when the connection broke. @throws Error for what is not signed */
  async function signedAnswerTo(body: string): Promise<{ readonly status: number; readonly text: string } | undefined> {
    const now = new Date();
    const message = signRequest({ method: 'POST', targetUri: `${holder.endpoint}/exchange`, body }, asker.signer, { tag: 'guildhall-exchange', created: now, nonce: randomBytes(16).toString('base64url') });
    const came = await new Promise<{ status: number; headers: Record<string, string>; text: string } | undefined>((resolve) => {
      request({ host: '127.0.0.1', port, path: '/sharing/exchange', method: 'POST', agent: false, headers: { host: `localhost:${port}`, ...(message.fields as Record<string, string>), 'content-length': String(Buffer.byteLength(body)) } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => resolve(undefined)).on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, text: Buffer.concat(chunks).toString('utf8') }));
      }).on('error', () => resolve(undefined)).end(body);
    });
    if (!came) return undefined;
    const verified = verifyAnswer({ status: came.status, fields: came.headers, body: came.text }, message, { tag: 'guildhall-exchange', now: new Date(), keyFor: (keyid) => keysAt(holder, now).find((key) => key.keyid === keyid)?.key });
    if (!verified.ok) throw new Error(`${came.status} ${verified.refusal.message} ${came.text}`);
    return came;
  }

  /** What came back, proved; nothing when the connection broke. */
  async function ask(body: string): Promise<ExchangeAnswer | undefined> {
    const came = await signedAnswerTo(body);
    if (!came) return undefined;
    const read = readExchangeAnswer(JSON.parse(came.text));
    if (!read.ok) throw new Error(read.refusal.message);
    const sent = JSON.parse(body) as Parameters<typeof answerFault>[1]['request'];
    const fault = answerFault(read.value, { request: sent, question: contentDigest(body), status: came.status, asker: asker.id, holder, vocabulary, now: new Date() });
    if (fault !== undefined) throw new Error(fault);
    checkpoints.push(read.value.log.checkpoint);
    return read.value;
  }

  const entriesOf = async (exchange: string): Promise<readonly string[]> => (await owner.query<{ leaf: string }>('select leaf from sharing.entry where exchange_id = $1 order by index', [exchange])).rows.map(({ leaf }) => leaf);

  it('lets nothing leave that is not in its log, and has each answer there once, whichever step was its last', async () => {
    node.arm();
    expect(await ask(question())).toMatchObject({ decision: { allow: true }, evidence: [{ attribute: 'council-tax-reduction.receives', value: true, asOf: '2026-11-01', source: 'council-tax-register' }] });
    const steps = [...new Set(node.disarm())];
    expect(steps.length).toBeGreaterThanOrEqual(2);
    expect(steps).toEqual(expect.arrayContaining([expect.stringMatching(/^before the commit of .*sharing\.entry/), expect.stringMatching(/^after the commit of .*sharing\.entry/)]));
    for (const step of steps) {
      const body = question();
      const { exchange } = JSON.parse(body) as { exchange: string };
      node.arm(step);
      const first = await ask(body);
      expect({ step, isGone: await node.isGoneWithin(10_000) }).toEqual({ step, isGone: true });
      node.disarm();
      const kept = await entriesOf(exchange);
      // Whoever was told something finds it in the log of a node that is dead.
      if (first) expect({ step, kept: kept.length }).toEqual({ step, kept: 1 });
      await node.start();
      const again = await ask(body);
      expect({ step, allow: again?.decision.allow, entries: (await entriesOf(exchange)).length }).toEqual({ step, allow: true, entries: 1 });
      if (kept.length > 0) expect(await entriesOf(exchange)).toEqual(kept);
    }
  }, 5 * MINUTE);

  it('loses nothing that it acknowledged to many at once, and its log tells one story to all', async () => {
    const told = new Map<string, string>();
    for (let kills = 0; kills < 2; kills++) {
      const bodies = Array.from({ length: 25 }, () => question());
      node.arm('after the commit of kernel.nothing');
      const asked = Promise.all(bodies.map(async (body) => {
        const answer = await ask(body);
        if (answer) told.set(answer.exchange, answer.salt);
      }));
      await new Promise((resolve) => setTimeout(resolve, 20 + kills * 80));
      await node.kill();
      await asked;
      await node.start();
      for (const body of bodies) {
        const { exchange } = JSON.parse(body) as { exchange: string };
        const answer = await ask(body);
        expect({ exchange, salt: answer?.salt }).toEqual({ exchange, salt: told.get(exchange) ?? answer?.salt });
        expect(await entriesOf(exchange)).toHaveLength(1);
      }
    }
  }, 5 * MINUTE);

  it('tells nothing when its log cannot be written', async () => {
    await owner.query('alter table sharing.entry add constraint no_room check (index < 0) not valid');
    const body = question();
    const { exchange } = JSON.parse(body) as { exchange: string };
    const came = await signedAnswerTo(body);
    expect({ status: came?.status, problem: JSON.parse(came?.text ?? '{}') as object }).toEqual({ status: 503, problem: { type: 'about:blank', title: 'Not at the moment', status: 503, detail: 'It cannot be answered at the moment.' } });
    expect(await node.said('sharing.not-answered')).toContain('sharing.not-answered');
    await owner.query('alter table sharing.entry drop constraint no_room');
    expect(await entriesOf(exchange)).toEqual([]);
    expect(await ask(body)).toMatchObject({ decision: { allow: true } });
  }, MINUTE);

  /** PostgreSQL that can make no file longer than so many bytes, which it takes for a full disk. */
  async function startDatabaseWithFilesOf(mostBytes: number): Promise<void> {
    const { rows: [{ setting: programs } = { setting: '' }] } = await owner.query<{ setting: string }>(`select setting from pg_config() where name = 'BINDIR'`);
    const limited = await mkdtemp(join(tmpdir(), 'limited-'));
    try {
      // The server may run as another user than this.
      await chmod(limited, 0o755);
      await writeFile(join(limited, 'postgres'), `#!/bin/sh\nulimit -S -f ${mostBytes / 512}\nexec '${programs}/postgres' "$@"\n`, { mode: 0o755 });
      await database.kill();
      await database.startAgain({ programFolder: limited });
    } finally {
      await rm(limited, { recursive: true, force: true });
    }
  }

  const NO_ROOM = 'The log cannot be written at the moment: there is no room for it.';

  // There are no such limits elsewhere.
  (process.platform === 'win32' ? it.skip : it)('tells nothing while the disk is full, says so with its signature, and goes on when there is room', async () => {
    const filler = randomUUID();
    // Longer than a file of the write-ahead log: those are written as before.
    await owner.query(`insert into sharing.entry (council_id, index, at, kind, subject, leaf) select $1, i, now(), 'filler', 'nobody', repeat('x', 1900) from generate_series(1, 12000) as i`, [filler]);
    await owner.query('checkpoint');
    const { rows: [{ size } = { size: '' }] } = await owner.query<{ size: string }>(`select pg_relation_size('sharing.entry')::text as size`);
    expect(Number(size)).toBeGreaterThan(17 * 1024 * 1024);
    await startDatabaseWithFilesOf(Number(size));
    const turnedAway = new Map<string, string>();
    try {
      for (let tries = 0; tries < 100 && ![...turnedAway.values()].includes(NO_ROOM); tries++) {
        await Promise.all(Array.from({ length: 25 }, () => question()).map(async (body) => {
          const came = await signedAnswerTo(body);
          const { exchange } = JSON.parse(body) as { exchange: string };
          if (came?.status === 503) {
            const problem = JSON.parse(came.text) as { detail: string };
            expect(problem).toEqual({ type: 'about:blank', title: 'Not at the moment', status: 503, detail: expect.any(String) as string });
            turnedAway.set(body, problem.detail);
          }
          expect({ status: came?.status, entries: (await entriesOf(exchange)).length }).toEqual(came?.status === 503 ? { status: 503, entries: 0 } : { status: 200, entries: 1 });
        }));
      }
      expect([...turnedAway.values()]).toContain(NO_ROOM);
    } finally {
      await database.kill();
      await database.startAgain();
    }
    for (const body of turnedAway.keys()) {
      // Connections that the restart broke are found out one by one.
      for (let tries = 0; tries < 20 && (await signedAnswerTo(body))?.status === 503; tries++) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await ask(body)).toMatchObject({ decision: { allow: true }, evidence: [{ value: true }] });
      expect(await entriesOf((JSON.parse(body) as { exchange: string }).exchange)).toHaveLength(1);
    }
    await owner.query('delete from sharing.entry where council_id = $1', [filler]);
  }, 2 * MINUTE);

  it('has told every one the truth of how far its log had come', async () => {
    const { rows } = await owner.query<{ leaf: string }>('select leaf from sharing.entry order by index');
    const whole = new MerkleTree();
    for (const { leaf } of rows) whole.append(leafHash(leaf));
    expect(checkpoints.length).toBeGreaterThan(40);
    for (const note of checkpoints) {
      const opened = openNote(note, keysAt(holder, new Date()).map(({ key }) => ({ name: holder.logOrigin, key })));
      if (!opened.ok) throw new Error(opened.refusal.message);
      const { size, root } = parseCheckpoint(opened.value.text);
      expect(Buffer.from(whole.root(size)).equals(Buffer.from(root))).toBe(true);
    }
  });
});
