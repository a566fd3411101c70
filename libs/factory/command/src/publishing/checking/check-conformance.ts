import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isOfKitFor, isReportOf, kitDemands, olderKits, type KitDemands } from '@guildhall/assurance-contract';
import { factsOf } from '@guildhall/catalogue-contract';
import { advice, mend, textOf, type Finding, type PackageJson, type ToCheck } from './checked';

/** The reports of kits that it brings: of what it provides, in its version, and passed. */
export function checkConformance(one: ToCheck): readonly Finding[] {
  const { json } = one;
  const { kind, provides = {}, conformance = [], harness } = json.guildhall ?? {};
  const missing = conformance.filter((file) => !one.files.has(file.replace(/^\.\//, '')));
  const absent = missing.map((file) => mend('conformance', `${file} is named, and would not be packed. Name it under "files", or run: guildhall conform`));
  if (kind !== 'provider' || missing.length > 0) return absent;
  if (conformance.length === 0) return [...absent, mend('conformance', 'It brings no report that it has passed its kit. Run: guildhall conform')];
  const read = factsOf(new Map([['package.json', Buffer.from(JSON.stringify(json))], ...conformance.map((file) => [file.replace(/^\.\//, ''), Buffer.from(textOf(one, file.replace(/^\.\//, '')) ?? '')] as const)]));
  if (!read.ok) return [mend('conformance', read.refusal.message)];
  const { reports, name, version } = read.value;
  return [
    ...absent,
    ...Object.entries(provides).filter(([port]) => !reports.some((report) => isOfKitFor(report, port))).map(([port]) => mend('conformance', `It provides ${port}, and brings no report of that kit. Run: guildhall conform`)),
    ...reports.filter((report) => !isReportOf(report, name)).map(({ kit, implementation }) => mend('conformance', `The report of ${kit} is about ${implementation}.`)),
    ...reports.flatMap(({ kit, results }) => results.filter(({ result }) => result === 'failed').map(({ id, title, detail = '' }) => mend('conformance', `${id} of ${kit} is not passed: ${title}. ${detail}`.trim()))),
    ...olderKits({ name, version, reports, demands: demandsOn(one) }).map(({ en }) => advice('conformance', `${en} Run: npx guildhall conform`)),
    ...(harness === undefined ? [advice('conformance', 'It names no "harness", so that nobody else can run its kit: guildhall conform --help')] : []),
  ];
}

/** What the kits of those contracts demand that it depends on, as they are installed. */
function demandsOn({ folder, json: { dependencies, peerDependencies } }: ToCheck): KitDemands {
  const from = createRequire(path.join(folder, 'package.json'));
  return kitDemands(Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => {
    try {
      const manifest = from.resolve(`${name}/package.json`);
      const kits = path.join(path.dirname(manifest), 'kits.json');
      const { guildhall } = jsonIn(manifest) as PackageJson;
      return guildhall?.kind === 'contract' && guildhall.id !== undefined && existsSync(kits) ? [{ contract: guildhall.id, kits: jsonIn(kits) }] : [];
    } catch {
      // What is not installed, or shows no package.json, is no contract that could demand anything.
      return [];
    }
  }));
}
function jsonIn(file: string): unknown { return JSON.parse(readFileSync(file, 'utf8')) as unknown; }
