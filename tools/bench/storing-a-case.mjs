import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { request, runApp, startApp } from './app-process.mjs';
import { byHand } from './by-hand.mjs';
import { captured, median, startBare } from './captured.mjs';
import { load } from './load.mjs';
import { pgbenchScript, varying } from './statements.mjs';
import { figure } from './table.mjs';

// Not shorter: pgbench has new connections every time, which know no table and have planned nothing yet.
const SECONDS = 6;
const ROUNDS = 7;
const SECRET = 'bench-secret-of-no-importance';
const COUNCIL = '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa';
const URL = '/api/cases/v1/cases';

/**
 * Storing a case over the API, against pgbench and a bare server that write the same rows as one would by hand, and against both with the API's own few statements. They take turns, so that a machine whose speed drifts is the same for all.
 */
export async function storingACase({ database, folder, root }) {
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000' };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'riverbourne', args: ['migrate', ...data], env });
  await database.owner.query(`insert into identity.machine_client (council_id, client_id, title, secret_hash, permissions, created_at, changed_at, expires_at) values ($1, 'bench', 'Bench', $2, '{cases.open}', now(), now(), now() + interval '1 day') on conflict do nothing`, [COUNCIL, createHash('sha256').update(SECRET).digest('base64url')]);

  const headers = { authorization: `Bearer bench.${SECRET}`, 'content-type': 'application/json', accept: 'application/json' };
  const sent = [];
  const send = (port) => {
    const body = aCase();
    sent.push(body.caseId);
    return request(port, URL, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  const sample = await captured({ root, folder, env, data, send });
  const [one, other] = await Promise.all(sent.slice(-2).map((caseId) => rowsOf(database.owner, caseId)));
  const hand = varying(one, other);
  const scripts = { hand: path.join(folder, 'by-hand.sql'), merged: path.join(folder, 'merged.sql') };
  writeFileSync(scripts.hand, pgbenchScript(hand));
  writeFileSync(scripts.merged, pgbenchScript(sample.statements));
  const post = [{ method: 'POST', path: URL, headers, setupRequest: (given) => ({ ...given, body: JSON.stringify(aCase()) }) }];

  const bareOf = (port, statements) => startBare({ root, folder, env, port, method: 'POST', url: URL, type: 'application/json', captured: { answer: sample.answer, statements } });
  const bare = await bareOf(4621, hand);
  const merged = await bareOf(4622, sample.statements);
  const server = await startApp({ root, args: ['serve', '--port', '4620', ...data], env, port: 4620 });
  const rounds = [];
  let resident = 0;
  try {
    // Until the compiler has seen what is hot.
    for (const port of [4621, 4622, 4620]) await load({ port, seconds: 8, requests: post });
    // PostgreSQL writes a page in full when it changes for the first time after a checkpoint: each starts from one, else the first of a round would have it better than the last.
    const settledDatabase = () => database.owner.query('checkpoint');
    const raw = async (script) => {
      await settledDatabase();
      return pgbench(database.appUrl, script);
    };
    const over = async (port) => {
      await settledDatabase();
      return load({ port, seconds: SECONDS, requests: post });
    };
    // What is compared stands next to each other, and every other round goes backwards: a machine that grows slower or quicker meanwhile favours neither.
    const turns = {
      rawMerged: () => raw(scripts.merged),
      raw: () => raw(scripts.hand),
      ours: async () => {
        const before = server.cpu();
        const { perSecond, total } = await over(4620);
        return { perSecond, cpu: (server.cpu() - before) / total };
      },
      bare: async () => (await over(4621)).perSecond,
      merged: async () => (await over(4622)).perSecond,
    };
    for (let round = 0; round < ROUNDS; round++) {
      const order = round % 2 ? Object.keys(turns).reverse() : Object.keys(turns);
      const measured = {};
      for (const turn of order) measured[turn] = await turns[turn]();
      rounds.push({ ...measured, ours: measured.ours.perSecond, cpu: measured.ours.cpu });
    }
    resident = server.residentMb();
  } finally {
    await Promise.all([server.stop(), bare.stop(), merged.stop()]);
  }
  const middle = (of) => median(rounds.map(of));
  return [
    ...(rounds[0].raw ? [figure('case.pgbench-per-second', 'storing a case: pgbench, by hand, 8 clients', middle(({ raw }) => raw), '/s'), figure('case.against-pgbench', 'storing a case over the API, against pgbench', middle(({ ours, raw }) => ours / raw), '', { atLeast: 0.6 })] : []),
    figure('case.bare-per-second', 'storing a case: bare Fastify and node-postgres, by hand', middle(({ bare: rate }) => rate), '/s'),
    figure('case.per-second', 'storing a case over the API', middle(({ ours }) => ours), '/s'),
    figure('case.against-bare', 'storing a case over the API, against the bare server', middle(({ ours, bare: rate }) => ours / rate), '', { atLeast: 1 }),
    figure('case.against-merged-bare', 'the same against one that sends the API\'s own statements', middle(({ ours, merged: rate }) => ours / rate), ''),
    ...(rounds[0].rawMerged ? [figure('case.against-merged-pgbench', 'the same against pgbench that sends them', middle(({ ours, rawMerged }) => ours / rawMerged), '')] : []),
    figure('case.cpu-ms', 'storing a case: CPU of the server', middle(({ cpu }) => cpu) * 1000, 'ms'),
    figure('case.resident-mb', 'resident memory after that load', resident, 'MB', { atMost: 200 }),
  ];
}

function aCase() {
  const key = randomUUID();
  return {
    caseId: randomUUID(), idempotencyKey: key, caseType: 'report-a-problem.pothole', summary: { en: 'Pothole in Weir Lane', cy: 'Twll yn y ffordd yn Weir Lane' },
    location: { lines: ['Weir Lane'], point: { latitude: 52.1, longitude: -1.5 } },
    openedFor: { contact: { name: 'Bench Person', email: 'bench@person.example' } },
    answers: [{ section: { en: 'Details', cy: 'Manylion' }, question: { en: 'How deep is it?', cy: 'Pa mor ddwfn yw ef?' }, answer: 'About 10 centimetres' }],
  };
}

/** What the transaction that stored this case has written. */
async function rowsOf(owner, caseId) {
  const { rows: [{ xid }] } = await owner.query(`select xmin::text as xid from cases."case" where case_id = $1`, [caseId]);
  return byHand(owner, COUNCIL, xid, caseId);
}

/** Transactions a second, or nothing where pgbench is not installed. */
function pgbench(url, script) {
  const programs = ['/usr/lib/postgresql', '/usr/bin'].flatMap((folder) => (existsSync(folder) ? (folder.endsWith('bin') ? [`${folder}/pgbench`] : readdirSync(folder).sort().reverse().map((version) => `${folder}/${version}/bin/pgbench`)) : []));
  const program = programs.find((file) => existsSync(file));
  if (!program) return undefined;
  const { stdout, stderr, status } = spawnSync(program, ['-M', 'prepared', '-n', '-c', '8', '-j', '2', '-T', String(SECONDS), '-f', script, url], { encoding: 'utf8', env: { ...process.env, PGOPTIONS: '-c role=guildhall_app' } });
  if (status !== 0) throw new Error(`pgbench failed: ${stderr.slice(0, 2000)}`);
  return Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1] ?? /tps = ([\d.]+)/.exec(stdout)?.[1]);
}
