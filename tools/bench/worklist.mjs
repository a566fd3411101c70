import { createHash, randomUUID } from 'node:crypto';
import { request, runApp, startApp } from './app-process.mjs';
import { captured, median, startBare } from './captured.mjs';
import { load } from './load.mjs';
import { figure } from './table.mjs';

const SECONDS = 5;
const ROUNDS = 5;
const SECRET = 'bench-officer-of-no-importance';
const COUNCIL = '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa';

/** A page of an officer's worklist, against a bare server that sends the same SQL and the same page ready-made. */
export async function worklist({ database, folder, root }) {
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000' };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'riverbourne', args: ['seed', ...data], env });
  await database.owner.query(
    `insert into kernel.session (council_id, session_hash, kind, officer_id, officer_name, roles, teams, confidence, device, data, created_at, seen_at, expires_at) values ($1, $2, 'officer', $3, 'Bench Officer', '{team-manager,case-officer}', '{streets,waste}', 'none', 'Bench', '{}', now(), now(), now() + interval '4 hours') on conflict do nothing`,
    [COUNCIL, createHash('sha256').update(SECRET).digest('base64url'), randomUUID()],
  );
  const headers = { accept: 'text/html', cookie: `__Host-session=${SECRET}` };
  const sample = await captured({ root, folder, env, data, port: 4630, send: (port) => request(port, '/desk?view=team', { headers }) });
  if (!sample.answer.includes('/desk/cases/')) throw new Error('The worklist shows no case.');
  const page = (port) => [{ method: 'GET', path: '/desk?view=team', headers: { ...headers, host: `localhost:${port}` } }];
  const bare = await startBare({ root, folder, env, port: 4631, url: '/desk', type: 'text/html; charset=utf-8', captured: sample });
  const server = await startApp({ root, args: ['serve', '--port', '4630', ...data], env, port: 4630 });
  const rounds = [];
  try {
    for (const port of [4631, 4630]) await load({ port, seconds: 2 * SECONDS, requests: page(port) });
    for (let round = 0; round < ROUNDS; round++) {
      const raw = await load({ port: 4631, seconds: SECONDS, requests: page(4631) });
      const before = server.cpu();
      const ours = await load({ port: 4630, seconds: SECONDS, requests: page(4630) });
      rounds.push({ bare: raw.perSecond, ours: ours.perSecond, cpu: (server.cpu() - before) / ours.total });
    }
  } finally {
    await server.stop();
    await bare.stop();
  }
  const middle = (of) => median(rounds.map(of));
  return [
    figure('worklist.bare-per-second', 'a page of the worklist: bare server, the same SQL, the page ready-made', middle(({ bare: rate }) => rate), '/s'),
    figure('worklist.per-second', 'a page of the worklist', middle(({ ours }) => ours), '/s'),
    figure('worklist.against-bare', 'a page of the worklist, against the bare server', middle(({ ours, bare: rate }) => ours / rate), '', { atLeast: 0.5 }),
    figure('worklist.cpu-ms', 'a page of the worklist: CPU of the server', middle(({ cpu }) => cpu) * 1000, 'ms'),
  ];
}
