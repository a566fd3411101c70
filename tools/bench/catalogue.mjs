import { createServer } from 'node:http';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { request, runApp, startApp } from './app-process.mjs';
import { median } from './captured.mjs';
import { inTurn, load } from './load.mjs';
import { mirroring } from './mirroring.mjs';
import { figure } from './table.mjs';

const COUNCIL = '01990000-0000-7000-8000-0000000000c1';
const PORT = 4660;
const REGISTRY_PORT = 4661;
const PACKAGES = 5000;
const VERSIONS = 20;
const HANDED_IN = 600;
const ROUNDS = 5;
const SECONDS = 4;
const PROVED = 1000;
/** Of the package whose page is looked at: as long as those that people write. */
const README = `# What it does\n\n${Array.from({ length: 12 }, (_one, at) => `## Part ${at + 1}\n\n${'People apply, and officers decide. '.repeat(8)}\n\n- one\n- two\n\n\`\`\`ts\nmodules: [parking()]\n\`\`\`\n`).join('\n')}`;
const PUBLICCODE = 'publiccodeYmlVersion: "0.4"\nname: parking\nurl: https://git.westmarch.example/parking\nlandingURL: https://westmarch.example/parking\nsoftwareVersion: 1.0.0\ncategories: [mobility]\nlegal:\n  license: MIT\nmaintenance:\n  type: contract\n  contractors:\n    - name: Heron and Pike\n      until: 2027-03-31\n  contacts:\n    - name: The parking team\n      email: parking@westmarch.example\nlocalisation:\n  availableLanguages: [en, cy]\n';
const WORDS = 'parking permit bin collection garden waste library playground cemetery allotment market street lamp bridge orchard fountain ferry archive council tax benefit housing repair licence taxi planning notice survey school meal transport bus pass pothole drain flood tree hedge dog park event booking hall wedding birth death register election poll vote petition grant budget invoice payment refund account letter consent sharing evidence address map boundary ward parish councillor meeting minutes agenda'.split(' ');

/** A catalogue of many packages: what looking for one costs; how fast packages that publishers sign are fetched, unpacked, proved and listed; and how fast another catalogue's are mirrored, cut in the middle. */
export async function catalogue({ database, folder, root }) {
  const main = path.join(root, 'tools/bench/catalogue-main.cjs');
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'warn', REQUESTS_PER_MINUTE: '100000000', REGISTRY: `http://127.0.0.1:${REGISTRY_PORT}` };
  const data = ['--data', path.join(folder, 'catalogue')];
  runApp({ root, main, args: ['migrate', ...data], env });
  await manyPackages(database.owner);
  const server = await startApp({ root, main, args: ['serve', '--port', String(PORT), ...data], env, port: PORT });
  try {
    return [...(await looking(server)), ...(await taking({ root, main, data, env, owner: database.owner, server })), ...verifying(root), ...(await mirroring({ root, main, data, env, owner: database.owner, port: PORT, folder }))];
  } finally {
    await server.stop();
  }
}

/** So many invented packages, each with so many versions, made by the database. */
async function manyPackages(owner) {
  await owner.query('delete from catalogue.package');
  await owner.query(`
    insert into catalogue.package (council_id, name, publisher_id, kind, description, licence, maturity, languages, provides, latest, published_at, passed, applicable, noticed, words, scope_looks, name_looks)
    select $1, '@p' || n % 200 || '/' || w[1 + n % 70] || '-' || n, 'p' || n % 200, (array['module', 'provider', 'service-pack', 'theme'])[1 + n % 4], d, 'MIT', (array['alpha', 'beta', 'stable'])[1 + n % 3], '{en,cy}', array[w[1 + n % 70]], '1.19.0', now() - n * interval '1 hour', 20, 25, '{}',
      setweight(to_tsvector('english', w[1 + n % 70] || ' ' || n), 'A') || setweight(to_tsvector('english', d) || to_tsvector('simple', d), 'B'), 'p' || n % 200, w[1 + n % 70] || n
    from generate_series(1, $2::int) n cross join (select $3::text[] as w) words
    cross join lateral (select string_agg(w[1 + (n * 31 + i * i * 7) % 70], ' ') as d from generate_series(1, 30) i) described`, [COUNCIL, PACKAGES, WORDS]);
  await owner.query(`
    insert into catalogue.release (council_id, name, version, publisher_id, sha512, facts, facts_digest, digest, published_at, listed_at, logged_at, feed_index)
    select council_id, name, '1.' || v || '.0', publisher_id, repeat('a', 128), jsonb_build_object('name', name, 'readme', repeat('What it does, and for whom. ', 40)), '', '', published_at, published_at, published_at, 0
    from catalogue.package cross join generate_series(0, $1::int - 1) v on conflict do nothing`, [VERSIONS]);
  await owner.query('vacuum analyze catalogue.package, catalogue.release');
}

