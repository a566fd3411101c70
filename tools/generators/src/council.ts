import path from 'node:path';
import { paletteOf, problemsOfBrand } from './colour';
import { generated, jsonText, type Files, type Generator } from './generator';
import { folderOf, houseOf, madeKnown, type House } from './house';
import { camel, problemsOfName, quoted } from './naming';
import { STRICT, TEST, withRunner } from './package-files';
import { filled } from './template';
import { versionsOf } from './versions';

/** @public */
export interface CouncilOptions {
  /** As residents know it: `Marshborough District Council`. */
  readonly name: string;
  /** Names the council to people and to variables: `marshborough`. */
  readonly slug: string;
  /** The Office for National Statistics' code of the council: `E07000999`. */
  readonly gss: string;
  /** The languages of its pages, the first one first. */
  readonly languages: readonly string[];
  /** White words must be readable on it: `#1d4f3a`. */
  readonly brand: string;
  /** A UUID in lower case, written once and never changed: it is in every row. */
  readonly id: string;
  /** Where it is written: below `apps` in Guildhall's repository, else a folder with the slug's name, unless told. `.` is the place itself. */
  readonly folder?: string;
}

const NATIONS: Readonly<Record<string, string>> = { E: 'england', W: 'wales', S: 'scotland', N: 'northern-ireland' };

/** What a council's app begins with: nothing of it reaches beyond the machine on which it runs. */
const OURS = [
  'addresses', 'addresses-provider-local-gazetteer', 'cases', 'documents', 'documents-provider-local-disk', 'garden-waste', 'identity', 'identity-provider-dev-oidc', 'identity-provider-one-time-code', 'information-rights', 'kernel',
  'kernel-contract', 'notifications', 'notifications-provider-outbox', 'payments', 'payments-provider-sandbox-redirect', 'portal', 'report-a-problem', 'services', 'services-contract',
].map((name) => `@guildhall/${name}`);
const OTHERS = ['@nestjs/common', '@nestjs/core', 'reflect-metadata', 'rxjs', 'typeorm'];

/** Stops the database and forgets all that was tried. */
const RESET = `node -e "const data = require('node:path').resolve('.guildhall'); require('@guildhall/embedded-database').forgetEmbeddedDatabase(data + '/postgres').then(() => require('node:fs').rmSync(data, { recursive: true, force: true }))"`;

/** A council's app that runs: configuration, theme, a test, and outside Guildhall's repository what builds, tests and packages it. @public */
export const council: Generator<CouncilOptions> = (options, world) => generated(world, problemsOf(options), () => {
  const house = houseOf(world, {});
  const { slug } = options;
  const folder = options.folder ?? (house.isGuildhall ? `apps/${slug}` : slug);
  const words = {
    ...paletteOf(options.brand), slug, camel: camel(slug), name: quoted(options.name), plainName: options.name.replaceAll(/\s+/g, ' '), gss: options.gss, id: options.id, nation: NATIONS[options.gss.charAt(0)] ?? '',
    languages: options.languages.map((language) => `'${language}'`).join(', '), prefix: slug.replaceAll(/[^a-z]/g, '').slice(0, 2).toUpperCase().padEnd(2, 'X'),
  };
  return {
    files: { ...withRunner(house, filled('council', words, folder)), ...(house.isGuildhall ? inGuildhall(house, options, folder) : outside(options, words, folder)) },
    changes: house.isGuildhall ? madeKnown(world, house, folder) : {},
    nextSteps: [
      ...(house.isGuildhall ? [`npm start -- ${slug}`] : [...(folder === '.' ? [] : [`cd ${folder}`]), 'npm install', 'npm start']),
      `Put the council's own telephone, email and postal address into ${path.posix.join(folder, 'src/council.config.ts')}: those that stand there are invented.`,
    ],
  };
});

function problemsOf(options: CouncilOptions): readonly string[] {
  const languages = options.languages;
  return [
    ...(options.name.trim().length >= 3 && options.name.length <= 100 ? [] : ['The name of the council has 3 to 100 letters, as residents know it: "Marshborough District Council".']),
    ...problemsOfName('The slug', options.slug),
    ...(/^[EWSN]\d{8}$/.test(options.gss) ? [] : [`The GSS code is "${options.gss}": it is one of E, W, S and N and eight digits, like "E07000999". The Office for National Statistics lists them by council.`]),
    ...(languages.length > 0 && new Set(languages).size === languages.length && languages.every((language) => language === 'en' || language === 'cy') ? [] : [`The languages are "${languages.join(',')}": they are en, cy, or both, the first one first, like "cy,en".`]),
    ...problemsOfBrand(options.brand),
    ...(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(options.id) ? [] : [`The id is "${options.id}": it is a UUID in lower case. Leave it out, and one is made.`]),
  ];
}

function inGuildhall(house: House, options: CouncilOptions, folder: string): Files {
  return {
    [`${folder}/package.json`]: jsonText({
      name: `${house.scope}app-${options.slug}`, version: '0.1.0', license: house.licence, description: '', type: 'commonjs', exports: { '.': { '@guildhall/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
      private: true, engines: { node: '>=20.19' }, dependencies: versionsOf([...OURS, ...OTHERS]),
      nx: { name: options.slug, tags: ['layer:app', `capability:${options.slug}`], targets: { test: {}, lint: {} } }, devDependencies: versionsOf(['@guildhall/embedded-database']),
    }),
    [`${folder}/src/index.ts`]: `export { ${camel(options.slug)} } from './council.config';\n`,
    [`${folder}/tsconfig.json`]: jsonText({
      extends: '../../tsconfig.base.json', compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' }, include: ['src'], exclude: ['src/**/*.spec.ts'],
      references: [...OURS, '@guildhall/embedded-database'].map((name) => ({ path: path.posix.relative(folder, folderOf(name.slice(house.scope.length))) })),
    }),
  };
}

function outside(options: CouncilOptions, words: Readonly<Record<string, string>>, folder: string): Files {
  return {
    ...filled('council-outside', words, folder),
    [path.posix.join(folder, 'package.json')]: jsonText({
      name: options.slug, version: '1.0.0', private: true, description: `The app of ${options.name}.`, type: 'commonjs', engines: { node: '>=20.19' },
      scripts: { build: 'tsc', prestart: 'tsc', start: 'node dist/main.js', pretest: 'tsc', test: 'node test.mjs', reset: RESET },
      dependencies: versionsOf([...OURS, ...OTHERS]), devDependencies: versionsOf(['@guildhall/cli', '@guildhall/embedded-database', '@types/node', 'typescript']),
    }),
    [path.posix.join(folder, 'tsconfig.json')]: jsonText({ compilerOptions: { ...STRICT, rootDir: 'src', outDir: 'dist', sourceMap: true }, include: ['src'] }),
    [path.posix.join(folder, 'test.mjs')]: TEST,
  };
}
