// `npm run bench`: what the spine costs, in ratios against the raw limit measured in the same run. `npm run bench -- --json FILE` writes the figures
// under stable keys; `--update` writes docs/performance.md; names of parts run only those.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from '../workspace/build.mjs';
import { openBenchDatabase } from './bench-database.mjs';
import { manyCouncils } from './many-councils.mjs';
import { questionPage } from './question-page.mjs';
import { startUp } from './start-up.mjs';
import { storingACase } from './storing-a-case.mjs';
import { worklist } from './worklist.mjs';
import { table } from './table.mjs';

const parts = { 'question-page': questionPage, 'storing-a-case': storingACase, worklist, 'start-up': startUp, 'many-councils': manyCouncils };
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' }, update: { type: 'boolean' } } });
const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length) {
  console.error(`There is no part "${unknown[0]}". Parts: ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
if (!build()) process.exit(1);

const folder = path.join(root, '.guildhall', 'bench');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const database = await openBenchDatabase(path.join(folder, 'postgres'));
const figures = [];
try {
  for (const [name, run] of Object.entries(parts)) {
    if (positionals.length && !positionals.includes(name)) continue;
    console.log(`Measuring ${name} …`);
    figures.push(...(await run({ database, folder, root })));
  }
} finally {
  await database.stop();
}
const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.versions.node}, PostgreSQL ${database.version}, durable commits`;
const text = table(figures);
console.log(`\n${machine}\n\n${text}\n`);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, measuredAt: new Date().toISOString(), figures: Object.fromEntries(figures.map(({ key, value, unit, bound }) => [key, { value, unit, bound }])) }, null, 2)}\n`);
if (values.update) writeFileSync(path.join(root, 'docs/performance.md'), `# Performance\n\nMade by \`npm run bench -- --update\`. Read the figures as ratios: they were measured in one run, on a machine that others used too.\n\n${machine}\n\n${text}\n`);
const missed = figures.filter(({ meets }) => meets === false);
if (missed.length) console.log(`${missed.length} of ${figures.length} figures are outside their bound.`);
process.exit(0);
