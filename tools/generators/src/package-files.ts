import path from 'node:path';
import { jsonText, type Files } from './generator';
import { folderOf, type House } from './house';
import { filled } from './template';
import { versionsOf } from './versions';

/** The same in both languages. */
export interface Described { readonly en: string; readonly cy: string }

/** What a package says of itself, from which its package.json and tsconfig.json are made. */
export interface PackageSketch {
  /** Without the scope: `payments-provider-sandbox-redirect`. */
  readonly name: string;
  readonly folder: string;
  /** One short sentence: catalogues show it. */
  readonly description: Described;
  readonly layer: 'contract' | 'module' | 'provider' | 'service-pack' | 'theme';
  readonly capability: string;
  /** Names with their scope. */
  readonly dependencies: readonly string[];
  /** What a module expects to find in a council's app. */
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: readonly string[];
  /** Packages that are not Guildhall's: their names with the scope, and their folders where they stand in the same place. */
  readonly beside?: readonly { readonly name: string; readonly folder?: string }[];
  /** Subpaths besides the root: `./testing`. */
  readonly subpaths?: readonly string[];
  /** What is published besides code: `views`, `conformance.json`. */
  readonly files?: readonly string[];
  /** What a council must give it, as its configuration says it: `{ apiKey: env.secret('FERRY_KEY') }`. */
  readonly given?: string;
  /** The manifest, without its owner. */
  readonly guildhall: Readonly<Record<string, unknown>>;
}

