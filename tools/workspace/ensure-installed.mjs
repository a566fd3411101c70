// Before `npm start` and `npm test`: installs what package-lock.json names and node_modules lacks. Plain Node, because nothing may be installed yet.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './alone.mjs';
import { notInstalled } from './installed.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const LEAST = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  console.error(`Guildhall needs Node ${LEAST.join('.')} or later; this is ${process.versions.node}. Install a newer one (https://nodejs.org) and run this again.`);
  process.exit(1);
}

if (notInstalled(root).length > 0) {
  await alone(path.join(root, '.guildhall/installing.lock'), 'Another process is installing packages; waiting for it.', () => {
    // The other process may have done it.
    if (notInstalled(root).length > 0) install();
  });
}

function install() {
  console.log('Installing packages (npm ci) …');
  // Development packages too, whatever NODE_ENV says: they build and test this repository. No package's own script is needed.
  const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_ENV: '' } };
  const { status, error } = npm?.endsWith('.js') ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (status === 0) return;
  console.error(`npm ci failed${error ? `: ${error.message}` : ''}. What it says above tells why; when the network or the registry was at fault, run this again.`);
  process.exit(1);
}
