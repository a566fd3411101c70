import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { request, runApp, startApp } from './app-process.mjs';
import { load } from './load.mjs';
import { pgbenchScript, statementsSince, varying } from './statements.mjs';
import { figure } from './table.mjs';

const SECONDS = 10;
const SECRET = 'bench-secret-of-no-importance';
const COUNCIL = '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa';

/** Storing a case over the API, and a page of the worklist, against the same SQL sent by pgbench and by a bare server. */
export async function storingACase({ database, folder, root }) {
  const captureFile = path.join(folder, 'statements.jsonl');
  writeFileSync(captureFile, '');
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000' };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'riverbourne', args: ['migrate', ...data], env });
  await database.owner.query(`insert into identity.machine_client (council_id, client_id, title, secret_hash, permissions, created_at, changed_at, expires_at) values ($1, 'bench', 'Bench', $2, '{cases.open}', now(), now(), now() + interval '1 day') on conflict do nothing`, [COUNCIL, createHash('sha256').update(SECRET).digest('base64url')]);

  const headers = { authorization: `Bearer bench.${SECRET}`, 'content-type': 'application/json', accept: 'application/json' };
  const capturing = await startApp({ root, args: ['serve', '--port', '4620', ...data], env: { ...env, CAPTURE_FILE: captureFile, NODE_OPTIONS: `--require ${path.join(root, 'tools/bench/capture-statements.cjs')}` }, port: 4620 });
  const sample = async () => {
    await request(4620, '/api/cases/v1/cases', { method: 'POST', headers, body: aCase() });
    const before = statSync(captureFile).size;
    const answer = await request(4620, '/api/cases/v1/cases', { method: 'POST', headers, body: aCase() });
    if (answer.status !== 201) throw new Error(`The case was not opened: ${answer.status} ${answer.text}`);
    // What is left out is not of the request: the worker's and the nudge's own statements.
    return { answer: answer.text, statements: statementsSince(captureFile, before).filter(({ text }) => !/notify|queue\.|listen/i.test(text)) };
  };
  const [one, other] = [await sample(), await sample()];
  await capturing.stop();
  const statements = varying(one.statements, other.statements);

  const script = path.join(folder, 'case.sql');
  writeFileSync(script, pgbenchScript(statements));
  const routes = path.join(folder, 'bare-routes.json');
  writeFileSync(routes, JSON.stringify([{ method: 'POST', path: '/api/cases/v1/cases', statements, answer: one.answer, type: 'application/json' }]));
  const post = [{ method: 'POST', path: '/api/cases/v1/cases', headers, setupRequest: (sent) => ({ ...sent, body: aCase() }) }];

  const raw = pgbench(database.appUrl, script);
  const bareServer = await startApp({ root, main: path.join(root, 'tools/bench/bare-server.cjs'), args: [], env: { ...env, BARE_ROUTES: routes, PORT: '4621' }, port: 4621 });
  await load({ port: 4621, seconds: 2, requests: post });
  const bare = await load({ port: 4621, seconds: SECONDS, requests: post });
  await bareServer.stop();
  const server = await startApp({ root, args: ['serve', '--port', '4620', ...data], env, port: 4620 });
  await load({ port: 4620, seconds: 2, requests: post });
  const before = server.cpu();
  const ours = await load({ port: 4620, seconds: SECONDS, requests: post });
  const cpu = (server.cpu() - before) / ours.total;
  const resident = server.residentMb();
  await server.stop();

  return [
    ...(raw ? [figure('case.pgbench-per-second', 'storing a case: pgbench, the same SQL, 8 clients', raw, '/s'), figure('case.against-pgbench', 'storing a case over the API, against pgbench', ours.perSecond / raw, '', { atLeast: 0.6 })] : []),
    figure('case.bare-per-second', 'storing a case: bare Fastify and node-postgres', bare.perSecond, '/s'),
    figure('case.per-second', 'storing a case over the API', ours.perSecond, '/s'),
    figure('case.against-bare', 'storing a case over the API, against the bare server', ours.perSecond / bare.perSecond, '', { atLeast: 1 }),
    figure('case.cpu-ms', 'storing a case: CPU of the server', cpu * 1000, 'ms'),
    figure('case.resident-mb', 'resident memory after that load', resident, 'MB', { atMost: 200 }),
  ];
}

function aCase() {
  const key = randomUUID();
  return JSON.stringify({
    caseId: randomUUID(), idempotencyKey: key, caseType: 'report-a-problem.pothole', summary: { en: 'Pothole in Weir Lane', cy: 'Twll yn y ffordd yn Weir Lane' },
    location: { lines: ['Weir Lane'], point: { latitude: 52.1, longitude: -1.5 } },
    openedFor: { contact: { name: 'Bench Person', email: 'bench@person.example' } },
    answers: [{ section: { en: 'Details', cy: 'Manylion' }, question: { en: 'How deep is it?', cy: 'Pa mor ddwfn yw ef?' }, answer: 'About 10 centimetres' }],
  });
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
