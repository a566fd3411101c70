import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConformanceReport } from '@guildhall/kernel-contract';
import { CannotDo, given, type Command, type Said, type World } from '../command';
import type { PackageJson } from './checking/checked';
import { lastLine, packageJsonIn, programAt, reflectMetadataFor } from './checking/loads-code';
import type { RanKits } from './conforming/running-kits';
import { at, written } from './documents';
import { ran } from './npm';

const MARK = '[kits ran] ';
const USAGE = `Usage: guildhall conform [FOLDER] [--check] [--json]

Runs the kits of the ports that a provider implements, and writes what came of each case into conformance.json, which is packed with it. The kits are those of the contracts that are installed, and need no test framework.

Build the package first. It names under "guildhall" a module that says how the implementation is opened, for each kit a fresh one with a far end to try it on:

  "harness": "dist/testing/conformance-harness.js"      export const harnesses = [{ kit: PAYMENT_PROVIDER_KIT.id, source }];

What all cases share, such as a server that takes long to start, is put away by an "end" beside "source". Where one package passes a kit twice, "report" names the second's file, and "of" what it is of.

  --check               writes nothing, and refuses a conformance.json that says something else
  --seconds N           how long it may take (300)
  --json                for programs

Ends with 0 when every case that applies is passed, 1 when one is not, 2 when they could not be run.
`;

/** Runs the kits that apply to a package. */
export const conformCommand: Command = { summary: 'runs the kits of what a provider implements', usage: USAGE, run };

async function run(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { check: { type: 'boolean' }, json: { type: 'boolean' }, seconds: { type: 'string' } }, USAGE);
  const folder = at(world, positionals[0] ?? '.');
  const { name = folder, guildhall } = packageJsonIn<PackageJson>(folder);
  if (guildhall?.harness === undefined) throw new CannotDo(`${name} names no "harness" under "guildhall".\n\n${USAGE}`);
  if (!existsSync(path.join(folder, guildhall.harness))) throw new CannotDo(`There is no ${guildhall.harness} in ${folder}: build it first.`);
  world.say(`Running the kits of ${name}`);
  const timeoutInSeconds = Number(values.seconds ?? 300);
  const { out, err } = await ran(process.execPath, [...reflectMetadataFor(folder), programAt('conforming/running-kits.js'), folder], folder, world.env, { timeoutInSeconds });
  const said = lastLine(out, MARK) as RanKits | undefined;
  if (!said) throw new CannotDo(`The kits of ${name} did not come to their end within ${timeoutInSeconds} seconds. ${err.trim().split('\n').at(-1) ?? ''}`.trim());
  const stale: string[] = [];
  for (const { file, report } of said.ran) {
    if (!values.check) await writeFile(path.join(folder, file), written(report));
    else if ((await readFile(path.join(folder, file), 'utf8').catch(() => '')) !== written(report)) stale.push(`${file} says something else than the kit says now. Run: guildhall conform`);
  }
  const wrong = [...said.problems, ...said.ran.flatMap(({ report }) => failed(report)), ...stale];
  const lines = [...said.ran.map(({ file, report }) => `${report.kit} ${report.version}: ${summary(report)}${values.check ? '' : ` (${file})`}`), ...wrong];
  return { code: wrong.length ? 1 : 0, out: values.json ? written({ package: name, ok: wrong.length === 0, reports: said.ran.map(({ report }) => report), problems: [...said.problems, ...stale] }) : lines.map((line) => `${line}\n`).join('') };
}

function failed({ results }: ConformanceReport): readonly string[] { return results.filter(({ result }) => result === 'failed').map(({ id, title, detail = '' }) => `  ${id} ${title}: ${detail}`); }
function summary({ results }: ConformanceReport): string {
  const count = (result: string): number => results.filter((one) => one.result === result).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('not-applicable')} do not apply`;
}
