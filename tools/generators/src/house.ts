import path from 'node:path';
import { jsonText, type Files, type World } from './generator';

/** Where packages stand and what they are called: in Guildhall's own repository, or in that of a council, a region or a firm. */
export interface House {
  readonly isGuildhall: boolean;
  /** What names of packages begin with: `@guildhall/`, `@westmarch/`, or nothing. */
  readonly scope: string;
  readonly owner: string;
  readonly licence: string;
}
/** What every generator of packages takes. @public */
export interface PackageOptions {
  /** What names of packages begin with, outside of Guildhall's repository: `@westmarch`. None unless told, or that of the workspace. */
  readonly scope?: string;
  /** Who keeps it and answers for it, as catalogues show it. */
  readonly owner?: string;
  /** An SPDX identifier. @defaultValue MIT */
  readonly licence?: string;
}

export function houseOf(world: World, options: PackageOptions): House {
  const root = manifestOf(world);
  const isGuildhall = root?.name === 'guildhall' && world.read('libs/kernel/contract/package.json') !== undefined;
  const scope = options.scope ?? /^@[^/]+/.exec(root?.name ?? '')?.[0] ?? '';
  return {
    isGuildhall, licence: options.licence ?? 'MIT',
    scope: isGuildhall ? '@guildhall/' : scope ? `${scope.replace(/\/$/, '')}/` : '',
    owner: options.owner ?? (isGuildhall ? 'Guildhall maintainers' : 'Whoever keeps this package'),
  };
}

/** What is wrong with how packages are to be called. */
export function problemsOfHouse(options: PackageOptions): readonly string[] {
  return [
    ...(options.scope === undefined || /^@[a-z0-9][a-z0-9._-]*\/?$/.test(options.scope) ? [] : [`The scope is "${options.scope}": it begins with @ and has lower-case letters, digits and hyphens, like "@westmarch".`]),
    ...(options.owner === undefined || options.owner.trim().length >= 3 ? [] : ['The owner has at least three letters: who keeps the package and answers for it.']),
  ];
}

/** Where one of Guildhall's packages stands in its own repository, by its name without the scope. */
export function folderOf(name: string): string {
  if (name === 'ui') return 'libs/ui';
  if (name === 'cli') return 'libs/factory/command';
  if (name === 'embedded-database') return 'libs/kernel/embedded-database';
  const provider = /^(.+?)-provider-(.+)$/.exec(name);
  if (provider) return `libs/${provider[1]}/providers/${provider[2]}`;
  if (name.endsWith('-contract')) return `libs/${name.slice(0, -'-contract'.length)}/contract`;
  if (name.startsWith('theme-')) return `libs/themes/${name.slice('theme-'.length)}`;
  return name === 'garden-waste' || name === 'report-a-problem' ? `libs/service-packs/${name}` : `libs/${name}/module`;
}

/** The folder of a new package outside: beside the others of a workspace, or in the place itself. */
export function folderOutside(world: World, short: string): string {
  return manifestOf(world)?.workspaces === undefined ? short : `packages/${short}`;
}

/** Makes a new package known to the place: to the build of Guildhall's repository, or to the workspace of somebody else's. */
export function madeKnown(world: World, house: House, folder: string): Files {
  if (house.isGuildhall) {
    const root = JSON.parse(world.read('tsconfig.json') ?? '{"files":[]}') as { references?: { path: string }[] };
    return { 'tsconfig.json': jsonText({ ...root, references: [...(root.references ?? []), { path: folder }] }) };
  }
  const root = manifestOf(world);
  const listed = root?.workspaces;
  if (!root || !listed || listed.some((pattern) => pattern === folder || pattern === `${path.posix.dirname(folder)}/*`)) return {};
  return { 'package.json': jsonText({ ...root, workspaces: [...listed, folder] }) };
}

interface Manifest { readonly name?: string; readonly workspaces?: readonly string[] }
function manifestOf(world: World): Manifest | undefined {
  const text = world.read('package.json');
  return text === undefined ? undefined : JSON.parse(text) as Manifest;
}

/** What is left for a person to do for every package that is new in a place. */
export function stepsOf(house: House): readonly string[] {
  return [...(house.isGuildhall ? ['npm install', 'npm run reports, which writes its README.md, its LICENSE and what is known of its interface.'] : ['npm install, then npm test: in its own folder, or with --workspaces for a whole workspace.']), ...(house.licence === 'MIT' || house.isGuildhall ? [] : [`Put the text of the licence ${house.licence} into its LICENSE.`])];
}
