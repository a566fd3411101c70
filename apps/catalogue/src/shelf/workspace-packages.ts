import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { PACKAGE_KINDS, type PackageFiles } from '@guildhall/catalogue-contract';

/** A package of the workspace: what would be packed of it, and what is told of its changes. */
export interface WorkspacePackage { readonly name: string; readonly version: string; readonly files: PackageFiles; readonly changes?: string }
interface PackageJson { readonly name: string; readonly version: string; readonly private?: boolean; readonly files?: readonly string[]; readonly nx?: { readonly name?: string }; readonly guildhall?: { readonly kind: string; readonly conformance?: readonly string[] } }

const ALWAYS = ['package.json', 'README.md', 'LICENSE', 'publiccode.yml'];
const MOST_CHANGES_CHARACTERS = 20_000;

/** Every package below `libs` that says what it is to a council; none where there is no such folder, as in an app that was packaged. */
export function workspacePackages(root: string): readonly WorkspacePackage[] {
  const libs = join(root, 'libs');
  if (!existsSync(libs)) return [];
  const changes = changesIn(join(root, '.nx/version-plans'));
  return filesBelow(libs, (name) => name === 'node_modules' || name === 'dist' || name === 'src').filter((file) => file.endsWith(`${sep}package.json`)).flatMap((file) => {
    const folder = join(file, '..');
    const { name, version, files = [], guildhall, nx, private: isPrivate } = JSON.parse(readFileSync(file, 'utf8')) as PackageJson;
    if (isPrivate || !PACKAGE_KINDS.some((kind) => kind === guildhall?.kind)) return [];
    const wanted = [...ALWAYS, ...files.filter((one) => !one.startsWith('!')), ...(guildhall?.conformance ?? [])].map((one) => join(folder, one)).filter((one) => existsSync(one));
    const packed = wanted.flatMap((one) => (one.endsWith('.json') || one.endsWith('.md') || one.endsWith('.yml') || one.endsWith('LICENSE') ? [one] : filesBelow(one))).filter((one) => !/\.(spec\.ts|tsbuildinfo|map)$/.test(one) && !/\.spec\./.test(one));
    const told = changes.get(nx?.name ?? '');
    return [{ name, version, files: new Map(packed.map((one) => [relative(folder, one).split(sep).join('/'), readFileSync(one)])), ...(told !== undefined && { changes: told.slice(0, MOST_CHANGES_CHARACTERS) }) }];
  });
}

/** What the version plans that wait say, by the packages that they are about. */
function changesIn(folder: string): ReadonlyMap<string, string> {
  const changes = new Map<string, string>();
  for (const file of existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')).sort() : []) {
    const [, about = '', told = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(folder, file), 'utf8')) ?? [];
    for (const line of about.split('\n')) {
      const project = line.split(':')[0]?.replaceAll(/['"]/g, '').trim() ?? '';
      if (project !== '') changes.set(project, `${changes.has(project) ? `${changes.get(project)}\n\n` : ''}${told.trim()}`);
    }
  }
  return changes;
}

function filesBelow(folder: string, isLeft: (name: string) => boolean = () => false): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !isLeft(name)).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path, isLeft) : entry.isFile() ? [path] : [];
  }).sort();
}
