import { generated, type Generator, type World } from './generator';
import { folderOutside, houseOf, madeKnown, problemsOfHouse, type House, type PackageOptions } from './house';
import { camel, constant, pascal, problemsOfName, quoted, snake, words } from './naming';
import { packageFiles, withRunner, type PackageSketch } from './package-files';
import { filled } from './template';

/** @public */
export interface CapabilityOptions extends PackageOptions {
  /** `lost-property` */
  readonly name: string;
  /** What residents read; made of the name unless told. */
  readonly title?: { readonly en: string; readonly cy: string };
}

/**
 * A capability: its contract (interface, token, permission, a kit of rules and a fake that keeps them) and the module that implements it
 * (a table that belongs to councils, a page in English and Welsh, an endpoint).
 * @public
 */
export const capability: Generator<CapabilityOptions> = (options, world) => made(options, world, ['contract', 'module']);

/** Another module for a contract that the generator has made, or that has the same shape. @public */
export const anotherModule: Generator<CapabilityOptions & { /** The contract's package, unless it is the one that the generator makes: `@westmarch/lost-property-contract`. */ readonly contract?: string }> = (options, world) => made(options, world, ['module'], options.contract);

function made(options: CapabilityOptions, world: World, parts: readonly ('contract' | 'module')[], contract?: string): ReturnType<typeof generated> {
  return generated(world, problemsOf(options), () => {
    const house = houseOf(world, options);
    const folders = foldersOf(house, world, options.name);
    const sketches = sketchesOf(house, options, folders, contract);
    const places = wordsOf(house, options, contract);
    const changes = parts.reduce<World & { readonly all: Record<string, string> }>((so, part) => {
      const all = { ...so.all, ...madeKnown(so, house, folders[part]) };
      return { ...so, all, read: (file) => all[file] ?? world.read(file) };
    }, { ...world, all: {} }).all;
    return {
      files: Object.assign({}, ...parts.flatMap((part) => [packageFiles(house, sketches[part]), withRunner(house, filled(part, places, folders[part]))])) as Record<string, string>,
      changes,
      nextSteps: [
        'npm install',
        ...(parts.includes('contract') ? [`Say in ${folders.contract}/src/${options.name}-api.ts what the capability does, and in its kit which rules hold: the rest follows from these two.`] : []),
        ...(options.title === undefined ? [`Its Welsh title is still the English one: have it translated (${folders.module}/src/wording/texts.ts).`] : []),
        `Use it in a council's configuration: modules: [ … ${camel(options.name)}() ].`,
      ],
    };
  });
}

function foldersOf(house: House, world: World, name: string): { readonly contract: string; readonly module: string } {
  return house.isGuildhall ? { contract: `libs/${name}/contract`, module: `libs/${name}/module` } : { contract: folderOutside(world, `${name}-contract`), module: folderOutside(world, name) };
}

function sketchesOf(house: House, { name, title }: CapabilityOptions, folders: ReturnType<typeof foldersOf>, contract = `${house.scope}${name}-contract`): Readonly<Record<'contract' | 'module', PackageSketch>> {
  const called = title?.en ?? words(name);
  const permissions = [`${name}.manage`];
  return {
    contract: {
      name: `${name}-contract`, folder: folders.contract, description: `The standard of “${called}”: its interface, its permission, and a kit of rules with a fake that keeps them.`, layer: 'contract', capability: name,
      dependencies: ['@guildhall/kernel-contract', 'class-validator'], subpaths: ['./testing'], guildhall: { kind: 'contract', id: name, provides: { [name]: '0.1.0' }, permissions },
    },
    module: {
      name, folder: folders.module, description: `${called}: what officers put up and everybody reads, with a page in English and Welsh and over REST.`, layer: 'module', capability: name,
      dependencies: ['@guildhall/kernel-contract', contract], beside: [{ name: contract, folder: folders.contract }], peerDependencies: { '@guildhall/kernel': '^0.1.0', '@nestjs/common': '^11 || ^12', 'reflect-metadata': '^0.2' }, files: ['views'],
      guildhall: { kind: 'module', id: name, provides: { [name]: '0.1.0' }, requires: {}, permissions, personalData: [], languages: ['en', 'cy'] },
    },
  };
}

function wordsOf(house: House, { name, title }: CapabilityOptions, contract = `${house.scope}${name}-contract`): Readonly<Record<string, string>> {
  return {
    name, camel: camel(name), Pascal: pascal(name), CONSTANT: constant(name), schema: snake(name), Title: words(name), titleEn: quoted(title?.en ?? words(name)), titleCy: quoted(title?.cy ?? words(name)),
    prefix: constant(name).replaceAll('_', '').slice(0, 6), contract,
  };
}

function problemsOf(options: CapabilityOptions): readonly string[] {
  const { title } = options;
  return [
    ...problemsOfName('The name of the capability', options.name), ...problemsOfHouse(options),
    ...(title === undefined || (title.en.trim() !== '' && title.cy.trim() !== '') ? [] : ['The title has words in English and in Welsh.']),
  ];
}
