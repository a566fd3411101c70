import { readFile } from 'node:fs/promises';
import type { Said, World } from './command';
import { CannotDo } from './command';

const ANSWERED_WITHIN_MS = 10_000;
const MOST_CHARACTERS = 5 * 1024 * 1024;

/** Runs a command in the real world. */
export async function run(command: (argv: readonly string[], world: World) => Promise<Said>): Promise<void> {
  const { code, out, err } = await command(process.argv.slice(2), { read: (file) => readFile(file), fetch: fetched, now: new Date() });
  process.stdout.write(out);
  if (err !== undefined) process.stderr.write(err);
  process.exitCode = code;
}

/** The JSON at an address. @throws CannotDo when it cannot be had @public */
export async function fetched(url: string): Promise<unknown> {
  try {
    const answer = await fetch(url, { headers: { accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(ANSWERED_WITHIN_MS) });
    if (!answer.ok) throw new CannotDo(`${url} answers ${answer.status}.`);
    const text = await answer.text();
    if (text.length > MOST_CHARACTERS) throw new CannotDo(`${url} answers too much.`);
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof CannotDo) throw error;
    throw new CannotDo(error instanceof SyntaxError ? `${url} answers no JSON.` : `${url} cannot be reached.`);
  }
}
