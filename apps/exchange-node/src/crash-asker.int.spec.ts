import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KilledProcess, freePorts } from '@guildhall/app-riverbourne/killed-process';
import { signAssessment } from '@guildhall/assurance-contract';
import { startDurableTestDatabase, type DurableTestDatabase } from '@guildhall/embedded-database/testing';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { startTestApp, type TestApp } from '@guildhall/kernel/testing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, choiceScope, documentDigest, signAgreement, type Body, type Entry } from '@guildhall/sharing-contract';
import { agreementBetween, bodyNamed } from '@guildhall/sharing-contract/testing';
import { Agreements, AsksAgain, Choices, EvidenceStore, Links, OwnNode, Peers } from '@guildhall/sharing/testing';
import { exchangeNode } from './node-config';

const MINUTE = 60_000;
const [PERSON, ACCOUNT, RECEIVES] = ['01990000-0000-7000-8000-0000000000a1', 'account-4711', 'council-tax-reduction.receives'] as const;
const KEY = randomBytes(32).toString('base64');

describe('a node that is killed while it asks', () => {
  let database: DurableTestDatabase;
  let folder: string;
  let worker: KilledProcess;
  let asker: TestApp;
  let holder: TestApp;
  /** By how much the clocks of the two that run here are ahead: of the worker's they are not. */
  let ahead = 0;
  const clock: Clock = { now: () => new Date(Date.now() + ahead) };

  beforeAll(async () => {
    const built = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-b', join(__dirname, '..')], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stdout);
    database = await startDurableTestDatabase();
    folder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'asker-'));
    const [askerPort, holderPort] = [await freePorts(), await freePorts()];
    const assessor = bodyNamed('assess-it', 'Assess It');
    const fileOf = async (body: string, port: number, id: string, more: object): Promise<string> => {
      const file = join(folder, `${body}.json`);
      await writeFile(file, JSON.stringify({
        id, body, name: { en: body, cy: body }, origin: `http://localhost:${port}`, logOrigin: `${body}.example/log`, keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], nation: 'england',
        contact: { telephone: '01632 960000', email: `data@${body}.example`, address: '1 Weir Lane' }, assessors: [{ id: assessor.id, name: assessor.name, keys: assessor.keys, accreditations: [], linkedTo: [] }], privateNodes: [`http://localhost:${askerPort}`, `http://localhost:${holderPort}`], ...more,
      }));
      return file;
    };
    const file = await fileOf('riverbourne', askerPort, '01990000-0000-7000-8000-0000000000c1', {});
    const drop = join(folder, 'reductions.csv');
    await writeFile(drop, `id,reduction\n${ACCOUNT},Y\n`);
    const lastNight = new Date(Date.now() - 12 * 60 * MINUTE);
    await utimes(drop, lastNight, lastNight);
    holder = await startTestApp({
      clock, port: holderPort, councils: [exchangeNode(await fileOf('aldermoor', holderPort, '01990000-0000-7000-8000-0000000000c2', { sources: [{ kind: 'csv', folder, file: 'reductions.csv', columns: { source: 'council-tax-register', localId: 'id', attributes: { [RECEIVES]: { column: 'reduction' } } } }] }))],
    });
    asker = await startTestApp({ clock, port: askerPort, councils: [exchangeNode(file)], database, settings: { GUILDHALL_KEY: KEY } });
    await agree(assessor.signer);
    worker = new KilledProcess({ main: join(__dirname, '../dist/main.js'), command: 'work', port: askerPort, dataFolder: folder, databaseUrl: database.appUrl, migrateUrl: database.url, env: { EXCHANGE_NODE: file, GUILDHALL_KEY: KEY } });
    await worker.start();
  }, 5 * MINUTE);
  afterAll(async () => {
    await worker?.kill();
    await asker?.close();
    await holder?.close();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** What officers and the resident do before. */
  async function agree(assessor: Parameters<typeof signAssessment>[2]): Promise<void> {
    const sides = [{ app: asker, localId: PERSON }, { app: holder, localId: ACCOUNT }].map(({ app, localId }) => ({ app, localId, ctx: app.systemContext(), body: app.get(OwnNode).body(app.systemContext()) }));
    const [own, other] = sides as [typeof sides[number], typeof sides[number]];
    const today = new Date().toISOString().slice(0, 10);
    const year = Number(today.slice(0, 4));
    const vocabulary = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: Object.fromEntries(sides.map(({ body }) => [body.id, body.name])) };
    const agreement = agreementBetween(own.body, other.body, vocabulary, { from: `${year}-01-01`, review: `${year}-12-31`, until: `${year + 1}-12-31`, dpia: { ref: 'DPIA-1', date: `${year}-01-01` } });
    const envelope = signAgreement(agreement, other.app.get(OwnNode).signer(other.ctx), signAgreement(agreement, own.app.get(OwnNode).signer(own.ctx)));
    const found = ({ endpoint }: Body) => signAssessment([{ name: endpoint, digest: { sha256: 'a'.repeat(64) } }], { standard: 'ncsc-csp', assessedOn: today, validUntil: `${year + 1}-12-31`, coversChannels: true, findings: ['1', '2', '9', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) }, assessor);
    let pairwise: string | undefined;
    for (const [{ app, ctx, localId }, { body: peer }] of [[own, other], [other, own]] as const) {
      await app.get(Peers).pin(ctx, { body: peer, running: 'a'.repeat(64), assessments: [found(peer)] });
      const kept = await app.get(Agreements).keep(ctx, envelope, [peer]);
      if (!kept.ok) throw new Error(kept.refusal.message);
      const link = await app.get(Links).add(ctx, { peerId: peer.id, localId, provenBy: 'in-person', ...(pairwise !== undefined && { pairwise }) });
      pairwise = link.pairwise;
      await app.get(Choices).choose(ctx, { localId, subjectKey: link.subjectKey, agreementId: agreement.id, state: 'given', at: clock.now(), scope: choiceScope(agreement), noticeDigest: documentDigest('in a test'), language: 'en', by: 'resident' });
    }
  }

  /** Somebody had to type what the other body did not tell: that it is asked for now is work for the worker. */
  async function typesIt(): Promise<void> {
    const ctx = asker.systemContext();
    await asker.get(EvidenceStore).keepTyped(ctx, { localId: PERSON, attribute: RECEIVES, purposes: ['garden-waste-concession'], service: 'garden-waste', keptFor: 'P1Y', value: false, because: 'unreachable', figures: [] });
    const { rows: [typed] } = await asker.owner.query<{ id: string }>(`select evidence_id::text as id from sharing.evidence where how = 'typed' order by kept_at desc limit 1`);
    await asker.queueJob('do:sharing.confirm-typed', { data: { evidenceId: typed?.id, because: { en: 'Garden waste', cy: 'Gwastraff gardd' }, tries: 0 } });
  }
  /** What the next process does, a little later: here, so that nobody has to wait for it. */
  async function asksAgain(): Promise<void> {
    ahead = 31_000;
    await asker.get(AsksAgain).run(asker.systemContext());
    ahead = 0;
    // What came then came before what is typed next.
    await asker.owner.query(`update sharing.evidence set kept_at = now() where kept_at > now()`);
  }
  const exchangesIn = async (app: TestApp, kind: string, ctx: RequestContext = app.systemContext()): Promise<readonly string[]> => {
    const { rows } = await app.owner.query<{ leaf: string }>('select leaf from sharing.entry where council_id = $1 and kind = $2 order by index', [ctx.council.id, kind]);
    return rows.map(({ leaf }) => JSON.parse(leaf) as Entry).filter(({ allow }) => allow).map(({ exchange }) => exchange ?? '').sort();
  };
  const keptOf = async (): Promise<readonly string[]> => (await asker.owner.query<{ exchange: string }>(`select exchange_id::text as exchange from sharing.evidence where how = 'told'`)).rows.map(({ exchange }) => exchange).sort();

  it('loses no answer and asks nothing twice: each question stands once in both logs and what came is kept, whichever step was its last', async () => {
    worker.arm();
    await typesIt();
    for (const until = Date.now() + MINUTE; Date.now() < until && (await keptOf()).length === 0; ) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await keptOf()).toHaveLength(1);
    const steps = [...new Set(worker.disarm())].filter((step) => /sharing\.entry\b|\/sharing\/exchange/.test(step));
    expect(steps).toEqual(expect.arrayContaining([expect.stringMatching(/^before the commit of .*sharing\.entry/), expect.stringMatching(/^after the commit of .*sharing\.question/), 'before the call POST /sharing/exchange', 'when POST /sharing/exchange is answered', expect.stringMatching(/^before the commit of .*sharing\.evidence/)]));
    for (const step of steps) {
      const before = (await keptOf()).length;
      worker.arm(step);
      await typesIt();
      expect({ step, isGone: await worker.isGoneWithin(20_000) }).toEqual({ step, isGone: true });
      worker.disarm();
      await asksAgain();
      // Killed before it had written down that it asks, it has asked nothing: its work is done by the next one.
      const [asked, received, answered, kept] = await Promise.all([exchangesIn(asker, 'asked'), exchangesIn(asker, 'received'), exchangesIn(holder, 'answered'), keptOf()]);
      expect({ step, received, answered, kept }).toEqual({ step, received: asked, answered: asked, kept: asked });
      await worker.start();
      for (const until = Date.now() + MINUTE; Date.now() < until && (await keptOf()).length === before; ) await new Promise((resolve) => setTimeout(resolve, 50));
      expect({ step, kept: (await keptOf()).length }).toEqual({ step, kept: before + 1 });
    }
  }, 10 * MINUTE);
});
