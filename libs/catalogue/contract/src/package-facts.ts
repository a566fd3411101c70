import type { ConformanceReport, Outcome, Text } from '@guildhall/kernel-contract';
import { done } from '@guildhall/kernel-contract';
import { documentDigest, documentReader, type Malformed } from '@guildhall/sharing-contract';
import type { PackagePicture } from './pictures';

/** What a package can be to a council. `tool` is for those who build; `kernel`, `ui` and `pages` are what modules stand on. @public */
export const PACKAGE_KINDS = ['module', 'provider', 'service-pack', 'theme', 'contract', 'tool', 'kernel', 'ui', 'pages'] as const;
/** @public */
export type PackageKind = (typeof PACKAGE_KINDS)[number];
/** How far its maker says that it is. @public */
export const MATURITIES = ['alpha', 'beta', 'stable'] as const;
/** @public */
export type Maturity = (typeof MATURITIES)[number];

/** What of people a package keeps, what for and for how long, in its maker's words. @public */
export interface PersonalDataFact { readonly data: string; readonly purpose: string; readonly retention: string }

/**
 * What there is to know of a package without running any of it: from its package.json, its reports and its files. Worked out anew by everybody who looks at it, so that the same package gives the same facts,
 * and no word about them has to be believed.
 * @public
 */
export interface PackageFacts {
  /** For npm: `@westmarch/parking`. */
  readonly name: string;
  /** Semantic version (SemVer 2.0.0). */
  readonly version: string;
  readonly description: string;
  /** SPDX expression. */
  readonly licence: string;
  readonly keywords: readonly string[];
  readonly repository?: string;
  readonly homepage?: string;
  readonly kind: PackageKind;
  readonly id: string;
  /** Who keeps it, in its maker's words. */
  readonly owner: string;
  readonly maturity: Maturity;
  /** Contracts and ports, with the version of each that it provides. */
  readonly provides: Readonly<Record<string, string>>;
  /** Contracts with the range that it needs, and those that it uses where they are there. */
  readonly requires: Readonly<Record<string, string>>;
  readonly uses: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  readonly permissions: readonly string[];
  /** What permissions let an officer do, by their ids, where its maker says it in words. */
  readonly permissionTitles?: Readonly<Record<string, Text>>;
  readonly personalData: readonly PersonalDataFact[];
  readonly languages: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  /** The range of Node.js. */
  readonly node: string;
  /** Scripts that npm would run while it is installed, by name. */
  readonly installScripts: readonly string[];
  readonly reports: readonly ConformanceReport[];
  /** `README.md`, its beginning. */
  readonly readme: string;
  /** `publiccode.yml` as it is (publiccode.yml standard, 0.4 and later). */
  readonly publiccode?: string;
  /** Paths of pictures below `screenshots/`. */
  readonly screenshots: readonly string[];
  /** Those of them that the manifest names, with words; absent where it names none. */
  readonly pictures?: readonly PackagePicture[];
  readonly files: number;
  /** Of all files, unpacked. */
  readonly bytes: number;
}

/** A package's files, by their paths in it: `package.json`, `dist/index.js`. @public */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;
/** The same of a package that passed by: of those files that nobody reads (all but package.json, README.md, publiccode.yml and reports) only the length is kept. @public */
export type PackageFilesRead = ReadonlyMap<string, Uint8Array | { readonly byteLength: number }>;

const MOST_README_CHARACTERS = 50_000;
/** Those that npm runs at whoever installs (npm docs, "scripts"). */
const RUN_WHEN_INSTALLED = ['preinstall', 'install', 'postinstall', 'prepare'];

const text = { type: 'string', minLength: 1, maxLength: 1000 } as const;
const texts = { type: 'array', maxItems: 500, items: text } as const;
const ranges = { type: 'object', maxProperties: 500, additionalProperties: { type: 'string', minLength: 1, maxLength: 200 } } as const;
const report = {
  type: 'object', required: ['kit', 'contract', 'version', 'implementation', 'results'],
  properties: {
    kit: text, contract: text, version: text, implementation: text,
    results: { type: 'array', minItems: 1, maxItems: 2000, items: { type: 'object', required: ['id', 'title', 'result'], properties: { id: text, title: text, result: { enum: ['passed', 'failed', 'not-applicable'] }, detail: { type: 'string', maxLength: 5000 } } } },
  },
} as const;
const readReport = documentReader<ConformanceReport>(report, 'a report of a kit');

interface PackageJson {
  readonly name: string; readonly version: string; readonly description: string; readonly license: string;
  readonly keywords?: readonly string[]; readonly homepage?: string; readonly repository?: string | { readonly url: string };
  readonly dependencies?: Readonly<Record<string, string>>; readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string }; readonly scripts?: Readonly<Record<string, string>>;
  readonly guildhall: Pick<PackageFacts, 'kind' | 'id' | 'owner'> & Partial<Pick<PackageFacts, 'maturity' | 'provides' | 'requires' | 'uses' | 'events' | 'permissions' | 'permissionTitles' | 'personalData' | 'languages'>> & { readonly conformance?: readonly string[]; readonly screenshots?: readonly { readonly file: string; readonly text: PackagePicture['text'] }[] };
}

