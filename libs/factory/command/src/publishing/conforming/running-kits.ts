import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isOfKitFor } from '@guildhall/assurance-contract';
import { reportConformance, type ConformanceKit, type ConformanceReport, type HarnessSource } from '@guildhall/kernel-contract';

const MARK = '\n[kits ran] ';

/** A kit's report, and the file in which it belongs. */
export interface RanKit { readonly file: string; readonly report: ConformanceReport }
/** What came of a package's harness. */
export interface RanKits { readonly ran: readonly RanKit[]; /** What of what it provides no kit was run for, and why. */ readonly problems: readonly string[] }

interface Json { readonly name: string; readonly dependencies?: object; readonly peerDependencies?: object; readonly devDependencies?: object; readonly guildhall?: { readonly kind?: string; readonly harness?: string; readonly provides?: Readonly<Record<string, string>> } }
/** What a harness module exports for each kit: the kit’s id, how the implementation is opened, what puts away what all cases shared, and, where there are several, in which file the report belongs and of what it is. */
interface Harness { readonly kit: string; readonly source: HarnessSource<unknown>; readonly end?: () => Promise<void>; readonly report?: string; readonly of?: string }

/** Runs the kits of the contracts that a package depends on, and never kits that it brings itself, against its harness. */
export async function runKits(folder: string): Promise<RanKits> {
  const from = createRequire(path.join(folder, 'package.json'));
  const { name, guildhall: { harness, provides = {} } = {}, dependencies, peerDependencies, devDependencies } = json(path.join(folder, 'package.json'));
  if (harness === undefined) return { ran: [], problems: ['It names no "harness" under "guildhall": a module that exports "harnesses".'] };
  const { harnesses = [] } = from(path.resolve(folder, harness)) as { readonly harnesses?: readonly Harness[] };
  const kits = new Map(Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies }).flatMap((one) => kitsOf(from, one)).map((kit) => [kit.id, kit]));
  const ran: RanKit[] = [];
  const problems: string[] = [];
  for (const { kit: id, source, end, report: file = 'conformance.json', of } of harnesses) {
    const kit = kits.get(id);
    if (!kit) problems.push(`Its harness is for the kit ${id}, which no contract has that it depends on.`);
    else ran.push({ file, report: await reportConformance(kit, of === undefined ? name : `${name} ${of}`, source).finally(end) });
  }
  for (const port of Object.keys(provides)) if (!ran.some(({ report }) => isOfKitFor(report, port))) problems.push(`It provides ${port}, and its harness has nothing for that kit.`);
  return { ran, problems };
}

/** Kits are told by their shape. */
function kitsOf(from: NodeJS.Require, name: string): readonly ConformanceKit<unknown>[] {
  try {
    if (json(from.resolve(`${name}/package.json`)).guildhall?.kind !== 'contract') return [];
    return Object.values(from(`${name}/testing`) as object).filter((value): value is ConformanceKit<unknown> => typeof value === 'object' && value !== null && Array.isArray((value as { readonly cases?: unknown }).cases) && typeof (value as { readonly contract?: unknown }).contract === 'string');
  } catch {
    return [];
  }
}
function json(file: string): Json { return JSON.parse(readFileSync(file, 'utf8')) as Json; }

/** Run as a program: node running-kits.js FOLDER */
if (require.main === module) {
  void runKits(process.argv[2] ?? '.').catch((error: unknown): RanKits => ({ ran: [], problems: [`Its harness cannot be run: ${error instanceof Error ? error.message : String(error)}`] })).then((ran) => {
    // Something that a far end has left open must not keep this from ending.
    process.stdout.write(`${MARK}${JSON.stringify(ran)}\n`, () => process.exit(0));
  });
}
