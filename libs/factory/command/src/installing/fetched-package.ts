import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PackageFiles } from '@guildhall/catalogue-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import type { World } from '../command';
import { CannotDo } from '../command';
import { packedFiles } from '../packed';
import { npm, reasonOf } from '../publishing/npm';

/** A package as it came from the registry that npm has for it. */
export interface FetchedPackage { readonly sha512: string; readonly files: PackageFiles }

/** Fetches a release as npm would, and runs and writes nothing of it. @throws CannotDo when the registry cannot be reached */
export async function fetchedPackage(name: string, version: string, world: World): Promise<Outcome<FetchedPackage, Refusal<'not-in-registry'>>> {
  const into = mkdtempSync(path.join(os.tmpdir(), 'guildhall-package-'));
  try {
    const { code, out, err } = await npm(['pack', `${name}@${version}`, '--json', '--ignore-scripts', '--prefer-online', '--pack-destination', into], world.folder, world);
    if (code !== 0 && /\b(E404|ETARGET)\b/.test(`${out}${err}`)) return refused('not-in-registry', `The registry that npm has for ${name} does not have ${version}. If ${name.split('/')[0] ?? name} is in another one, say so in .npmrc.`);
    const [file] = readdirSync(into);
    if (code !== 0 || file === undefined) throw new CannotDo(`${name} ${version} cannot be fetched: ${reasonOf({ out, err })}`);
    const packed = readFileSync(path.join(into, file));
    return done({ sha512: createHash('sha512').update(packed).digest('hex'), files: await packedFiles(packed, `${name} ${version}`) });
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}
