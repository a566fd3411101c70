import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { request, runApp, startApp } from './app-process.mjs';
import { inTurn } from './load.mjs';
import { figure } from './table.mjs';

const PORT = 5085;
const ENTRIES = 10_000;
/** What others have in the same log: so many times as much. */
const OTHERS = 9;
/** The last question about them. */
const NEWEST = ENTRIES * (OTHERS + 1) - 11;
const SECONDS = 10;
const SECRET = 'bench-resident-of-no-importance';
const COUNCIL = '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa';

/** "Your information" of somebody about whom a great deal was asked, in a log in which most is about others. */
export async function yourInformation({ database, folder, root }) {
  const { canonicalize, subjectMark } = createRequire(path.join(root, 'libs/sharing/module/package.json'))('@guildhall/sharing-contract');
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000' };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'riverbourne', args: ['migrate', ...data], env });
  const { owner } = database;
  const [person, key] = [randomUUID(), randomBytes(32)];
  await owner.query(`insert into identity.person (council_id, person_id, email, email_normalised, email_verified_at, created_at, updated_at) values ($1, $2, 'bench@person.example', 'bench@person.example', now(), now(), now())`, [COUNCIL, person]);
  await owner.query(`insert into kernel.session (council_id, session_hash, kind, person_id, roles, teams, confidence, device, data, created_at, seen_at, expires_at) values ($1, $2, 'resident', $3, '{}', '{}', 'none', 'Bench', '{}', now(), now(), now() + interval '4 hours')`, [COUNCIL, createHash('sha256').update(SECRET).digest('base64url'), person]);
  await owner.query('insert into sharing.subject_key (council_id, local_id, key) values ($1, $2, $3)', [COUNCIL, person, key]);
  await fillLog(owner, { canonicalize, own: subjectMark(key, person) });
  const server = await startApp({ root, args: ['serve', '--port', String(PORT), ...data], env, port: PORT });
  try {
    const headers = { accept: 'text/html', cookie: `__Host-session=${SECRET}`, host: `localhost:${PORT}` };
    const open = () => request(PORT, '/account/information', { headers });
    const { status, text } = await open();
    if (status !== 200 || !text.includes(`/entries/${NEWEST}`)) throw new Error(`The page was answered ${status} without the newest line: ${text.slice(0, 300)}`);
    await inTurn(2, open);
    const before = server.cpu();
    const { p95, count } = await inTurn(SECONDS, open);
    return [
      figure('your-information.p95-ms', `"Your information" of somebody with ${ENTRIES.toLocaleString('en-GB')} entries, in a log of ${(ENTRIES * (OTHERS + 1)).toLocaleString('en-GB')}: 95th percentile`, p95, 'ms', { atMost: 100 }),
      figure('your-information.cpu-ms', 'the same: CPU of the server', ((server.cpu() - before) / count) * 1000, 'ms'),
    ];
  } finally {
    await server.stop();
  }
}

/** Questions of this body and the answers to them, as the log has them; one in ten is about the person. */
async function fillLog(owner, { canonicalize, own }) {
  const all = ENTRIES * (OTHERS + 1);
  for (let from = 0; from < all; from += 10_000) {
    const rows = Array.from({ length: 10_000 }, (_, at) => {
      const index = from + at;
      const exchange = `01990000-0000-7000-8000-${String(Math.floor(index / 20) * 10 + (index % 10)).padStart(12, '0')}`;
      const subject = index % 10 === 9 ? own : createHash('sha256').update(String(index % 997)).digest('base64url');
      const time = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
      const entry = {
        v: 1, t: time, kind: index % 20 < 10 ? 'asked' : 'received', exchange, peer: 'aldermoor', agreement: 'concession@1', purpose: 'garden-waste-concession', attributes: ['council-tax-reduction.receives'], subject, allow: true, failed: [],
        req: null, res: null, peerCheckpoint: null,
      };
      return { index, entry, leaf: canonicalize(entry) };
    });
    await owner.query(
      `insert into sharing.entry (council_id, index, at, kind, exchange_id, peer, agreement, subject, allow, leaf) select $1, * from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::text[])`,
      [COUNCIL, rows.map(({ index }) => index), ...['t', 'kind', 'exchange', 'peer', 'agreement', 'subject', 'allow'].map((name) => rows.map(({ entry }) => entry[name])), rows.map(({ leaf }) => leaf)],
    );
  }
  await owner.query('analyze sharing.entry');
}
