import { spawn } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../workspace/build.mjs';

/**
 * A real npm registry on this machine, which holds what is published to it and nothing else.
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

/** Settings for npm by which ours come from that registry and from nowhere else, and all others from where this machine's npm has them. */
export function npmrc(url) {
  return `@guildhall:registry=${url}\n${url.replace(/^http:/, '')}:_authToken=anybody-may-publish-here\nfund=false\naudit=false\nupdate-notifier=false\n`;
}

function configuration(folder) {
  return `storage: ${JSON.stringify(path.join(folder, 'storage'))}
packages:
  '@guildhall/*': { access: $all, publish: $all, unpublish: $all }
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
