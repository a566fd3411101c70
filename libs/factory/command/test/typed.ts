import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chosen, type Said, type World } from '../src/command';
import { COMMANDS } from '../src/commands';

/** The environment of somebody who has never seen this repository. */
export function outside(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|GUILDHALL_|NODE_OPTIONS|NODE_ENV|INIT_CWD|DATABASE_|JEST_)/.test(name)));
}

/** A folder of its own in which commands are typed. */
export class Terminal {
  now = new Date('2026-11-30T12:00:00Z');
  env: World['env'] = outside();
  readonly said: string[] = [];
  private constructor(readonly folder: string) {}
  static async open(): Promise<Terminal> { return new Terminal(await mkdtemp(path.join(tmpdir(), 'guildhall-typed-'))); }
  close(): Promise<void> { return rm(this.folder, { recursive: true, force: true }); }
  /** Runs `guildhall …` in the folder, or in one below it. */
  type(argv: readonly string[], below = '.'): Promise<Said> {
    return chosen(argv, COMMANDS, { folder: path.join(this.folder, below), now: this.now, env: this.env, say: (line) => { this.said.push(line); }, confirm: () => Promise.resolve(undefined) });
  }
  async write(files: Readonly<Record<string, unknown>>): Promise<void> {
    for (const [file, content] of Object.entries(files)) {
      const at = path.join(this.folder, file);
      await mkdir(path.dirname(at), { recursive: true });
      await writeFile(at, typeof content === 'string' ? content : JSON.stringify(content));
    }
  }
}

/** The first key of an invented regional body. */
export const BEGIN = ['key', 'lead.pem', '--keyid', 'westmarch#lead', '--holder', 'lead-developer', '--name', 'Westmarch Digital', '--name-cy', 'Digidol Westmarch', '--kind', 'regional-body', '--scope', '@westmarch', '--email', 'packages@westmarch.example'];
export const BY_LEAD = ['--key', 'lead.pem', '--keyid', 'westmarch#lead'];