async function looking(server) {
  const headers = { accept: 'application/json', host: `localhost:${PORT}` };
  let asked = 0;
  const next = () => {
    const [one, other] = [WORDS[asked % WORDS.length], WORDS[(asked++ * 7) % WORDS.length]];
    return ['/api/catalogue/v1/packages?words=', '/api/catalogue/v1/packages?kind=module&words=', `/api/catalogue/v1/packages?maturity=stable&words=${other}+`][asked % 3] + one;
  };
  const search = [{ method: 'GET', path: '/', headers, setupRequest: (given) => ({ ...given, path: next() }) }];
  await load({ port: PORT, seconds: 4, requests: search });
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = server.cpu();
    const fast = await load({ port: PORT, seconds: SECONDS, requests: search });
    const cpu = ((server.cpu() - before) / fast.total) * 1000;
    const one = await inTurn(2, () => request(PORT, next(), { headers }));
    rounds.push({ perSecond: fast.perSecond, cpu, p95: one.p95 });
  }
  const middle = (of) => median(rounds.map(of));
  const page = { accept: 'text/html', host: headers.host };
  let turned = 0;
  const browse = await pageCpu(server, () => ['/catalogue', `/catalogue?q=${WORDS[turned % WORDS.length]}`, `/catalogue?kind=module&q=${WORDS[(turned * 7) % WORDS.length]}`][turned++ % 3], page);
  return [
    figure('catalogue.search-p95-ms', `a search among ${PACKAGES} packages of ${VERSIONS} versions, one after the other: 95th percentile`, middle(({ p95 }) => p95), 'ms', { atMost: 50 }),
    figure('catalogue.search-per-second', 'the same, 8 at once', middle(({ perSecond }) => perSecond), '/s'),
    figure('catalogue.search-cpu-ms', 'the same: CPU of the server', middle(({ cpu }) => cpu), 'ms', { atMost: 2 }),
    figure('catalogue.browse-page-cpu-ms', 'the page of what was found, of 20 packages: CPU of the server', browse, 'ms', { atMost: 2 }),
  ];
}

/** What one page costs the server, once the compiler has seen it: the middle of some rounds, in milliseconds. */
async function pageCpu(server, next, headers) {
  const first = next();
  const { status, text } = await request(PORT, first, { headers });
  if (status !== 200 || !text.includes('</html>')) throw new Error(`${first} is no page: ${status} ${text.slice(0, 300)}`);
  const requests = [{ method: 'GET', path: '/', headers, setupRequest: (given) => ({ ...given, path: next() }) }];
  await load({ port: PORT, seconds: SECONDS, requests });
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = server.cpu();
    const { total } = await load({ port: PORT, seconds: SECONDS, requests });
    rounds.push(((server.cpu() - before) / total) * 1000);
  }
  return median(rounds);
}

/** What a council does before it installs something, and a catalogue before it lists it: whether it is what its publisher signed. */
function verifying(root) {
  const from = createRequire(path.join(root, 'libs/catalogue/module/package.json'));
  const { proveRelease, readRelease } = from('@guildhall/catalogue-contract');
  const { exampleFiles, examplePublisher, exampleRelease } = from('@guildhall/catalogue-contract/testing');
  const publisher = examplePublisher('westmarch');
  const [name, version, sha512, now] = ['@westmarch/parking', '1.0.0', 'a'.repeat(128), new Date()];
  const { release } = exampleRelease(publisher, exampleFiles(name, version), sha512, { at: now });
  const { facts } = readRelease(release).value.predicate;
  const prove = () => {
    if (!proveRelease(release, { package: name, version, sha512, facts, publisher: publisher.publisher, known: [], now }).ok) throw new Error('What was signed was not believed.');
  };
  for (let warm = 0; warm < 200; warm++) prove();
  const began = performance.now();
  for (let proved = 0; proved < PROVED; proved++) prove();
  return [figure('catalogue.verify-ms', `a release proved to be what its publisher signed, ${PROVED} times`, (performance.now() - began) / PROVED, 'ms', { atMost: 1 })];
}

