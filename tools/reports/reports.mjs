// `node tools/reports/reports.mjs --write` writes docs/reports and docs/standards from what was built; `--check` refuses what differs from what is committed.
// Names of reports may follow: `--write api schema`.
import path from 'node:path';
import { standardReports } from '../docs/standards.mjs';
import { packageTexts } from '../publishing/package-texts.mjs';
import { root } from '../workspace/build.mjs';
import { apiProblems, apiReports } from './api.mjs';
import { differences, write } from './compare.mjs';
import { kitProblems, kitReports } from './kits.mjs';
import { manifestProblems, manifestReports } from './manifests.mjs';
import { openApiOfPackages, openApiReports } from './openapi.mjs';
import { schemaReports } from './schema.mjs';

/** Each report: where it lies below docs/reports, or the folder that it names; how it is made, what is wrong with what it is about, and whether it stays as it was while anything is. */
const REPORTS = {
  api: { part: 'api', make: apiReports, problems: apiProblems },
  schema: { part: 'schema', make: schemaReports },
  openapi: { part: 'openapi', make: openApiReports },
  // openapi.json of each module that serves programs.
  rest: { inFolder: '.', make: openApiOfPackages },
  manifests: { part: 'manifests.json', make: manifestReports, problems: manifestProblems },
  // kits.json of each contract that has kits.
  kits: { inFolder: '.', make: kitReports, problems: kitProblems, isKeptWhenWrong: true },
  // LICENSE and README.md of each published package.
  packages: { inFolder: '.', make: packageTexts },
  // The last: it reads the OpenAPI documents that stand above it.
  standards: { inFolder: 'docs', part: 'standards', make: standardReports },
};

const [mode, ...names] = process.argv.slice(2);
const wanted = Object.entries(REPORTS).filter(([name]) => names.length === 0 || names.includes(name));
if (!['--check', '--write'].includes(mode) || wanted.length === 0) {
  console.error(`Usage: node tools/reports/reports.mjs --check|--write [${Object.keys(REPORTS).join('|')}]`);
  process.exit(1);
}

let isRight = true;
for (const [name, { inFolder = 'docs/reports', part, make, problems = () => [], isKeptWhenWrong = false }] of wanted) {
  const folder = path.join(root, inFolder);
  const reports = await make();
  const found = problems(reports);
  if (mode === '--write' && !(isKeptWhenWrong && found.length > 0)) write(folder, part ? [part] : [], reports);
  const changed = mode === '--check' ? differences(folder, part ? [part] : [], reports) : [];
  for (const problem of found) console.error(`  ${problem}`);
  for (const { file, what } of changed) console.error(`  ${inFolder}/${file} ${what}`);
  if (changed.length > 0) console.error(`The ${name} report has changed. If that is meant, run "npm run reports" and commit what it has written with the change.`);
  if (changed.length + found.length === 0) console.log(`${name}: ${mode === '--check' ? 'as committed' : `${reports.size} written`}`);
  else isRight = false;
}
process.exitCode = isRight ? 0 : 1;
