import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const PROGRAMS = '/usr/lib/postgresql/15/bin';

/**
 * Debian's PostgreSQL 15, the oldest that is supported: an installed one, or one installed now where that can be done.
 *
 * @returns {string | undefined} folder of its programs
 */
export function installPostgres15() {
  if (existsSync(`${PROGRAMS}/initdb`)) return PROGRAMS;
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return undefined;
  console.log(`Installing Debian's PostgreSQL 15 …`);
  // Its programs only: the package would otherwise make a server that runs for good.
  mkdirSync('/etc/postgresql-common', { recursive: true });
  if (!existsSync('/etc/postgresql-common/createcluster.conf')) writeFileSync('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n');
  const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  const isInstalled = (apt('update') || true) && apt('install', '--yes', '--no-install-recommends', 'postgresql-15');
  return isInstalled && existsSync(`${PROGRAMS}/initdb`) ? PROGRAMS : undefined;
}
