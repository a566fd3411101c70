import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type ServerUser, cacheFolder, serverUser } from './place';
import { type Programs, program } from './programs';
import { alone } from './starting-lock';

const run = promisify(execFile);

/** A freshly made cluster, kept to be copied: copying takes a tenth of the time of making one. */
export interface ClusterTemplate {
  readonly folder: string;
  /** The superuser's password in every fresh copy, until that copy gets its own. Random, and made on this machine. */
  readonly password: string;
}

/** The template for these programs, made when there is none yet. */
export async function clusterTemplate(programs: Programs, onProgress: (message: string) => void): Promise<ClusterTemplate> {
  const target = path.join(await cacheFolder(), `cluster-${programs.version}`);
  const passwordFile = path.join(target, 'password');
  await alone(`${target}.lock`, async () => {
    if (existsSync(passwordFile)) return;
    onProgress('Preparing the first database cluster (first time only)');
    await rm(target, { recursive: true, force: true });
    const unfinished = `${target}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    const password = randomBytes(24).toString('base64url');
    await makeCluster(programs, unfinished, password);
    await rename(unfinished, target);
    await writeFile(passwordFile, password, { mode: 0o600 });
  });
  return { folder: path.join(target, 'cluster'), password: await readFile(passwordFile, 'utf8') };
}

/** Copies the template to a place where there is no cluster yet; all or nothing. */
export async function copyCluster(template: ClusterTemplate, target: string): Promise<void> {
  const unfinished = `${target}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await makePrivateFolder(unfinished);
  if (process.platform === 'win32') await cp(template.folder, unfinished, { recursive: true });
  // Copied by its own user, so that the copy is the server's: changing the owner of a thousand files afterwards takes longer than the copying.
  else await run('cp', ['-R', '-p', `${template.folder}/.`, unfinished], { cwd: '/', ...serverUser() });
  await rename(unfinished, target);
}

async function makeCluster(programs: Programs, folder: string, password: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const cluster = path.join(folder, 'cluster');
  await makePrivateFolder(cluster);
  const passwordFile = path.join(cluster, '..', 'initial-password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  giveTo(serverUser(), passwordFile);
  // The builtin locale sorts alike on every system; older servers do not have it.
  const locale = programs.majorVersion >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C'];
  await run(program(programs.folder, 'initdb'), ['--pgdata', cluster, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--no-sync', '--no-instructions', ...locale], { cwd: '/', ...serverUser(), env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } });
  await rm(passwordFile);
}

async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  chmodSync(folder, 0o700);
  giveTo(serverUser(), folder);
}

function giveTo(user: ServerUser | undefined, at: string): void {
  if (user) chownSync(at, user.uid, user.gid);
}
