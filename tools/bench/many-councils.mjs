import path from 'node:path';
import { runApp, startApp } from './app-process.mjs';
import { median } from './captured.mjs';
import { load } from './load.mjs';
import { figure } from './table.mjs';

const MANY = 433;
const ROUNDS = 5;

/** What hosting 433 councils in one process costs: the start, the memory, and a request beside one of a process with one council. */
export async function manyCouncils({ database, folder, root }) {
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000' };
  for (const app of ['riverbourne', 'glanafon']) runApp({ root, app, args: ['migrate', '--data', `${folder}/data`], env });
  const main = path.join(root, 'tools/bench/many-councils-main.cjs');
  const [one, many] = [await started(1, 4640), await started(MANY, 4650)];
  const rounds = [];
  // In turns: a machine whose speed drifts is the same for both.
  for (let round = 0; round < ROUNDS; round++) {
    const costs = new Map();
    for (const hosted of round % 2 ? [many, one] : [one, many]) {
      const before = hosted.server.cpu();
      const { total } = await load({ port: hosted.port, seconds: 4, requests: hosted.requests, rate: 200 });
      costs.set(hosted, ((hosted.server.cpu() - before) / total) * 1000);
    }
    rounds.push({ one: costs.get(one), many: costs.get(many) });
  }
  const resident = many.server.residentMb();
  await Promise.all([one.server.stop(), many.server.stop()]);
  return [
    figure('many.start-seconds', `${MANY} councils in one process: start`, many.seconds, 's', { atMost: 3 }),
    figure('many.memory-mb', `${MANY} councils: memory at the start`, many.memoryAtStart, 'MB', { atMost: 300 }),
    figure('many.memory-after-load-mb', `${MANY} councils: resident memory after load`, resident, 'MB'),
    figure('many.one-request-ms', 'home page of a process with one council: CPU', median(rounds.map(({ one: cost }) => cost)), 'ms'),
    figure('many.request-ratio', `home page, CPU with ${MANY} councils against one`, median(rounds.map((cost) => cost.many / cost.one)), '', { atMost: 1.2 }),
  ];

  /** A process with so many councils that has served each a few pages: until the compiler has seen what is hot, and each council its first visitor. */
  async function started(count, port) {
    const server = await startApp({ root, main, args: ['serve', '--port', String(port), '--data', `${folder}/data`], env: { ...env, COUNCILS: String(count) }, port });
    const [seconds, memoryAtStart] = [server.startedInMs / 1000, server.peakMb()];
    const requests = Array.from({ length: Math.min(count, 50) }, (_, at) => ({ method: 'GET', path: '/', headers: { host: `council-${at * 8}.localhost:${port}` } }));
    await load({ port, seconds: 6, requests });
    return { server, port, requests, seconds, memoryAtStart };
  }
}
