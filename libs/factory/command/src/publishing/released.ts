import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { factsDigest, factsOf, type PackageFacts, type PackageFiles } from '@guildhall/catalogue-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { CannotDo, type World } from '../command';
import { bytesIn, envelopeIn, jsonIn, right, written } from './documents';
import { npm, reasonOf } from './npm';
import { packedFiles } from '../packed';

/** A package as it was packed: what everybody else will work out of its bytes, too. */
export interface Packed { readonly bytes: Uint8Array; readonly sha512: string; readonly files: PackageFiles; readonly facts: PackageFacts; readonly factsDigest: string }

/** Where a release waits to be signed by a second person and to be published: never inside of what is packed. */
export interface ReleaseFiles { readonly folder: string; readonly packed: string; readonly release: string; readonly components: string }

/** Files of a release: `.guildhall/releases/westmarch-parking-1.2.0.tgz` and what was signed of it beside. */
export function releaseFiles(folder: string, { name, version }: Pick<PackageFacts, 'name' | 'version'>): ReleaseFiles {
  const at = path.join(folder, '.guildhall/releases');
  const base = path.join(at, `${name.replace(/^@/, '').replace('/', '-')}-${version}`);
  return { folder: at, packed: `${base}.tgz`, release: `${base}.release.json`, components: `${base}.components.json` };
}

/** Name and version of the package in a folder. @throws CannotDo */
export async function packageIn(folder: string): Promise<Pick<PackageFacts, 'name' | 'version'>> {
  const { name, version } = (await jsonIn(path.join(folder, 'package.json'))) as { readonly name?: unknown; readonly version?: unknown };
  if (typeof name !== 'string' || typeof version !== 'string') throw new CannotDo(`${path.join(folder, 'package.json')} has no name and version.`);
  return { name, version };
}

/** Packs a package as npm does, and reads what came of it. @throws CannotDo */
export async function pack(folder: string, world: World): Promise<Packed> {
  const { folder: into } = releaseFiles(folder, await packageIn(folder));
  const at = path.join(into, `.packing-${process.pid}`);
  await mkdir(at, { recursive: true });
  try {
    const { code, out, err } = await npm(['pack', '--json', '--pack-destination', at], folder, world);
    if (code !== 0) throw new CannotDo(`npm cannot pack ${folder}: ${reasonOf({ out, err })}`);
    const [file] = filenamesIn(out);
    if (file === undefined) throw new CannotDo(`npm has packed nothing in ${folder}.`);
    return await readPacked(new Uint8Array(await readFile(path.join(at, file))), file);
  } finally {
    await rm(at, { recursive: true, force: true });
  }
}

/** What a lifecycle script prints comes before; npm's own answer is the last JSON, a list or one for each package. */
function filenamesIn(out: string): readonly string[] {
  for (const from of [...out.matchAll(/^[[{]/gm)].map(({ index }) => index)) {
    try {
      const told = JSON.parse(out.slice(from)) as unknown;
      return (Array.isArray(told) ? told : Object.values(told as object)).flatMap((one) => ((one as { readonly filename?: string }).filename ?? []));
    } catch {
      // It was a line of somebody else's.
    }
  }
  return [];
}

/** @throws CannotDo when it is no package that can be listed */
export async function readPacked(bytes: Uint8Array, named: string): Promise<Packed> {
  const files = await packedFiles(bytes, named);
  const facts = right(factsOf(files), named);
  return { bytes, sha512: createHash('sha512').update(bytes).digest('hex'), files, facts, factsDigest: factsDigest(facts) };
}

/** A release that was signed here. */
export interface Signed { readonly packed: Packed; readonly release: Envelope; readonly components: string }

/** What is kept of a release; nothing where it was not signed yet. @throws CannotDo */
export async function keptRelease(files: ReleaseFiles): Promise<Signed | undefined> {
  if (!existsSync(files.release)) return undefined;
  return { packed: await readPacked(await bytesIn(files.packed), files.packed), release: await envelopeIn(files.release), components: Buffer.from(await bytesIn(files.components)).toString('utf8') };
}

/** The statement is written last: where it is, the rest is there. */
export async function keepRelease(files: ReleaseFiles, { packed, release, components }: Signed): Promise<void> {
  await mkdir(files.folder, { recursive: true });
  await writeFile(files.packed, packed.bytes);
  await writeFile(files.components, components);
  await writeFile(files.release, written(release));
}