/** The part of package.json that a package is listed by, as JSON Schema (draft 2020-12). @public */
export const packageJsonSchema = {
  $id: 'https://guildhall.example/schemas/package.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Package of Guildhall', type: 'object',
  required: ['name', 'version', 'description', 'license', 'guildhall'],
  properties: {
    name: { type: 'string', pattern: '^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$', maxLength: 214 },
    version: { type: 'string', pattern: '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$', maxLength: 100 },
    description: text, license: text, keywords: texts, homepage: text, repository: { anyOf: [text, { type: 'object', required: ['url'], properties: { url: text } }] },
    dependencies: ranges, peerDependencies: ranges, engines: { type: 'object', properties: { node: text } }, scripts: { type: 'object', additionalProperties: { type: 'string' } },
    guildhall: {
      type: 'object', required: ['kind', 'id', 'owner'],
      properties: {
        kind: { enum: PACKAGE_KINDS }, id: text, owner: text, maturity: { enum: MATURITIES }, provides: ranges, requires: ranges, uses: ranges, events: texts, permissions: texts, permissionTitles: { type: 'object', maxProperties: 500, additionalProperties: { type: 'object', required: ['en', 'cy'], properties: { en: text, cy: text } } }, languages: texts, conformance: { type: 'array', maxItems: 20, items: text },
        screenshots: { type: 'array', maxItems: 50, items: { type: 'object', required: ['file', 'text'], properties: { file: text, text: { type: 'object', required: ['en', 'cy'], properties: { en: text, cy: text } } } } },
        personalData: { type: 'array', maxItems: 200, items: { type: 'object', required: ['data', 'purpose', 'retention'], properties: { data: text, purpose: text, retention: text } } },
      },
    },
  },
} as const;
const readPackageJson = documentReader<PackageJson>(packageJsonSchema, 'a package that can be listed');

/** What a package's files say of it. Nothing of them is run. @public */
export function factsOf(files: PackageFilesRead): Outcome<PackageFacts, Malformed> {
  const read = readPackageJson(jsonIn(files, 'package.json'));
  if (!read.ok) return read;
  const { name, version, description, license, keywords = [], homepage, repository, dependencies = {}, peerDependencies = {}, engines, scripts = {}, guildhall } = read.value;
  const { kind, id, owner, maturity = 'alpha', provides = {}, requires = {}, uses = {}, events = [], permissions = [], permissionTitles = {}, personalData = [], languages = [], conformance = [], screenshots = [] } = guildhall;
  const reports: ConformanceReport[] = [];
  for (const path of conformance) {
    const one = readReport(jsonIn(files, path.replace(/^\.\//, '')));
    if (!one.ok) return { ok: false, refusal: { ...one.refusal, message: `${path}: ${one.refusal.message}` } };
    const { kit, contract, version: of, implementation, results } = one.value;
    reports.push({ kit, contract, version: of, implementation, results: results.map(({ id: rule, title, result, detail }) => ({ id: rule, title, result, ...(detail !== undefined && { detail }) })) });
  }
  const titled = permissions.flatMap((of) => (Object.hasOwn(permissionTitles, of) ? Object.entries({ [of]: permissionTitles[of] as Text }) : [])).map(([of, { en, cy }]) => [of, { en, cy }] as const);
  const publiccode = textIn(files, 'publiccode.yml');
  const url = typeof repository === 'object' ? repository.url : repository;
  return done({
    name, version, description, licence: license, keywords, ...(url !== undefined && { repository: url }), ...(homepage !== undefined && { homepage }), kind, id, owner, maturity, provides, requires, uses, events, permissions, ...(titled.length && { permissionTitles: Object.fromEntries(titled) }),
    personalData: personalData.map(({ data, purpose, retention }) => ({ data, purpose, retention })), languages, dependencies, peerDependencies, node: engines?.node ?? '*',
    installScripts: RUN_WHEN_INSTALLED.filter((script) => scripts[script] !== undefined), reports,
    readme: beginningOf(textIn(files, 'README.md') ?? ''), ...(publiccode !== undefined && { publiccode }),
    screenshots: [...files.keys()].filter((path) => /^screenshots\/[\w .-]+\.(png|jpg|jpeg|webp)$/.test(path)).sort(), ...(screenshots.length > 0 && { pictures: screenshots.map(({ file, text: { en, cy } }) => ({ path: file.replace(/^\.\//, ''), text: { en, cy } })) }),
    files: files.size, bytes: [...files.values()].reduce((sum, file) => sum + file.byteLength, 0),
  });
}

/** The SHA-256 of facts in canonical JSON (RFC 8785), as a release names them: `sha256:…`. @public */
export function factsDigest(facts: PackageFacts): string { return documentDigest(facts); }

/** No half of a character that JavaScript writes as two: what is signed could not be written. */
function beginningOf(text: string): string { return text.slice(0, MOST_README_CHARACTERS).replace(/[\uD800-\uDBFF]$/, ''); }

function textIn(files: PackageFilesRead, path: string): string | undefined {
  const file = files.get(path);
  return !(file instanceof Uint8Array) ? undefined : Buffer.from(file).toString('utf8').replace(/^\uFEFF/, '').replace(/\0/g, '');
}

/** Nothing where there is no such file, or none that is JSON: what reads it says so. */
function jsonIn(files: PackageFilesRead, path: string): unknown {
  try {
    return JSON.parse(textIn(files, path) ?? '') as unknown;
  } catch {
    return undefined;
  }
}
