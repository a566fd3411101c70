#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { chosen } from './command';
import { COMMANDS } from './commands';

async function confirm(question: string): Promise<boolean | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} (y/n) `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

void chosen(process.argv.slice(2), COMMANDS, { folder: process.cwd(), now: new Date(), env: process.env, say: (line) => process.stderr.write(`${line}\n`), confirm }).then(({ code, out, err }) => {
  process.stdout.write(out);
  if (err !== undefined) process.stderr.write(err);
  process.exitCode = code;
});
