import { generateKeyPairSync } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { request, startApp } from './app-process.mjs';
import { figure } from './table.mjs';

const NAME = 'mirrored.example/feed';
const PORT = 4662;
const PACKAGES = 5000;
const VERSIONS = 20;
const ENTRIES = PACKAGES * VERSIONS;

/** Another catalogue's feed of many entries is read to its end by one worker, which is killed in the midst of it: how fast, in how much memory, and that the next goes on where it was. */
export async function mirroring({ root, main, data, env, owner, port, folder }) {
  const feed = await startFeed(root, path.join(folder, 'mirrored.jsonl'));
  // Nothing was heard while the feed was made: a connection that the server has closed since is seen to be closed now.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const size = async () => Number((await owner.query('select size::text as size from catalogue.followed_feed where name = $1', [NAME])).rows[0]?.size ?? 0);
  const start = async () => {
    const worker = await startApp({ root, main, args: ['work', ...data], env: { ...env, FEED: JSON.stringify({ origin: `http://127.0.0.1:${PORT}`, key: feed.key }) }, ready: false });
    const { status, text } = await request(port, '/set-up/follow', { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: '{}' });
    if (status >= 300) throw new Error(`The feed was not followed: ${status} ${text.slice(0, 300)}`);
    return worker;
  };
  const until = async (worker, most) => {
    for (;;) {
      const now = await size();
      if (now >= most) return now;
      worker.refuseEnd();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  try {
    const first = await start();
    const from = await until(first, 1);
    const began = performance.now();
    await until(first, ENTRIES / 2);
    const half = (performance.now() - began) / 1000;
    await first.kill();
    const kept = await size();
    feed.asked.length = 0;
    const second = await start();
    const restarted = await until(second, kept + 1);
    const again = performance.now();
    await until(second, kept + (ENTRIES + 1 - kept) / 4);
    const memory = second.residentMb();
    await until(second, ENTRIES + 1);
    const seconds = half + (performance.now() - again) / 1000;
    const grown = second.residentMb() - memory;
    await second.stop();
    const { rows: [listed] } = await owner.query(`select count(*)::int as releases, (select count(*)::int from catalogue.feed_conflict where feed = $1) as conflicts from catalogue.release where from_feed = $1`, [NAME]);
    if (listed.releases !== ENTRIES || listed.conflicts !== 0) throw new Error(`Of ${ENTRIES} releases ${listed.releases} were listed, and ${listed.conflicts} conflict.`);
    return [
      figure('catalogue.mirror-per-second', `entries of another catalogue's feed proved and listed by one worker, of ${ENTRIES} releases; killed in the middle`, (kept - from + ENTRIES + 1 - restarted) / seconds, '/s'),
      figure('catalogue.mirror-read-again', 'the same: entries asked for again that were kept before it was killed', kept - Math.min(...feed.asked), '', { atMost: 0 }),
      figure('catalogue.mirror-growth-mb', 'the same: memory of the second worker, more at the end than after a quarter of its way', grown, 'MB', { atMost: 60 }),
    ];
  } finally {
    await feed.close();
  }
}

/** A feed of a publisher and its releases; each line of the file is an item. */
async function startFeed(root, file) {
  const from = createRequire(path.join(root, 'libs/catalogue/module/package.json'));
  const { feedLeaf, factsOf } = from('@guildhall/catalogue-contract');
  const { exampleFiles, examplePublisher, exampleRelease } = from('@guildhall/catalogue-contract/testing');
  const { MerkleTree, documentDigest, formatCheckpoint, signNote, verifierKey } = from('@guildhall/sharing-contract');
  const publisher = examplePublisher('mirrored');
  const [tree, at, key] = [new MerkleTree(), new Date(Date.now() - 3600_000), { name: NAME, key: generateKeyPairSync('ed25519').privateKey }];
  const descriptor = openSync(file, 'w+');
  const places = [0];
  const put = (kind, about, version, envelope, facts) => {
    const entry = { v: 1, t: at.toISOString(), kind, about, version, digest: documentDigest(envelope), from: null, because: null };
    places.push(places.at(-1) + writeSync(descriptor, `${JSON.stringify({ index: places.length - 1, entry, envelope, ...(facts && { facts }) })}\n`));
    tree.append(feedLeaf(entry));
  };
  put('publisher', publisher.publisher.id, null, publisher.envelope);
  for (let version = 0; version < VERSIONS; version++) for (let number = 0; number < PACKAGES; number++) {
    const [name, its] = [`${publisher.publisher.scopes[0]}/module-${number}`, `1.${version}.0`];
    const files = exampleFiles(name, its, {}, { 'README.md': `# Module ${number}\n\n${'What it does, and for whom. '.repeat(20)}` });
    const facts = factsOf(new Map(Object.entries(files).map(([one, text]) => [one, Buffer.from(text)])));
    put('release', name, its, exampleRelease(publisher, files, 'a'.repeat(128), { at }).release, facts.value);
  }
  const note = signNote(formatCheckpoint({ origin: NAME, size: tree.size, root: tree.root() }), [key]);
  const asked = [];
  const items = (first, limit) => {
    const last = Math.min(first + limit, places.length - 1);
    const bytes = Buffer.alloc(Math.max(0, places[last] - places[first]));
    readSync(descriptor, bytes, 0, bytes.length, places[first]);
    return bytes.toString('utf8').trimEnd().replaceAll('\n', ',');
  };
  const server = createServer((request, answer) => {
    const url = new URL(request.url, 'http://mirrored.example');
    const number = (name) => Number(url.searchParams.get(name));
    if (url.pathname === '/api/catalogue/v1/feed') {
      asked.push(number('from'));
      return void answer.setHeader('content-type', 'application/json').end(`{"checkpoint":${JSON.stringify(note)},"items":[${items(number('from'), number('limit'))}]}`);
    }
    if (url.pathname === '/api/catalogue/v1/feed/consistency') return void answer.setHeader('content-type', 'application/json').end(JSON.stringify({ proof: tree.consistencyProof(number('from'), number('to')).map((hash) => Buffer.from(hash).toString('base64')) }));
    if (url.pathname === '/api/catalogue/v1/feed/checkpoint') return void answer.setHeader('content-type', 'text/plain').end(note);
    return void answer.writeHead(404, { 'content-type': 'application/json' }).end('{"title":"Not found","status":404}');
  });
  await new Promise((resolve) => server.listen(PORT, '127.0.0.1', resolve));
  return {
    key: verifierKey(key), asked,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        closeSync(descriptor);
        resolve();
      });
    }),
  };
}
