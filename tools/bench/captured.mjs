import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startApp } from './app-process.mjs';
import { statementsSince, varying } from './statements.mjs';

/**
 * What a request sends to PostgreSQL: its statements, with the values that differ from one time to the next marked, and its answer.
 *
 * @param {(port: number) => Promise<{ status: number, text: string }>} send sends the request once; it must be answered
 */
export async function captured({ root, folder, env, data, app = 'riverbourne', main = path.join(root, 'apps', app, 'dist/main.js'), port = 4620, send }) {
  const file = path.join(folder, 'statements.jsonl');
  writeFileSync(file, '');
  const server = await startApp({
    root, main, args: ['serve', '--port', String(port), ...data], port,
    env: { ...env, CAPTURE_FILE: file, NODE_OPTIONS: `--require ${path.join(root, 'tools/bench/capture-statements.cjs')}` },
  });
  try {
    let earlier;
    for (let time = 0; time < 20; time++) {
      const before = statSync(file).size;
      const answer = await send(port);
      if (answer.status >= 300) throw new Error(`The request was not answered: ${answer.status} ${answer.text.slice(0, 300)}`);
      // What is left out is not of the request: the worker's and the nudge's own statements.
      const sample = { answer: answer.text, statements: statementsSince(file, before).filter(({ text }) => !/notify|queue\.|listen/i.test(text)) };
      // The first brings what every later one finds in memory, and now and then the worker's own work falls between: two in a row that send the same are what the request sends.
      if (time > 1 && texts(sample) === texts(earlier)) return { answer: sample.answer, statements: varying(sample.statements, earlier.statements) };
      earlier = sample;
    }
    throw new Error('The request sends other statements each time.');
  } finally {
    await server.stop();
  }
}

const texts = ({ statements }) => JSON.stringify(statements.map(({ text }) => text));

/** Starts the raw limit of the same stack for one request: bare Fastify and node-postgres with the same statements and the same answer. */
export async function startBare({ root, folder, env, port, method = 'GET', url, type, captured: { statements, answer } }) {
  const routes = path.join(folder, `bare-routes-${port}.json`);
  writeFileSync(routes, JSON.stringify([{ method, path: url, statements, answer, type }]));
  return startApp({ root, main: path.join(root, 'tools/bench/bare-server.cjs'), args: [], env: { ...env, BARE_ROUTES: routes, PORT: String(port) }, port });
}

/** The middle one. */
export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
