import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done } from '@guildhall/kernel-contract';
import { CannotDo, type World } from '../command';
import { npm, reasonOf } from '../publishing/npm';
import { jsonFile, textFile } from './council-settings';

/** What is changed together or not at all. */
export interface Change {
  /** `add @westmarch/parking 1.2.0` */
  readonly what: string;
  /** What npm is told, by which package.json and the lock file change; nothing where they do not. */
  readonly npm?: readonly string[];
  /** Files and what they are to say. */
  readonly texts: Readonly<Record<string, string>>;
  /** Looks at what npm would install, before it does. */
  readonly verify?: () => Promise<Outcome<unknown, Refusal<string>>>;
}
/** Kept while a change is under way: what to go back to, and what to go on to. */
interface Journal { readonly what: string; readonly process: number; readonly before: Texts; readonly after?: Texts }
type Texts = Readonly<Record<string, string | null>>;

const JOURNAL = '.guildhall/change.json';
const NPMS = ['package.json', 'package-lock.json'];
/** npm's own note of what lies in node_modules. It writes there what is to be installed as if it were, even where it only works out what that is, and would then install nothing. */
const LIES_THERE = 'node_modules/.package-lock.json';

/** Carries it out. Whatever happens in between, all of it is done in the end, or nothing. @throws CannotDo when npm does not do its part; nothing is changed then */
export async function carriedOut(world: World, { what, npm: told, texts, verify }: Change): Promise<Outcome<void, Refusal<string>>> {
  const { folder } = world;
  const before: Texts = Object.fromEntries([...NPMS, LIES_THERE, ...Object.keys(texts)].map((file) => [file, textFile(path.join(folder, file)) ?? null]));
  const journal: Journal = { what, process: process.pid, before };
  write(folder, JOURNAL, JSON.stringify(journal));
  try {
    if (told) {
      await installing(world, [...told, '--package-lock-only']);
      const verified = await verify?.();
      if (verified?.ok === false) return undone(folder, journal, verified);
    }
    const after: Texts = { ...Object.fromEntries(NPMS.map((file) => [file, textFile(path.join(folder, file)) ?? null])), ...texts };
    write(folder, JOURNAL, JSON.stringify({ ...journal, after }));
    writeAll(folder, after);
    if (told) await asLocked(world);
    forget(folder);
    return done(undefined);
  } catch (error) {
    return undone(folder, journal, error);
  }
}

/** Finishes what was interrupted, or puts back what was there. @returns what was done, in words @throws CannotDo */
export async function resumed(world: World): Promise<string | undefined> {
  const { folder } = world;
  const journal = jsonFile(path.join(folder, JOURNAL)) as Journal | undefined;
  if (!journal) return undefined;
  const { what, process: by, before, after } = journal;
  if (by !== process.pid && isRunning(by)) throw new CannotDo(`“guildhall ${what}” is under way in this folder. Wait until it has ended.`);
  if (!after) {
    writeAll(folder, before);
    forget(folder);
    return `“guildhall ${what}” was interrupted before anything was decided: all is as it was before it.`;
  }
  const changed = Object.keys(after).filter((file) => ![before[file] ?? null, after[file] ?? null].includes(textFile(path.join(folder, file)) ?? null));
  // npm may write its lock file once more, in its own way, and nobody else does.
  const others = changed.filter((file) => file !== 'package-lock.json');
  if (others.length) throw new CannotDo(`“guildhall ${what}” was interrupted, and ${others.join(', ')} ${others.length === 1 ? 'was' : 'were'} changed since. Put it right by hand, and take away ${JOURNAL}.`);
  writeAll(folder, after);
  await asLocked(world);
  forget(folder);
  return `“guildhall ${what}” was interrupted, and is finished now.`;
}

/** Installs what the lock file says, whatever npm believes to be there. */
async function asLocked(world: World): Promise<void> {
  rmSync(path.join(world.folder, LIES_THERE), { force: true });
  await installing(world, ['install']);
}

async function installing(world: World, told: readonly string[]): Promise<void> {
  const { code, out, err } = await npm([...told, '--ignore-scripts'], world.folder, world);
  if (code !== 0) throw new CannotDo(`npm ${told[0] ?? ''} does not succeed, and nothing is changed: ${reasonOf({ out, err })}`);
}

function undone(folder: string, { before }: Journal, why: unknown): Outcome<never, Refusal<string>> {
  writeAll(folder, before);
  forget(folder);
  if (typeof why === 'object' && why !== null && 'ok' in why) return why as Outcome<never, Refusal<string>>;
  throw why;
}

function writeAll(folder: string, texts: Texts): void {
  for (const [file, text] of Object.entries(texts)) {
    if (text === null) rmSync(path.join(folder, file), { force: true });
    else if (textFile(path.join(folder, file)) !== text) write(folder, file, text);
  }
}

/** All of it, or what was there. */
function write(folder: string, file: string, text: string): void {
  const at = path.join(folder, file);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(`${at}.new`, text);
  renameSync(`${at}.new`, at);
}
function forget(folder: string): void { rmSync(path.join(folder, JOURNAL), { force: true }); }

function isRunning(by: number): boolean {
  try {
    return process.kill(by, 0);
  } catch {
    return false;
  }
}
