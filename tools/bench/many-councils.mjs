import path from 'node:path';
import { runApp, startApp } from './app-process.mjs';
import { load } from './load.mjs';
import { figure } from './table.mjs';

const MANY = 433;

/** What hosting 433 councils in one process costs: the start, the memory, and a request beside one of a process with one council. */
export async function manyCouncils({ database, folder, root }) {
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000' };
  for (const app of ['riverbourne', 'glanafon']) runApp({ root, app, args: ['migrate', '--data', `${folder}/data`], env });
  const main = path.join(root, 'tools/bench/many-councils-main.cjs');
  const measured = {};
  for (const count of [1, MANY]) {
    const server = await startApp({ root, main, args: ['serve', '--port', '4640', '--data', `${folder}/data`], env: { ...env, COUNCILS: String(count) }, port: 4640 });
    const started = server.startedInMs / 1000;
    const memoryAtStart = server.peakMb();
    const requests = Array.from({ length: Math.min(count, 50) }, (_, at) => ({ method: 'GET', path: '/', headers: { host: `council-${count === 1 ? 0 : at * 8}.localhost:4640` } }));
    // Until the compiler has seen what is hot, and each council its first visitor.
    await load({ port: 4640, seconds: 6, requests });
    const before = server.cpu();
    const { total } = await load({ port: 4640, seconds: 6, requests, rate: 200 });
    measured[count] = { started, memoryAtStart, cpu: ((server.cpu() - before) / total) * 1000, resident: server.residentMb() };
    await server.stop();
  }
  return [
    figure('many.start-seconds', `${MANY} councils in one process: start`, measured[MANY].started, 's', { atMost: 3 }),
    figure('many.memory-mb', `${MANY} councils: memory at the start`, measured[MANY].memoryAtStart, 'MB', { atMost: 300 }),
    figure('many.memory-after-load-mb', `${MANY} councils: resident memory after load`, measured[MANY].resident, 'MB'),
    figure('many.one-request-ms', 'home page of a process with one council: CPU', measured[1].cpu, 'ms'),
    figure('many.request-ratio', `home page, CPU with ${MANY} councils against one`, measured[MANY].cpu / measured[1].cpu, '', { atMost: 1.2 }),
  ];
}
