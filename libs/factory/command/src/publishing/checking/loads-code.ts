import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CannotDo, type World } from '../../command';
import { ran } from '../npm';
import type { LookedAt } from './look-at-code';

const MARK = '[looked at] ';
const LOADED_WITHIN_SECONDS = 60;

/** Programs of this package that are run in a process of their own, as they were compiled. */
export function programAt(file: string): string { return path.join(path.dirname(require.resolve('../../../package.json')), 'dist/publishing', file); }

/** Loads packages in a process of their own, which is ended when it takes too long. @throws CannotDo */
export async function loadCode(folders: readonly string[], world: Pick<World, 'env'>): Promise<Readonly<Record<string, LookedAt>>> {
  const preload = reflectMetadataFor(folders[0] ?? '.');
  const { out, err } = await ran(process.execPath, [...preload, programAt('checking/running-code.js'), ...folders], folders[0] ?? '.', world.env, { timeoutInSeconds: LOADED_WITHIN_SECONDS });
  return lastLine(out, MARK) as Readonly<Record<string, LookedAt>> | undefined ?? failed(folders, err.split('\n').find((line) => /Error/.test(line)) ?? `it took longer than ${LOADED_WITHIN_SECONDS} seconds, or ended`);
}

/** What a program of ours has said, below all that was printed by others. */
export function lastLine(out: string, mark: string): unknown {
  const at = out.lastIndexOf(`\n${mark}`);
  return at < 0 ? undefined : (JSON.parse(out.slice(at + 1 + mark.length).split('\n')[0] ?? '') as unknown);
}

function failed(folders: readonly string[], error: string): Readonly<Record<string, LookedAt>> { return Object.fromEntries(folders.map((folder) => [folder, { error, declared: { versions: {}, events: [], points: [] }, untranslated: [] }])); }

/** Nest's decorators need it before anything else is loaded; a package without Nest has none. */
export function reflectMetadataFor(folder: string): readonly string[] {
  try {
    return ['--require', require.resolve('reflect-metadata', { paths: [folder] })];
  } catch {
    return [];
  }
}

/** @throws CannotDo */
export function packageJsonIn<Json>(folder: string): Json {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Json;
  } catch {
    throw new CannotDo(`There is no package.json in ${folder} that is JSON.`);
  }
}
