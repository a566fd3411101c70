import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { ConformanceReport, JudgedPackage } from '@guildhall/assurance-contract';
import { CannotDo } from './command';

const BLOCK = 512;
const MOST_BYTES = 200 * 1024 * 1024;

interface Manifest { readonly name?: string; readonly version?: string; readonly guildhall?: { readonly kind?: string; readonly owner?: string; readonly provides?: Readonly<Record<string, string>>; readonly conformance?: readonly string[] } }

/** A package as npm packs it, as a policy looks at it. @throws CannotDo */
export function packageIn(packed: Uint8Array, file: string): JudgedPackage {
  const files = filesIn(packed, file);
  const text = (name: string): unknown => {
    try {
      return JSON.parse(files.get(name)?.toString('utf8') ?? '') as unknown;
    } catch {
      throw new CannotDo(`${file} has no ${name} that is JSON.`);
    }
  };
  const { name, version, guildhall } = text('package.json') as Manifest;
  if (typeof name !== 'string' || typeof version !== 'string') throw new CannotDo(`${file} is no package: its package.json has no name and version.`);
  return { name, version, sha512: createHash('sha512').update(packed).digest('hex'), kind: guildhall?.kind, owner: guildhall?.owner, provides: guildhall?.provides, reports: (guildhall?.conformance ?? []).map((report) => text(report.replace(/^\.\//, '')) as ConformanceReport) };
}

/** The files of an npm package by their paths in it (POSIX.1-1988 ustar, which is what npm writes: all below one folder, extended headers apart). */
function filesIn(packed: Uint8Array, file: string): ReadonlyMap<string, Buffer> {
  let tar: Buffer;
  try {
    tar = gunzipSync(packed, { maxOutputLength: MOST_BYTES });
  } catch {
    throw new CannotDo(`${file} is no package as npm packs it (.tgz).`);
  }
  const found = new Map<string, Buffer>();
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const field = (from: number, length: number): string => tar.toString('utf8', at + from, at + from + length).replace(/\0[\s\S]*$/, '');
    const size = Number.parseInt(field(124, 12).trim(), 8);
    if (!Number.isInteger(size) || size < 0) throw new CannotDo(`${file} is no package as npm packs it (.tgz).`);
    const name = [field(345, 155), field(0, 100)].filter(Boolean).join('/');
    if (['0', ''].includes(field(156, 1))) found.set(name.replace(/^[^/]+\//, ''), tar.subarray(at + BLOCK, at + BLOCK + size));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return found;
}
