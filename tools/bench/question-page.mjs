import path from 'node:path';
import { get, post, runApp, startApp } from './app-process.mjs';
import { captured, median, startBare } from './captured.mjs';
import { load } from './load.mjs';
import { figure } from './table.mjs';

const PORT = 4651;
const BARE = 4652;
const BASE = '/services/allotments';
/** The five requests of a whole journey, each with what somebody writes; every one is stored before it is answered, the last opens a case. */
const JOURNEY = [
  ['site', { sites: 'cae-melin' }],
  ['size', { size: 'half' }],
  ['home-address', { 'home-searched': '', 'home-find': '', 'home-line1': '1 Invented Street', 'home-line2': '', 'home-town': 'Glanafon', 'home-postcode': 'ZZ99 9ZZ' }],
  ['contact', { name: 'Bench Person', email: 'bench@person.example' }],
  ['check-answers', {}],
];
const ROUNDS = 7;
const JOURNEYS_A_ROUND = 80;
const WARMING_JOURNEYS = 1600;
/** People who fill in at the same time. */
const PEOPLE = 4;

/**
 * A question page with its session and draft in PostgreSQL, beside a bare server that sends the same SQL and the same page ready-made; and a whole journey of five requests that ends in a
 * stored case. All take turns, and the middle of several rounds counts.
 */
export async function questionPage({ database, folder, root }) {
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000' };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'glanafon', args: ['migrate', ...data], env });
  const visitor = new Map();
  const sample = await captured({
    root, folder, env, data, app: 'glanafon', port: PORT,
    send: async (port) => {
      if (!visitor.size) await new Journey(port, visitor).go(2);
      return get(port, `${BASE}/size`, visitor);
    },
  });
  const bare = await startBare({ root, folder, env, port: BARE, url: `${BASE}/size`, type: 'text/html; charset=utf-8', captured: sample });
  const server = await startApp({ root, main: path.join(root, 'apps/glanafon/dist/main.js'), args: ['serve', '--port', String(PORT), ...data], env, port: PORT });
  const rounds = [];
  try {
    const cookies = new Map();
    await new Journey(PORT, cookies).go(2);
    const page = (port) => [{ method: 'GET', path: `${BASE}/size`, headers: { host: `localhost:${port}`, accept: 'text/html', cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } }];
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => Journey.begun(PORT)));
    const journeys = (count) => Promise.all(people.map(async (person) => {
      for (let at = 0; at < count / PEOPLE; at++) await person.again();
    }));
    // Until the compiler has seen what is hot: the longest of the five forms is sent once a journey, and what a journey costs falls for more than a thousand of them.
    await journeys(WARMING_JOURNEYS);
    for (const port of [BARE, PORT]) await load({ port, seconds: 4, requests: page(port), rate: 400 });
    for (let round = 0; round < ROUNDS; round++) {
      const [rawBefore, raw] = [bare.cpu(), await load({ port: BARE, seconds: 3, requests: page(BARE), rate: 200 })];
      const rawCpu = (bare.cpu() - rawBefore) / raw.total;
      const [before, ours] = [server.cpu(), await load({ port: PORT, seconds: 3, requests: page(PORT), rate: 200 })];
      const cpu = (server.cpu() - before) / ours.total;
      const began = server.cpu();
      await journeys(JOURNEYS_A_ROUND);
      rounds.push({ raw: rawCpu * 1000, cpu: cpu * 1000, p50: ours.p50, p99: ours.p99, journey: ((server.cpu() - began) / JOURNEYS_A_ROUND) * 1000 });
    }
    const { rows } = await database.owner.query(`select count(*)::int as n from cases."case" where case_type = 'allotments.waiting'`);
    if (rows[0].n < ROUNDS * JOURNEYS_A_ROUND) throw new Error(`Only ${rows[0].n} cases of ${ROUNDS * JOURNEYS_A_ROUND} journeys are stored.`);
  } finally {
    await server.stop();
    await bare.stop();
  }
  const middle = (of) => median(rounds.map(of));
  return [
    figure('page.cpu-ms', 'question page with session and draft: CPU of the server', middle(({ cpu }) => cpu), 'ms', { atMost: 1.6 }),
    figure('page.bare-cpu-ms', 'the same SQL and the page ready-made from a bare server: CPU', middle(({ raw }) => raw), 'ms'),
    figure('page.times-bare', 'question page: CPU, as many times the bare server\'s', middle(({ cpu, raw }) => cpu / raw), '×'),
    figure('page.p99-ms', 'question page at 200 requests a second: 99th percentile', middle(({ p99 }) => p99), 'ms', { atMost: 50 }),
    figure('page.p50-ms', 'question page at 200 requests a second: median', middle(({ p50 }) => p50), 'ms'),
    figure('journey.cpu-ms', 'whole journey of five requests, the last of which stores a case: CPU', middle(({ journey }) => journey), 'ms', { atMost: 8 }),
    figure('journey.times-bare', 'the same, as many times the bare server\'s CPU for a page', middle(({ journey, raw }) => journey / raw), '×'),
  ];
}

/** Somebody who fills in one journey after another, with the forms at hand: what a page brought once is not got again. */
class Journey {
  #page = '';
  #version = '';
  constructor(port, cookies) {
    this.port = port;
    this.cookies = cookies;
  }

  /** One who has seen every page once. */
  static async begun(port) {
    const journey = new Journey(port, new Map());
    await journey.go(JOURNEY.length);
    return journey;
  }

  /** Gets the first page and the answers to check, and sends so many forms. */
  async go(steps) {
    this.#page = (await get(this.port, `${BASE}/site`, this.cookies)).text;
    for (const [slug, fields] of JOURNEY.slice(0, steps)) {
      // What is sent off must be what was shown.
      if (slug === 'check-answers') {
        this.#page = (await get(this.port, `${BASE}/${slug}`, this.cookies)).text;
        this.#version = /name="version" value="([^"]*)"/.exec(this.#page)?.[1] ?? '';
      }
      await this.#send(slug, fields);
    }
  }

  /** The same again as a new visitor, by its five forms alone. */
  async again() {
    this.cookies.delete('__Host-session');
    for (const [slug, fields] of JOURNEY) await this.#send(slug, fields);
  }

  async #send(slug, fields) {
    const answer = await post(this.port, `${BASE}/${slug}`, { draft: '', version: slug === 'check-answers' ? this.#version : '', ...fields }, this.cookies, this.#page);
    if (answer.status !== 303) throw new Error(`${slug} was not taken: ${answer.status} ${/error-summary[\s\S]{0,600}/.exec(answer.text)?.[0] ?? answer.text.slice(0, 300)}`);
    if (slug === 'check-answers' && !answer.headers.location.includes('/done/')) throw new Error(`The journey ended at ${answer.headers.location}.`);
  }
}
