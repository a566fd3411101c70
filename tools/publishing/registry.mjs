import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../workspace/build.mjs';

/**
 * A real npm registry on this machine: it holds what is published to it, and fetches the rest from where this machine's npm does.
 *
 * @param {string} folder where it keeps its packages
 * @returns {Promise<{ url: string, stop(): Promise<void> }>}
 */
export async function startRegistry(folder) {
  const port = await freePort();
  const url = `http://localhost:${port}/`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'config.yaml'), configuration(folder));
  const log = openSync(path.join(folder, 'registry.log'), 'w');
  const server = spawn(process.execPath, [path.join(root, 'node_modules/verdaccio/bin/verdaccio'), '--config', path.join(folder, 'config.yaml'), '--listen', `localhost:${port}`], { cwd: folder, stdio: ['ignore', log, log] });
  const stop = async () => {
    if (server.exitCode !== null) return;
    server.kill('SIGTERM');
    await once(server, 'exit');
  };
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (server.exitCode !== null) throw new Error(`The registry ended at once: see ${path.join(folder, 'registry.log')}.`);
    if ((await fetch(`${url}-/ping`).catch(() => undefined))?.ok) return { url, stop };
    await delay(100);
  }
  await stop();
  throw new Error(`The registry did not answer in 30 seconds: see ${path.join(folder, 'registry.log')}.`);
}

/** Settings for npm that lead to that registry and no other. */
export function npmrc(url) {
  return `registry=${url}\n${url.replace(/^http:/, '')}:_authToken=anybody-may-publish-here\nfund=false\naudit=false\nupdate-notifier=false\n`;
}

// Ours come from what was published here and from nowhere else.
function configuration(folder) {
  const upstream = execFileSync('npm', ['config', 'get', 'registry'], { cwd: root, encoding: 'utf8' }).trim();
  return `storage: ${JSON.stringify(path.join(folder, 'storage'))}
uplinks:
  machine:
    url: ${JSON.stringify(upstream)}
    cache: true
    maxage: 1d
    timeout: 60s
packages:
  '@guildhall/*': { access: $all, publish: $all, unpublish: $all }
  '**': { access: $all, proxy: machine }
server: { keepAliveTimeout: 60 }
max_body_size: 50mb
log: { type: stdout, format: pretty, level: warn }
`;
}

function freePort() {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
