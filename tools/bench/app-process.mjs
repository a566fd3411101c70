import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const TICKS_PER_SECOND = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100;

/** Runs a command of an app to its end. */
export function runApp({ root, app, main = path.join(root, 'apps', app, 'dist/main.js'), args, env }) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, ...args], { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${app ?? main} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
}

/**
 * Starts a server and waits until it is ready; says how long that took and what it costs.
 *
 * @param {string | false} ready the address that answers when it is; false for a worker, which answers nobody
 */
export async function startApp({ root, main, args, env, port, ready = '/health/ready' }) {
  const began = performance.now();
  const child = spawn(process.execPath, [main ?? path.join(root, 'apps/riverbourne/dist/main.js'), ...args], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output = (output + chunk).slice(-4000)));
  child.stderr.on('data', (chunk) => (output = (output + chunk).slice(-4000)));
  let isOver = false;
  child.on('exit', () => (isOver = true));
  const refuseEnd = () => {
    if (isOver) throw new Error(`The process ended: ${output}`);
  };
  while (ready !== false) {
    refuseEnd();
    if ((await get(port, ready).catch(() => undefined))?.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (performance.now() - began > 60_000) throw new Error(`The server did not become ready: ${output}`);
  }
  return {
    port, startedInMs: performance.now() - began, refuseEnd,
    /** CPU seconds of the process so far. */
    cpu: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    },
    residentMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    peakMb: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    /** Ends it in the midst of whatever it does. */
    kill: () => new Promise((resolve) => {
      child.on('exit', resolve);
      child.kill('SIGKILL');
    }),
    stop: () => new Promise((resolve) => {
      if (isOver) return resolve();
      child.on('exit', resolve);
      child.kill('SIGTERM');
    }),
  };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });

/** One request as a browser without JavaScript sends it. */
export function request(port, target, { method = 'GET', headers = {}, body, cookies } = {}) {
  return new Promise((resolve, reject) => {
    const sent = { host: `localhost:${port}`, accept: 'text/html', ...headers };
    if (cookies?.size) sent.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (body !== undefined) {
      sent['content-type'] ??= 'application/x-www-form-urlencoded';
      sent['content-length'] = Buffer.byteLength(body);
    }
    const call = http.request({ host: '127.0.0.1', port, path: target, method, headers: sent, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        for (const cookie of response.headers['set-cookie'] ?? []) {
          const [pair] = cookie.split(';');
          cookies?.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
        }
        resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') });
      });
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}
export const get = (port, target, cookies) => request(port, target, { cookies });

/** Sends a form with the token of the page that it is on. */
export function post(port, target, fields, cookies, page) {
  const token = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  return request(port, target, { method: 'POST', body: new URLSearchParams({ _csrf: token, ...fields }).toString(), cookies });
}
