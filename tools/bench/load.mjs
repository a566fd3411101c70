import { createRequire } from 'node:module';
import { root } from '../workspace/build.mjs';
import { request } from './app-process.mjs';

const autocannon = createRequire(`${root}/package.json`)('autocannon');

/** Sends requests for some seconds over so many connections, as fast as they are answered or at a steady rate. */
export async function load({ port, seconds, connections = 8, rate, requests, host }) {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`, duration: seconds, connections, ...(rate ? { overallRate: rate } : {}), headers: { host: host ?? `localhost:${port}` }, requests, timeout: 20,
  });
  const wrong = result.non2xx - (result['3xx'] ?? 0);
  if (result.errors || wrong > 0) throw new Error(`${result.errors} errors and ${wrong} answers that were not right, of ${result.requests.total}. ${await sampleAnswer(port, requests[0])}`);
  return { perSecond: result.requests.total / result.duration, total: result.requests.total, p99: result.latency.p99, p50: result.latency.p50 };
}

/** One call after another for so many seconds: how long they took, in milliseconds. */
export async function inTurn(seconds, call) {
  const took = [];
  for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
    const began = performance.now();
    const { status, text } = await call();
    if (status !== 200) throw new Error(`A call was answered ${status}: ${text.slice(0, 500)}`);
    took.push(performance.now() - began);
  }
  took.sort((one, other) => one - other);
  return { count: took.length, p50: took[Math.floor(took.length * 0.5)], p95: took[Math.floor(took.length * 0.95)] };
}

/** What the server says to one such request now: the generator of the load keeps no answers. */
async function sampleAnswer(port, first) {
  const { path, method, headers, body } = first.setupRequest?.(first) ?? first;
  const { status, text } = await request(port, path, { method, headers, body });
  return `One more was answered ${status}: ${text.slice(0, 500)}`;
}
