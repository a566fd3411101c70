import path from 'node:path';
import { get, post, runApp, startApp } from './app-process.mjs';
import { load } from './load.mjs';
import { figure } from './table.mjs';

const PORT = 4651;
const BASE = '/services/allotments';
/** The five requests of a whole journey, each with what somebody writes; every one is stored before it is answered, the last opens a case. */
const JOURNEY = [
  ['site', { sites: 'cae-melin' }],
  ['size', { size: 'half' }],
  ['home-address', { 'home-searched': '', 'home-find': '', 'home-line1': '1 Invented Street', 'home-line2': '', 'home-town': 'Glanafon', 'home-postcode': 'ZZ99 9ZZ' }],
  ['contact', { name: 'Bench Person', email: 'bench@person.example' }],
  ['check-answers', {}],
];

/** A question page with its session and draft in PostgreSQL, and a whole journey of five requests that ends in a stored case. */
export async function questionPage({ database, folder, root }) {
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000' };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'glanafon', args: ['migrate', ...data], env });
  const server = await startApp({ root, main: path.join(root, 'apps/glanafon/dist/main.js'), args: ['serve', '--port', String(PORT), ...data], env, port: PORT });
  try {
    const cookies = new Map();
    await walk(cookies, 2);
    const headers = { host: `localhost:${PORT}`, accept: 'text/html', cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const page = [{ method: 'GET', path: `${BASE}/size`, headers }];
    await load({ port: PORT, seconds: 5, requests: page, rate: 400 });
    const before = server.cpu();
    const { total, p99, p50 } = await load({ port: PORT, seconds: 10, requests: page, rate: 200 });
    const pageCpu = ((server.cpu() - before) / total) * 1000;

    for (let at = 0; at < 30; at++) await walk(new Map(), JOURNEY.length);
    const journeys = 150;
    const cpuOfPosts = { value: 0 };
    const began = server.cpu();
    for (let at = 0; at < journeys; at++) await walk(new Map(), JOURNEY.length);
    cpuOfPosts.value = ((server.cpu() - began) / journeys) * 1000;
    const { rows } = await database.owner.query(`select count(*)::int as n from cases."case" where case_type = 'allotments.waiting'`);
    if (rows[0].n < journeys) throw new Error(`Only ${rows[0].n} cases of ${journeys} journeys are stored.`);
    return [
      figure('page.cpu-ms', 'question page with session and draft: CPU of the server', pageCpu, 'ms', { atMost: 1.6 }),
      figure('page.p99-ms', 'question page at 200 requests a second: 99th percentile', p99, 'ms', { atMost: 50 }),
      figure('page.p50-ms', 'question page at 200 requests a second: median', p50, 'ms'),
      figure('journey.cpu-ms', 'whole journey, five forms sent and two pages got: CPU', cpuOfPosts.value, 'ms', { atMost: 8 }),
    ];
  } finally {
    await server.stop();
  }
}

/** Sends the forms of a journey as a browser would that has its pages at hand: the first page and the answers to check are got, the others are sent at once. */
async function walk(cookies, steps) {
  let page = (await get(PORT, `${BASE}/site`, cookies)).text;
  let hidden = hiddenOf(page);
  for (const [slug, fields] of JOURNEY.slice(0, steps)) {
    // What is sent off must be what was shown.
    if (slug === 'check-answers') {
      page = (await get(PORT, `${BASE}/${slug}`, cookies)).text;
      hidden = hiddenOf(page);
    }
    const answer = await post(PORT, `${BASE}/${slug}`, { ...hidden, ...fields }, cookies, page);
    if (answer.status !== 303) throw new Error(`${slug} was not taken: ${answer.status} ${/error-summary[\s\S]{0,600}/.exec(answer.text)?.[0] ?? answer.text.slice(0, 300)}`);
    const ticket = /[?&]draft=([^&]+)/.exec(answer.headers.location)?.[1];
    hidden = { ...hidden, ...(ticket ? { draft: decodeURIComponent(ticket) } : { draft: '' }), version: '' };
  }
}

function hiddenOf(html) {
  return Object.fromEntries([...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].filter(([, name]) => name !== '_csrf').map(([, name, value]) => [name, value]));
}
