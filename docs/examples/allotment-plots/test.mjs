// Runs every spec that was compiled: node test.mjs [names of files in dist]
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const named = process.argv.slice(2);
const specs = named.length > 0 ? named : readdirSync('dist', { recursive: true }).filter((file) => file.endsWith('.spec.js')).map((file) => `dist/${file}`).sort();
if (specs.length === 0) throw new Error('There is no spec in dist: compile first.');
process.exit(spawnSync(process.execPath, ['--require', 'reflect-metadata', '--test', ...specs], { stdio: 'inherit' }).status ?? 1);
