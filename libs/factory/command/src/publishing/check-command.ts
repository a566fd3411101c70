import { CannotDo, given, type Command, type Said, type World } from '../command';
import { checkPackage } from './checking/check-package';
import type { PackageJson } from './checking/checked';
import { advice, type Finding } from './checking/checked';
import { loadCode, packageJsonIn } from './checking/loads-code';
import { lookAtPages } from './checking/look-at-pages';
import { at } from './documents';
import { npm, reasonOf } from './npm';

const USAGE = `Usage: guildhall check [FOLDER] [options]

Says what a catalogue or a council would refuse of a package, and what to do: whether its manifest says what its code does, what it keeps of people, words in both languages, licence, README, reports of its kits, what would be packed, dependencies.
Build it first: its code is loaded, in a process of its own.

  --page URL            a page of a running app that shows its views, as often as there are some: is it accessible, and what does it weigh?
                        It takes playwright-core and axe-core in the package, and a browser
  --browser FILE        the browser, where it is not found by itself
  --json                for programs

Ends with 0 when nothing is to be mended, 1 when something is, 2 when it cannot be looked at.
`;

/** Looks at a package as whoever lists or installs it would. */
export const checkCommand: Command = { summary: 'says what others would refuse of a package', usage: USAGE, run };

async function run(argv: readonly string[], world: World): Promise<Said> {
  const { values, positionals } = given(argv, { page: { type: 'string', multiple: true }, browser: { type: 'string' }, json: { type: 'boolean' } }, USAGE);
  const folder = at(world, positionals[0] ?? '.');
  const json = packageJsonIn<PackageJson>(folder);
  const [files, code] = await Promise.all([filesOf(folder, world), loadCode([folder], world)]);
  const found = [...checkPackage({ folder, json, files, ...(code[folder] && { code: code[folder] }) }), ...(await pages(folder, files, values.page, values.browser))];
  const isToMend = found.some(({ weight }) => weight === 'mend');
  const named = `${json.name ?? folder} ${json.version ?? ''}`.trim();
  if (values.json) return { code: isToMend ? 1 : 0, out: `${JSON.stringify({ package: json.name, version: json.version, ok: !isToMend, findings: found }, undefined, 2)}\n` };
  return { code: isToMend ? 1 : 0, out: [...found.map(({ weight, subject, text }) => `${weight === 'mend' ? 'Mend' : 'Think'}  ${subject}: ${text}`), isToMend ? `${named} is not ready to be published.` : `${named} is ready to be published.`].map((line) => `${line}\n`).join('') };
}

async function pages(folder: string, files: ReadonlyMap<string, number>, addresses: readonly string[] | undefined, browser: string | undefined): Promise<readonly Finding[]> {
  if (addresses) return lookAtPages(folder, addresses, browser);
  return [...files.keys()].some((file) => file.startsWith('views/')) ? [advice('pages', 'It has pages, and they were not looked at: start an app that shows them, and name some with --page.')] : [];
}

/** What npm would pack, without packing it. @throws CannotDo */
async function filesOf(folder: string, world: World): Promise<ReadonlyMap<string, number>> {
  const { code, out, err } = await npm(['pack', '--dry-run', '--json', '--ignore-scripts'], folder, world);
  if (code !== 0) throw new CannotDo(`npm cannot pack ${folder}: ${reasonOf({ out, err })}`);
  return packedFilesTold(out)[0]?.files ?? new Map();
}

/** What `npm pack --dry-run --json` tells of each package. */
export function packedFilesTold(out: string): readonly { readonly name: string; readonly files: ReadonlyMap<string, number> }[] {
  const told = JSON.parse(out.slice(out.search(/^[[{]/m))) as unknown;
  return Object.values(told as object).map((one) => {
    const { name, files } = one as { readonly name: string; readonly files: readonly { readonly path: string; readonly size: number }[] };
    return { name, files: new Map(files.map(({ path, size }) => [path, size])) };
  });
}
