import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../workspace/build.mjs';

/** Ours, and those of an invented regional body. */
const OURS = ['@guildhall', '@westmarch'];

/**
 * A real npm registry on this machine, which holds what is published to it and nothing else.
 *
 * @param {string} folder where it keeps its packages
 * @param {readonly string[]} scopes whose packages may be published to it, besides create-guildhall
 * @returns {Promise<{ url: string, stop(): Promise<void> }>}
 */
export async function startRegistry(folder, scopes = OURS) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'config.yaml'), configuration(folder, scopes));
  // A port that is free may be somebody else's by the time that the registry listens on it.
  for (let tries = 1; ; tries++) {
    const { registry, said } = await startedOn(await freePort(), folder);
    if (registry) return registry;
    if (tries === 5 || !said.includes('EADDRINUSE')) throw new Error(`The registry did not start:\n${said}`);
  }
}

/** A registry, or what it said before it ended. */
async function startedOn(port, folder) {
  const url = `http://localhost:${port}/`;
  const said = path.join(folder, 'registry.log');
  const log = openSync(said, 'w');
  const server = spawn(process.execPath, [path.join(root, 'node_modules/verdaccio/bin/verdaccio'), '--config', path.join(folder, 'config.yaml'), '--listen', `localhost:${port}`], { cwd: folder, stdio: ['ignore', log, log] });
  closeSync(log);
  const isOver = () => server.exitCode !== null || server.signalCode !== null;
  const stop = async () => {
    if (isOver()) return;
    server.kill('SIGTERM');
    await once(server, 'exit');
  };
  for (let waited = 0; waited < 30_000 && !isOver(); waited += 100) {
    if ((await fetch(`${url}-/ping`).catch(() => undefined))?.ok && !isOver()) return { registry: { url, stop } };
    await delay(100);
  }
  await stop();
  return { said: readFileSync(said, 'utf8') || 'It said nothing within 30 seconds.' };
}

/** Settings for npm by which ours come from that registry and from nowhere else, and all others from where this machine's npm has them. */
export function npmrc(url, scopes = OURS) {
  return `${scopes.map((scope) => `${scope}:registry=${url}\n`).join('')}${url.replace(/^http:/, '')}:_authToken=anybody-may-publish-here\nfund=false\naudit=false\nupdate-notifier=false\n`;
}

/** Settings for npm by which everything comes from that registry, which takes what is not ours from where this machine's npm has it: for names of ours without our scope, such as create-guildhall. */
export function npmrcForEverything(url) { return `registry=${url}\n${npmrc(url)}`; }

function configuration(folder, scopes) {
  return `storage: ${JSON.stringify(path.join(folder, 'storage'))}
packages:
${scopes.map((scope) => `  '${scope}/*': { access: $all, publish: $all, unpublish: $all }`).join('\n')}
  'create-guildhall': { access: $all, publish: $all, unpublish: $all }
  '**': { access: $all, proxy: elsewhere }
uplinks: { elsewhere: { url: ${JSON.stringify(elsewhere())} } }
server: { keepAliveTimeout: 60 }
max_body_size: 50mb
log: { type: stdout, format: pretty, level: warn }
`;
}

/** Where this machine's npm has packages from. */
function elsewhere() {
  const { stdout } = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return stdout.trim();
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
