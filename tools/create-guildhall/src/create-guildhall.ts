#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { create } from './create';

void create(process.argv.slice(2), {
  cwd: process.cwd(), id: randomUUID(), isTerminal: process.stdin.isTTY && process.stdout.isTTY, say: (text) => { process.stdout.write(text); },
  // On Windows npm is a script of the shell's.
  install: (folder) => spawnSync('npm', ['install', '--no-fund', '--no-audit'], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0,
}).then((code) => { process.exitCode = code; });