const NEW = '0.1.0';
const entry = (subpath: string): object => {
  const file = subpath === '.' ? 'index' : `${subpath.slice(2)}/index`;
  return { '@guildhall/source': `./src/${file}.ts`, types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` };
};

/** package.json and tsconfig.json, as every package of Guildhall's has them; outside its repository, also what builds and tests it there. */
export function packageFiles(house: House, sketch: PackageSketch): Files {
  const at = (file: string): string => path.posix.join(sketch.folder, file);
  return {
    [at('package.json')]: jsonText(manifest(house, sketch)),
    [at('tsconfig.json')]: jsonText(house.isGuildhall ? tsconfigOfGuildhall(sketch) : tsconfigOutside(sketch)),
    ...(house.isGuildhall ? {} : { ...textsOutside(house, sketch), [at('test.mjs')]: TEST, [at('.gitignore')]: 'node_modules/\ndist/\n.guildhall/\n*.pem\n' }),
  };
}

/** What people read of it, and the rules that its code keeps. The licence's text is there for MIT only: of another, whoever chose it has the words. */
function textsOutside(house: House, { name, folder, description, given }: PackageSketch): Files {
  const texts = filled('package-outside', { package: `${house.scope}${name}`, description: description.en, owner: house.owner, licence: house.licence, with: given === undefined ? '' : ` --with "${given}"` }, folder);
  return Object.fromEntries(Object.entries(texts).filter(([file]) => house.licence === 'MIT' || path.posix.basename(file) !== 'LICENSE'));
}

function manifest(house: House, sketch: PackageSketch): object {
  const beside = new Map((sketch.beside ?? []).map(({ name }) => [name, `^${NEW}`]));
  const ranges = (names: readonly string[]): Readonly<Record<string, string>> => Object.fromEntries([...names].sort().map((name) => [name, beside.get(name) ?? versionsOf([name])[name] ?? '']));
  const { kind, id, maturity = 'alpha', ...rest } = sketch.guildhall;
  return {
    name: `${house.scope}${sketch.name}`, version: NEW, license: house.licence, description: sketch.description.en, type: 'commonjs', main: './dist/index.js', types: './dist/index.d.ts',
    exports: { ...Object.fromEntries(['.', ...(sketch.subpaths ?? [])].map((subpath) => [subpath, entry(subpath)])), './package.json': './package.json' },
    files: ['dist', 'src', house.isGuildhall ? '!**/*.spec.ts' : '!**/*.spec.*', '!**/.tsbuildinfo', ...(house.isGuildhall ? [] : ['publiccode.yml']), ...(sketch.files ?? [])],
    publishConfig: { access: 'public' }, engines: { node: '>=20.19' },
    ...(house.isGuildhall ? {} : { scripts: { build: 'tsc -b', test: 'tsc -b && node test.mjs', lint: 'eslint . --max-warnings=0', prepack: 'tsc -b' } }),
    dependencies: ranges(sketch.dependencies),
    ...(sketch.peerDependencies ? { peerDependencies: sketch.peerDependencies } : {}),
    nx: { name: sketch.name, tags: [`layer:${sketch.layer}`, `capability:${sketch.capability}`], targets: { test: {}, lint: {} } },
    guildhall: { kind, id, owner: house.owner, maturity, ...rest, descriptions: { cy: sketch.description.cy } },
    ...devDependencies(house, sketch, ranges),
  };
}

function devDependencies(house: House, sketch: PackageSketch, ranges: (names: readonly string[]) => Readonly<Record<string, string>>): object {
  const named = [...(sketch.devDependencies ?? []), ...(house.isGuildhall ? [] : ['@eslint/js', '@types/node', 'eslint', 'reflect-metadata', 'typescript', 'typescript-eslint', ...(sketch.peerDependencies ? [...Object.keys(sketch.peerDependencies), '@nestjs/core', 'rxjs', 'typeorm', '@guildhall/embedded-database'] : [])])];
  return named.length === 0 ? {} : { devDependencies: ranges([...new Set(named)]) };
}

function tsconfigOfGuildhall(sketch: PackageSketch): object {
  const to = (target: string): string => path.posix.relative(sketch.folder, target);
  const folders = [...sketch.dependencies, ...Object.keys(sketch.peerDependencies ?? {})].filter((name) => name.startsWith('@guildhall/')).map((name) => to(folderOf(name.slice('@guildhall/'.length))));
  return {
    extends: to('tsconfig.base.json'), compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' }, include: ['src'], exclude: ['src/**/*.spec.ts'],
    references: folders.map((folder) => ({ path: folder })),
  };
}

/** How strict Guildhall's own code is compiled, so that what is made fits in either place. */
export const STRICT = {
  target: 'ES2023', lib: ['ES2023'], module: 'nodenext', moduleResolution: 'nodenext', types: ['node'], strict: true, noUncheckedIndexedAccess: true, noImplicitOverride: true, noFallthroughCasesInSwitch: true,
  noUnusedLocals: true, noUnusedParameters: true, experimentalDecorators: true, emitDecoratorMetadata: true, useDefineForClassFields: false, esModuleInterop: true, resolveJsonModule: true, skipLibCheck: true,
};
function tsconfigOutside(sketch: PackageSketch): object {
  return {
    compilerOptions: { ...STRICT, composite: true, rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' }, include: ['src'],
    references: (sketch.beside ?? []).flatMap(({ folder }) => (folder === undefined ? [] : [{ path: path.posix.relative(sketch.folder, folder) }])),
  };
}

/** Runs what was compiled of a package's specs with Node's own test runner. */
export const TEST = `// Runs every spec that was compiled: node test.mjs [names of files in dist]
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const named = process.argv.slice(2);
const specs = named.length > 0 ? named : readdirSync('dist', { recursive: true }).filter((file) => file.endsWith('.spec.js')).map((file) => \`dist/\${file}\`).sort();
if (specs.length === 0) throw new Error('There is no spec in dist: compile first.');
process.exit(spawnSync(process.execPath, ['--require', 'reflect-metadata', '--test', ...specs], { stdio: 'inherit' }).status ?? 1);
`;

const RUNNER = { describe: 'describe', it: 'it', beforeAll: 'before as beforeAll', afterAll: 'after as afterAll' } as const;
/** Outside Guildhall's repository, where jest brings them by itself, specs take the words of their runner from Node. */
export function withRunner(house: House, files: Files): Files {
  if (house.isGuildhall) return files;
  return Object.fromEntries(Object.entries(files).map(([file, text]) => {
    if (!file.endsWith('.spec.ts')) return [file, text];
    const used = Object.entries(RUNNER).filter(([word]) => new RegExp(`\\b${word}\\b`).test(text)).map(([, taken]) => taken).sort();
    return [file, `import { ${used.join(', ')} } from 'node:test';\n${text}`];
  }));
}
