import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { request, runApp, startApp } from './app-process.mjs';
import { median } from './captured.mjs';
import { inTurn, load } from './load.mjs';
import { figure } from './table.mjs';

const [ASKER, HOLDER] = [{ slug: 'riverbourne', port: 5081 }, { slug: 'aldermoor', port: 5082 }];
const ROUNDS = 5;
const SECONDS = 5;
const PEOPLE = 200;
const RUNNING = 'a'.repeat(64);

/** One body asks another about somebody: the whole way, from a system of the one that asks back to it, decided and signed on both sides and in both logs before anything leaves. Beside it the same call between the same two servers as apps make it that trust each other by their connection alone: a credential, the person looked up, the value read. */
export async function sharing({ database, folder, root }) {
  const contract = createRequire(path.join(root, 'libs/sharing/module/package.json'));
  const { agreementBetween, bodyNamed } = contract('@guildhall/sharing-contract/testing');
  const { STARTER_ATTRIBUTES, STARTER_PURPOSES } = contract('@guildhall/sharing-contract');
  const { signAssessment } = contract('@guildhall/assurance-contract');
  const assessor = bodyNamed('assess-it', 'Assess It');
  const env = (slug) => ({ HOLDER_AT: `http://localhost:${HOLDER.port}`, DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'warn', REQUESTS_PER_MINUTE: '100000000', SHARES_AS: slug, ASSESSOR: JSON.stringify({ id: assessor.id, name: assessor.name, keys: assessor.keys, accreditations: [], linkedTo: [] }) });
  const main = path.join(root, 'tools/bench/sharing-main.cjs');
  const data = (slug) => ['--data', path.join(folder, `sharing-${slug}`)];
  runApp({ root, main, args: ['migrate', ...data(ASKER.slug)], env: env(ASKER.slug) });
  const nodes = await Promise.all([ASKER, HOLDER].map(({ slug, port }) => startApp({ root, main, args: ['serve', '--port', String(port), ...data(slug)], env: env(slug), port })));
  const [asker, holder] = nodes;
  try {
    const [receiver, holds] = await Promise.all([ASKER, HOLDER].map(async ({ port }) => JSON.parse((await request(port, '/sharing/body')).text)));
    const vocabulary = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: { [receiver.id]: receiver.name, [holds.id]: holds.name } };
    const year = new Date().getFullYear();
    const agreement = agreementBetween(receiver, holds, vocabulary, { from: `${year}-01-01`, review: `${year}-12-31`, until: `${year + 1}-12-31`, dpia: { ref: 'DPIA-1', date: `${year}-01-01` } });
    const call = async (port, what, body) => {
      const { status, text } = await request(port, `/set-up/${what}`, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) });
      if (status >= 300) throw new Error(`${what} was answered ${status}: ${text}`);
      return JSON.parse(text);
    };
    const envelope = await call(HOLDER.port, 'sign', { agreement, envelope: await call(ASKER.port, 'sign', { agreement }) });
    const pairwise = Array.from({ length: PEOPLE }, () => `pw:${randomBytes(24).toString('base64url')}`);
    const assessed = (body) => ({ body, running: RUNNING, assessments: [signAssessment([{ name: body.endpoint, digest: { sha256: RUNNING } }], { standard: 'ncsc-csp', assessedOn: `${year}-01-01`, validUntil: `${year + 1}-12-31`, coversChannels: true, findings: ['1', '2', '9', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })) }, assessor.signer)] });
    const names = (prefix) => Object.fromEntries(pairwise.map((name, at) => [`${prefix}-${at}`, name]));
    await call(ASKER.port, 'shares', { peer: assessed(holds), envelope, names: names('person') });
    await call(HOLDER.port, 'shares', { peer: assessed(receiver), envelope, names: names('account') });

    let asked = 0;
    const headers = { authorization: 'Bearer bench.bench-secret-of-no-importance', 'content-type': 'application/json', accept: 'application/json', host: `localhost:${ASKER.port}` };
    const question = () => JSON.stringify({ agreement: agreement.id, holder: holds.id, person: `person-${asked++ % PEOPLE}`, attributes: ['council-tax-reduction.receives'], because: 'Garden waste application RB-7K3F-92QD', network: 'internet', device: 'server' });
    const exchange = [{ method: 'POST', path: '/api/sharing/v1/exchanges', headers, setupRequest: (given) => ({ ...given, body: question() }) }];
    const plain = () => JSON.stringify({ person: pairwise[asked++ % PEOPLE], attributes: ['council-tax-reduction.receives'] });
    const plainly = [{ method: 'POST', path: '/api/plainly/v1/asks', headers, setupRequest: (given) => ({ ...given, body: plain() }) }];
    // Until the compiler has seen what is hot: in the first five seconds its own threads take a quarter of each node's CPU, after twenty less than a tenth.
    await load({ port: ASKER.port, seconds: 20, requests: exchange });
    await load({ port: ASKER.port, seconds: 5, requests: plainly });
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      await database.owner.query('checkpoint');
      const [nodesBefore, databaseBefore] = [asker.cpu() + holder.cpu(), postgresCpu(folder)];
      const fast = await load({ port: ASKER.port, seconds: SECONDS, requests: exchange });
      const cpu = ((asker.cpu() + holder.cpu() - nodesBefore + postgresCpu(folder) - databaseBefore) / fast.total) * 1000;
      // One after the other: what it takes, not what waits.
      const [one, nothing] = [await inTurn(SECONDS, () => request(ASKER.port, '/api/sharing/v1/exchanges', { method: 'POST', headers, body: question() })), await inTurn(SECONDS, () => request(ASKER.port, '/api/plainly/v1/asks', { method: 'POST', headers, body: plain() }))];
      rounds.push({ perSecond: fast.perSecond, cpuASide: cpu / 2, plainP50: nothing.p50, addedP50: one.p50 - nothing.p50, addedP95: one.p95 - nothing.p95 });
    }
    const middle = (of) => median(rounds.map(of));
    return [
      figure('sharing.plain-p50-ms', 'one body’s app asks another’s over a connection that they trust, median', middle(({ plainP50 }) => plainP50), 'ms'),
      figure('sharing.added-p50-ms', 'one body asks another by an agreement: added to that, median', middle(({ addedP50 }) => addedP50), 'ms', { atMost: 4 }),
      figure('sharing.added-p95-ms', 'the same: 95th percentile', middle(({ addedP95 }) => addedP95), 'ms', { atMost: 15 }),
      figure('sharing.per-second', 'one body asks another, 8 at once: both nodes and the database on this machine', middle(({ perSecond }) => perSecond), '/s', { atLeast: 250 }),
      figure('sharing.cpu-ms', 'the same: CPU a side, with the database', middle(({ cpuASide }) => cpuASide), 'ms', { atMost: 2.5 }),
      ...pure(contract),
    ];
  } finally {
    for (const one of nodes) await one.stop();
  }
}

