import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Language } from '@guildhall/kernel-contract';

/** What a command is given of the world: files, time and the network. @public */
export interface World {
  readonly read: (file: string) => Promise<Uint8Array>;
  readonly fetch: (url: string) => Promise<unknown>;
  readonly now: Date;
}
/** What came of a command: 0 as it should be, 1 something is wrong with what was looked at, 2 it could not be looked at. @public */
export interface Said { readonly code: 0 | 1 | 2; readonly out: string; readonly err?: string }

/** Something that keeps a command from doing what it was told, in words for whoever typed it. @public */
export class CannotDo extends Error {}

/** Parses what follows the name of a command. @public @throws CannotDo */
export function given<const Options extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], options: Options, usage: string): ReturnType<typeof parseArgs<{ args: string[]; allowPositionals: true; options: Options }>> {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options });
  } catch (error) {
    throw new CannotDo(`${(error as Error).message}\n\n${usage}`);
  }
}

/** Exactly so many files. @throws CannotDo */
export function files<Count extends 1 | 2>(positionals: readonly string[], count: Count, usage: string): Count extends 1 ? readonly [string] : readonly [string, string] {
  if (positionals.length !== count) throw new CannotDo(`${count === 1 ? 'One file is' : 'Two files are'} looked at, and ${positionals.length} ${positionals.length === 1 ? 'was' : 'were'} named.\n\n${usage}`);
  return positionals as never;
}

/** @throws CannotDo */
export function needed(value: string | undefined, name: string, usage: string): string {
  if (value === undefined) throw new CannotDo(`--${name} is missing.\n\n${usage}`);
  return value;
}

/** @throws CannotDo */
export function languageOf(value: string | undefined): Language {
  if (value === undefined || value === 'en' || value === 'cy') return value ?? 'en';
  throw new CannotDo('--language is en or cy.');
}

/** Sentences, one a line; as JSON for programs. */
export function said(code: Said['code'], sentences: readonly string[], asJson: boolean | undefined, json: unknown): Said {
  return { code, out: asJson ? `${JSON.stringify(json, undefined, 2)}\n` : sentences.map((sentence) => `${sentence}\n`).join('') };
}

/** A command by its name, or how it is used. */
export async function chosen(argv: readonly string[], commands: Readonly<Record<string, (argv: readonly string[], world: World) => Promise<Said>>>, usage: string, world: World): Promise<Said> {
  const [name = '', ...rest] = argv;
  if (name === '--help' || name === '-h') return { code: 0, out: usage };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return { code: 2, out: '', err: usage };
  try {
    return await command(rest, world);
  } catch (error) {
    if (error instanceof CannotDo) return { code: 2, out: '', err: `${error.message}\n` };
    throw error;
  }
}
