import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { done } from '@guildhall/kernel-contract';
import { CannotDo, type World } from '../command';
import { npm, reasonOf } from '../publishing/npm';
import { jsonFile, textFile } from './council-settings';
import { broughtUpToDate, built, type BroughtUpToDate } from './up-to-date';

/** What is changed together or not at all. */
export interface Change {
  /** `add @westmarch/parking 1.2.0` */
  readonly what: string;
  /** What npm is told, by which package.json and the lock file change; nothing where they do not. */
  readonly npm?: readonly string[];
  /** Files and what they are to say. */
  readonly texts: Readonly<Record<string, string>>;
  /** What those files said when that was worked out; what somebody has saved since is not written over. */
  readonly read: Texts;
  /** Looks at what npm would install, before it does. */
  readonly verify?: () => Promise<Outcome<unknown, Refusal<string>>>;
  /** The app as it is built (`dist/main.js`), where it is to be built and its database brought up to date, too. */
  readonly main?: string;
}
/** Kept while a change is under way: what to go back to, and what to go on to. */
interface Journal { readonly what: string; readonly process: number; readonly before: Texts; readonly after?: Texts; readonly main?: string }
/** What files say; null where there is none. */
export type Texts = Readonly<Record<string, string | null>>;

const JOURNAL = '.guildhall/change.json';
const NPMS = ['package.json', 'package-lock.json'];
/** npm's own note of what lies in node_modules. It writes there what is to be installed as if it were, even where it only works out what that is, and would then install nothing. */
const LIES_THERE = 'node_modules/.package-lock.json';

/** What files say now. @throws CannotDo */
export function textsIn(folder: string, files: readonly string[]): Texts { return Object.fromEntries(files.map((file) => [file, textFile(path.join(folder, file)) ?? null])); }

/**
 * Carries it out. Whatever happens in between, all of it is done in the end, or nothing; only a database that refuses leaves what was installed as it is.
 * @returns how it went with the database, where that is part of it @throws CannotDo when npm does not do its part, the app does not build or somebody else changes the same; nothing is changed then
 */
export async function carriedOut(world: World, { what, npm: told, texts, read, verify, main }: Change): Promise<Outcome<BroughtUpToDate | undefined, Refusal<string>>> {
  const { folder } = world;
  let journal: Journal = { what, process: process.pid, before: textsIn(folder, [...NPMS, LIES_THERE, ...Object.keys(texts)]), ...(main !== undefined && { main }) };
  let isInstalled = false;
  begin(folder, journal);
  try {
    if (told) {
      await installing(world, [...told, '--package-lock-only']);
      const verified = await verify?.();
      if (verified?.ok === false) return await undone(world, journal, verified);
    }
    const now = textsIn(folder, Object.keys(texts));
    const others = Object.keys(texts).filter((file) => read[file] !== undefined && now[file] !== read[file]);
    if (others.length) throw new CannotDo(`${others.join(', ')} ${others.length === 1 ? 'was' : 'were'} changed meanwhile, and nothing is written over that. Nothing else was changed: do it again.`);
    const after: Texts = { ...textsIn(folder, NPMS), ...texts };
    journal = { ...journal, after };
    write(folder, JOURNAL, JSON.stringify(journal));
    writeAll(folder, after);
    if (told) await asLocked(world);
    isInstalled = true;
    if (main !== undefined) await built(world);
  } catch (error) {
    return undone(world, journal, error, isInstalled);
  }
  return done(await ended(world, journal));
}

/** The last of it: the database, where that is part of it. What is done of that stays done, however it goes on. */
async function ended(world: World, { main }: Journal): Promise<BroughtUpToDate | undefined> {
  const database = main === undefined ? undefined : await broughtUpToDate(main, world);
  forget(world.folder);
  return database;
}

/** Finishes what was interrupted, or puts back what was there. @returns what was done, in words @throws CannotDo */
export async function resumed(world: World): Promise<string | undefined> {
  const { folder } = world;
  const journal = jsonFile(path.join(folder, JOURNAL)) as Journal | undefined;
  if (!journal) return undefined;
  const { what, process: by, before, after, main } = journal;
  if (by !== process.pid && isRunning(by)) throw new CannotDo(`“guildhall ${what}” is under way in this folder. Wait until it has ended.`);
  if (!after) {
    writeAll(folder, npmsOf(before));
    forget(folder);
    return `“guildhall ${what}” was interrupted before anything was decided: all is as it was before it.`;
  }
  const changed = Object.keys(after).filter((file) => ![before[file] ?? null, after[file] ?? null].includes(textFile(path.join(folder, file)) ?? null));
  // npm may write its lock file once more, in its own way, and nobody else does.
  const others = changed.filter((file) => file !== 'package-lock.json');
  if (others.length) throw new CannotDo(`“guildhall ${what}” was interrupted, and ${others.join(', ')} ${others.length === 1 ? 'was' : 'were'} changed since. Put it right by hand, and take away ${JOURNAL}.`);
  // It is this process that finishes it, and no other at the same time.
  write(folder, JOURNAL, JSON.stringify({ ...journal, process: process.pid }));
  writeAll(folder, after);
  await asLocked(world);
  if (main !== undefined) await built(world).catch((error: unknown) => undone(world, journal, error, true));
  const database = await ended(world, journal);
  return [`“guildhall ${what}” was interrupted, and is finished now.`, ...(database ? [database.words.trimEnd()] : [])].join('\n');
}

/** The command that was cut off in this folder, or is under way there; nothing where all that was begun has ended. */
export function unfinished(folder: string): { readonly what: string; readonly isUnderWay: boolean } | undefined {
  const journal = jsonFile(path.join(folder, JOURNAL)) as Journal | undefined;
  return journal && { what: journal.what, isUnderWay: isRunning(journal.process) };
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

async function undone(world: World, { before, after }: Journal, why: unknown, isInstalled = false): Promise<Outcome<never, Refusal<string>>> {
  const { folder } = world;
  // Once npm has begun to install, its note is of what lay there before; without it, it looks for itself.
  if (after) writeAll(folder, { ...Object.fromEntries(Object.entries(before).filter(([file]) => NPMS.includes(file) || (textFile(path.join(folder, file)) ?? null) === after[file])), [LIES_THERE]: null });
  else writeAll(folder, npmsOf(before));
  if (isInstalled) await asLocked(world).then(() => built(world)).catch(() => { world.say('What was installed and built before could not be put back as a whole: npm install && npm run build'); });
  forget(folder);
  if (typeof why === 'object' && why !== null && 'ok' in why) return why as Outcome<never, Refusal<string>>;
  throw why;
}

/** Before it is decided what is written, nobody but npm has written anything: what else is there is somebody's work. */
function npmsOf(texts: Texts): Texts { return Object.fromEntries(Object.entries(texts).filter(([file]) => [...NPMS, LIES_THERE].includes(file))); }

/** Only one changes a folder at a time. @throws CannotDo */
function begin(folder: string, journal: Journal): void {
  const at = path.join(folder, JOURNAL);
  const own = `${JOURNAL}.${process.pid}`;
  write(folder, own, JSON.stringify(journal));
  try {
    // As a whole or not at all, and never over another.
    linkSync(path.join(folder, own), at);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? new CannotDo('Another “guildhall” is under way in this folder. Wait until it has ended.') : error;
  } finally {
    rmSync(path.join(folder, own), { force: true });
  }
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
  } catch (error) {
    // Somebody else's, and running.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
