import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Who runs the server. PostgreSQL refuses to run as root, so root hands it to an unprivileged user, which need not exist by name. */
export interface ServerUser { readonly uid: number; readonly gid: number }

const UNPRIVILEGED: ServerUser = { uid: 65534, gid: 65534 };

/** The user for the server's processes; undefined means the one who runs this. */
export function serverUser(): ServerUser | undefined {
  return process.getuid?.() === 0 ? UNPRIVILEGED : undefined;
}

/**
 * Where a cluster's files lie: in the folder asked for or, when the server's user cannot pass a folder above it (`/root`, a `mktemp -d`),
 * in a folder of its own under the machine's temporary files, named after the folder asked for.
 */
export async function findPlace(dataFolder: string): Promise<string> {
  const wanted = path.resolve(dataFolder);
  const user = serverUser();
  if (!user || (await canPass(user, wanted))) return wanted;
  const elsewhere = path.join(temporaryFiles(), `guildhall-${createHash('sha256').update(wanted).digest('hex').slice(0, 16)}`);
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  await refuseUnlessOurs(elsewhere);
  return elsewhere;
}

/** Where programs and templates are kept between runs. */
export async function cacheFolder(): Promise<string> {
  const folder = process.getuid?.() === 0 ? path.join(temporaryFiles(), 'guildhall-cache') : path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'guildhall');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await refuseUnlessOurs(folder);
  return folder;
}

/** Kept over a restart of the machine where there is such a folder. */
function temporaryFiles(): string {
  return existsSync('/var/tmp') ? '/var/tmp' : os.tmpdir();
}

/** Anyone may make folders among the temporary files: one that another user made, or can write to, is not to be trusted with programs or data. */
async function refuseUnlessOurs(folder: string): Promise<void> {
  const uid = process.getuid?.();
  if (uid === undefined) return;
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o022) !== 0) throw new Error(`${folder} belongs to another user or can be written by others. Remove it and start again.`);
}

async function canPass(user: ServerUser, folder: string): Promise<boolean> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(at)) {
      const { mode, uid, gid } = await stat(at);
      const mayEnter = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
      if (!mayEnter) return false;
    }
    if (at === path.dirname(at)) return true;
  }
}