/** New packages of one publisher, as large as ours are, from a registry on this machine. */
async function taking({ root, main, data, env, owner, server }) {
  const from = createRequire(path.join(root, 'libs/catalogue/module/package.json'));
  const { exampleFiles, examplePublisher, exampleRelease } = from('@guildhall/catalogue-contract/testing');
  const { Header } = from('tar');
  const publisher = examplePublisher(`bench-${Date.now()}`);
  const packages = new Map(Array.from({ length: HANDED_IN }, (_one, at) => {
    const name = `${publisher.publisher.scopes[0]}/${WORDS[at % WORDS.length]}-${'abcdefghij'[Math.floor(at / 70)]}${at}`;
    const files = exampleFiles(name, '1.0.0', {}, { ...(at === 0 && { 'README.md': README, 'publiccode.yml': PUBLICCODE }), ...Object.fromEntries(Array.from({ length: 40 }, (_file, number) => [`dist/part-${number}.js`, `// ${name}\n`.padEnd(3000, `export const part${number} = ${number};\n`)])) });
    const packed = gzipSync(Buffer.concat([...Object.entries(files).flatMap(([file, text]) => {
      const header = new Header({ path: `package/${file}`, type: 'File', size: Buffer.byteLength(text), mtime: new Date(0), mode: 0o644 });
      header.encode();
      return [header.block, Buffer.from(text), Buffer.alloc((512 - (Buffer.byteLength(text) % 512)) % 512)];
    }), Buffer.alloc(1024)]));
    return [name, { packed, submitted: exampleRelease(publisher, files, createHash('sha512').update(packed).digest('hex'), { at: new Date() }) }];
  }));
  const registry = createServer((asked, answer) => {
    const [, tarball] = /^\/-\/(.+)\.tgz$/.exec(decodeURIComponent(asked.url)) ?? [];
    answer.end(tarball ? packages.get(tarball).packed : JSON.stringify({ versions: { '1.0.0': { dist: { tarball: `${env.REGISTRY}/-/${decodeURIComponent(asked.url.slice(1))}.tgz` } } } }));
  });
  await new Promise((resolve) => registry.listen(REGISTRY_PORT, '127.0.0.1', resolve));
  const post = async (what, body) => {
    const { status, text } = await request(PORT, what, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) });
    if (status >= 300) throw new Error(`${what} was answered ${status}: ${text.slice(0, 500)}`);
    return JSON.parse(text).value;
  };
  const { id } = await post('/api/catalogue/v1/publishers', { envelope: publisher.envelope });
  await post(`/set-up/admit/${id}`, {});
  const worker = await startApp({ root, main, args: ['work', ...data], env, ready: false });
  try {
    const one = async (submitted) => post('/api/catalogue/v1/releases', submitted);
    const settled = async () => (await owner.query(`select count(*) filter (where state = 'listed')::int as listed, count(*) filter (where state = 'refused')::int as refused from catalogue.submission where publisher_id = $1 and kind = 'release'`, [publisher.publisher.id])).rows[0];
    const all = [...packages.values()].map(({ submitted }) => submitted);
    const until = async (count) => {
      for (;;) {
        const { listed, refused } = await settled();
        if (refused > 0) throw new Error(`${refused} packages were refused: ${JSON.stringify((await owner.query(`select reasons from catalogue.submission where state = 'refused' limit 3`)).rows)}`);
        if (listed >= count) return;
        worker.refuseEnd();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    // Until the compiler has seen what is hot; what it holds then is what it holds.
    const warm = 100;
    for (const submitted of all.slice(0, warm)) await one(submitted);
    await until(warm);
    const before = worker.residentMb();
    const cpu = worker.cpu();
    const began = performance.now();
    for (let at = warm; at < all.length; at += 10) await Promise.all(all.slice(at, at + 10).map(one));
    await until(all.length);
    const seconds = (performance.now() - began) / 1000;
    const grown = worker.residentMb() - before;
    const used = worker.cpu() - cpu;
    const [shown] = packages.keys();
    const page = await pageCpu(server, () => `/catalogue/packages/${shown}`, { accept: 'text/html', host: `localhost:${PORT}` });
    return [
      figure('catalogue.ingest-per-second', 'packages handed in, fetched, unpacked, proved and listed, by one worker', (all.length - warm) / seconds, '/s', { atLeast: 50 }),
      figure('catalogue.ingest-cpu-ms', 'the same: CPU of the worker for one', (used / (all.length - warm)) * 1000, 'ms'),
      figure('catalogue.ingest-growth-mb', `the same: memory of the worker, more after ${all.length} than after ${warm}`, grown, 'MB', { atMost: 60 }),
      figure('catalogue.package-page-cpu-ms', 'the page of one of them, with a readme and a publiccode.yml: CPU of the server', page, 'ms', { atMost: 2 }),
    ];
  } finally {
    await worker.stop();
    registry.closeAllConnections();
    registry.close();
  }
}