/** What is worked out without a database: decisions, and a proof in a long log. */
function pure(contract) {
  const { agreementBetween, requestUnder, riverbourneAndAldermoor, worldOf } = contract('@guildhall/sharing-contract/testing');
  const { MerkleTree, decide, leafHash, verifyInclusion } = contract('@guildhall/sharing-contract');
  const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
  const agreement = agreementBetween(receiver, holder, vocabulary);
  const [question, world] = [requestUnder(agreement), worldOf(agreement, vocabulary)];
  const timed = (work) => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const decisions = Array.from({ length: ROUNDS }, () => timed(() => { for (let count = 0; count < 10_000; count++) decide(question, world); }));
  const size = 1_000_000;
  const tree = new MerkleTree();
  for (let index = 0; index < size; index++) tree.append(leafHash(`entry ${index}`));
  const root = tree.root();
  const proofs = Array.from({ length: ROUNDS }, (_, round) => timed(() => {
    for (let count = 0; count < 1000; count++) {
      const index = (count * 997 + round) % size;
      if (!verifyInclusion({ index, size, leaf: leafHash(`entry ${index}`), proof: tree.inclusionProof(index), root })) throw new Error(`Entry ${index} is not proved.`);
    }
  }) / 1000);
  return [
    figure('sharing.decisions-ms', '10,000 decisions, each with all its reasons in both languages', median(decisions), 'ms', { atMost: 100 }),
    figure('sharing.proof-ms', 'a proof in a log of 1,000,000 entries, made and verified', median(proofs), 'ms', { atMost: 1 }),
  ];
}

/** CPU seconds of the bench's PostgreSQL so far, with all its processes. */
function postgresCpu(folder) {
  const [postmaster] = readdirSync(path.join(folder, 'postgres'), { recursive: true }).filter((name) => name.endsWith('postmaster.pid'));
  const [parent] = readFileSync(path.join(folder, 'postgres', postmaster), 'utf8').split('\n');
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
      if (pid === parent || fields[1] === parent) ticks += Number(fields[11]) + Number(fields[12]);
    } catch { /* It has ended. */ }
  }
  return ticks / 100;
}
