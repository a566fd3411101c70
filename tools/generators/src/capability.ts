import { generated, type Generator, type World } from './generator';
import { folderOutside, houseOf, madeKnown, problemsOfHouse, stepsOf, type House, type PackageOptions } from './house';
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
 * A capability: its contract (interface, token, permission, a kit of rules, an HTTP client and a fake that keep them) and the module that implements it
 * (a table that belongs to councils, a page in English and Welsh, an endpoint).
 * @public
 */
export const capability: Generator<CapabilityOptions> = (options, world) => made(options, world, ['contract', 'module']);

/** @public */
export interface ModuleOptions extends CapabilityOptions {
  /** The capability whose contract it implements: `lost-property`. Its own name unless told. */
  readonly capability?: string;
  /** The contract's package, unless it is the one that the generator makes: `@westmarch/lost-property-contract`. */
  readonly contract?: string;
}

/** Another module for a contract that the generator has made and nobody has changed yet. @public */
export const anotherModule: Generator<ModuleOptions> = (options, world) => made(options, world, ['module']);

type Part = 'contract' | 'module';
interface Place { readonly house: House; readonly folders: Readonly<Record<Part, string>>; readonly contract: string; readonly capability: string; readonly hasContract: boolean }

function made(options: ModuleOptions, world: World, parts: readonly Part[]): ReturnType<typeof generated> {
  return generated(world, problemsOf(options), () => {
    const place = placeOf(options, world, parts);
    const { house, folders } = place;
    const sketches = sketchesOf(place, options);
    const words = wordsOf(place, options);
    const changes = parts.reduce<World & { readonly all: Record<string, string> }>((so, part) => {
      const all = { ...so.all, ...madeKnown(so, house, folders[part]) };
      return { ...so, all, read: (file) => all[file] ?? world.read(file) };
    }, { ...world, all: {} }).all;
    return {
      files: Object.assign({}, ...parts.flatMap((part) => [packageFiles(house, sketches[part]), withRunner(house, filled(part, words, folders[part]))])) as Record<string, string>,
      changes,
      nextSteps: [
        ...stepsOf(house),
        ...(parts.includes('contract') ? [`Say in ${folders.contract}/src/${options.name}-api.ts what the capability does, and in its kit which rules hold: the rest follows from these two.`] : []),
        ...(options.title === undefined ? [`Its Welsh title is still the English one: have it translated (${folders.module}/src/wording/texts.ts).`] : []),
        `Use it in a council's configuration: modules: [ … ${camel(options.name)}() ].`,
      ],
    };
  });
}

function placeOf(options: ModuleOptions, world: World, parts: readonly Part[]): Place {
  const house = houseOf(world, options);
  const { name, capability: of = name } = options;
  const folders = house.isGuildhall ? { contract: `libs/${of}/contract`, module: of === name ? `libs/${of}/module` : `libs/${of}/${name}` } : { contract: folderOutside(world, `${of}-contract`), module: folderOutside(world, name) };
  return { house, folders, capability: of, contract: options.contract ?? `${house.scope}${of}-contract`, hasContract: parts.includes('contract') || world.read(`${folders.contract}/package.json`) !== undefined };
}

function sketchesOf({ house, folders, contract, capability: of, hasContract }: Place, { name, title }: ModuleOptions): Readonly<Record<Part, PackageSketch>> {
  const [called, inWelsh] = [title?.en ?? words(name), title?.cy ?? words(name)];
  const permissions = { permissions: [`${of}.manage`], permissionTitles: { [`${of}.manage`]: { en: `Put entries up under “${words(of)}”`, cy: `Rhoi cofnodion dan “${title?.cy ?? words(of)}”` } } };
  return {
    contract: {
      name: `${of}-contract`, folder: folders.contract, description: { en: `The standard of “${called}”: its interface, its permission, its HTTP client, and a kit of rules with a fake that keeps them.`, cy: `Safon “${inWelsh}”: ei rhyngwyneb, ei chaniatâd, ei chleient HTTP, a phecyn o reolau.` }, layer: 'contract', capability: of,
      dependencies: ['@guildhall/kernel-contract', 'class-validator'], subpaths: ['./testing'], ...(house.isGuildhall && { files: ['kits.json'] }), guildhall: { kind: 'contract', id: of, provides: { [of]: '0.1.0' }, ...permissions },
    },
    module: {
      name, folder: folders.module, description: { en: `${called}: what officers put up and everybody reads, with a page in English and Welsh and over REST.`, cy: `${inWelsh}: yr hyn y mae swyddogion yn ei gyhoeddi a phawb yn ei ddarllen, ar dudalen a thros REST.` }, layer: 'module', capability: of,
      dependencies: ['@guildhall/kernel-contract', contract], beside: [{ name: contract, ...(hasContract && { folder: folders.contract }) }], peerDependencies: { '@guildhall/kernel': '^0.1.0', '@nestjs/common': '^11 || ^12', 'reflect-metadata': '^0.2' }, files: ['views', 'openapi.json'],
      guildhall: { kind: 'module', id: name, provides: { [of]: '0.1.0' }, requires: {}, ...permissions, personalData: [], languages: ['en', 'cy'] },
    },
  };
}

function wordsOf({ contract, capability: of }: Place, { name, title }: ModuleOptions): Readonly<Record<string, string>> {
  return {
    name, camel: camel(name), Pascal: pascal(name), CONSTANT: constant(name), schema: snake(name), Title: words(name), titleEn: quoted(title?.en ?? words(name)), titleCy: quoted(title?.cy ?? words(name)),
    contract, Contract: pascal(of), CONTRACT: constant(of), contractCamel: camel(of), prefix: constant(of).replaceAll('_', '').slice(0, 6),
  };
}

function problemsOf(options: ModuleOptions): readonly string[] {
  const { title } = options;
  return [
    ...problemsOfName('The name', options.name), ...problemsOfHouse(options), ...(options.capability === undefined ? [] : problemsOfName('The capability', options.capability)),
    ...(title === undefined || (title.en.trim() !== '' && title.cy.trim() !== '') ? [] : ['The title has words in English and in Welsh.']),
  ];
}
