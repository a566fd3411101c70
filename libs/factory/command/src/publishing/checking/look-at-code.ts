import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { lookAtWords, type Worded, type WordsFault } from './look-at-words';

/** What a package's code does, as far as it can be seen by loading it. */
export interface LookedAt {
  /** Why it could not be loaded. */
  readonly error?: string;
  /** What a module's definition says. */
  readonly module?: {
    readonly id: string; readonly version?: string; readonly provides: readonly string[]; readonly requires: Readonly<Record<string, string>>; readonly uses: Readonly<Record<string, string>>; readonly events: readonly string[]; readonly permissions: readonly { readonly id: string; readonly title?: string }[];
    readonly hasTables: boolean;
    /** It registers PERSONAL_DATA, so that somebody gets a copy of what is held about them, and has it erased. */
    readonly tellsOfPeople: boolean;
  };
  /** What a service pack is when it is installed with no options; nothing where it cannot be. */
  readonly pack?: { readonly id: string; readonly requires: Readonly<Record<string, string>> };
  /** What it and the contracts that it depends on declare: contracts and ports with their versions, types of events, extension points. */
  readonly declared: { readonly versions: Readonly<Record<string, string>>; readonly events: readonly string[]; readonly points: readonly string[] };
  /** Where words are in one language and not in the other. */
  readonly untranslated: readonly string[];
  /** What is wrong with a module's templates and texts. */
  readonly wording?: readonly WordsFault[];
}

interface Definition extends Worded {
  readonly version?: string;
  readonly schema?: string; readonly migrations?: readonly unknown[]; readonly provides?: readonly { readonly contract: { readonly id: string } }[];
  readonly requires?: readonly { readonly contract: { readonly id: string }; readonly range: string; readonly isOptional?: boolean }[]; readonly events?: readonly { readonly type: string }[]; readonly permissions?: readonly { readonly id: string; readonly title?: string }[];
  readonly registers?: readonly { readonly point: { readonly id: string } }[];
}
type Exported = Readonly<Record<string, unknown>>;
const DEEPEST = 8;
const PERSONAL_DATA = 'information-rights.personal-data';

/** Loads a package that was built, and says what it does. Runs its code: in a process of its own, for whoever made it. */
export function lookAtCode(folder: string): LookedAt {
  try {
    const from = createRequire(path.join(folder, 'package.json'));
    const { dependencies = {}, peerDependencies = {}, main, exports: entries, guildhall = {} } = jsonOf(path.join(folder, 'package.json'));
    // A package may be a program alone.
    const own = main === undefined && entries?.['.'] === undefined ? {} : (from(path.resolve(folder)) as Exported);
    const definition = Object.values(own).map((value) => (typeof value === 'function' ? (value as { readonly definition?: Definition }).definition : undefined)).find((found) => found !== undefined);
    const contracts = contractsFrom(from, { ...dependencies, ...peerDependencies }, new Set());
    const pack = guildhall.kind === 'service-pack' ? packIn(own, guildhall.id ?? '') : undefined;
    const wording = definition && lookAtWords(from, definition);
    return {
      ...(definition && { module: summaryOf(definition) }), ...(pack && { pack }), declared: declaredBy([own, ...contracts]), ...(wording && { wording }),
      untranslated: [...untranslated({ ...own, ...(!wording && { 'its texts': definition?.texts }) }, '', new Set(), 0)],
    };
  } catch (error) {
    return { error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error), declared: { versions: {}, events: [], points: [] }, untranslated: [] };
  }
}

/** The contracts that it depends on, and those that these depend on: a service needs documents because its contract asks for photos. */
function contractsFrom(from: NodeJS.Require, dependencies: object, seen: Set<string>): readonly Exported[] {
  return Object.keys(dependencies).flatMap((name) => {
    try {
      const file = from.resolve(`${name}/package.json`);
      const json = jsonOf(file);
      if (json.guildhall?.kind !== 'contract' || seen.has(file)) return [];
      seen.add(file);
      return [from(name) as Exported, ...contractsFrom(createRequire(file), json.dependencies ?? {}, seen)];
    } catch {
      return [];
    }
  });
}

interface Json { readonly main?: string; readonly exports?: Readonly<Record<string, unknown>>; readonly dependencies?: object; readonly peerDependencies?: object; readonly guildhall?: { readonly kind?: string; readonly id?: string } }
function jsonOf(file: string): Json { return JSON.parse(readFileSync(file, 'utf8')) as Json; }

function summaryOf({ id, version, provides = [], requires = [], events = [], permissions = [], schema, migrations = [], registers = [] }: Definition): NonNullable<LookedAt['module']> {
  return {
    id, ...(version !== undefined && { version }), provides: provides.map(({ contract }) => contract.id), requires: needs(requires, false), uses: needs(requires, true), events: events.map(({ type }) => type), permissions: permissions.map(({ id: of, title }) => ({ id: of, ...(title !== undefined && { title }) })),
    hasTables: schema !== undefined && migrations.length > 0, tellsOfPeople: registers.some(({ point }) => point.id === PERSONAL_DATA),
  };
}
function needs(requires: NonNullable<Definition['requires']>, isOptional: boolean): Readonly<Record<string, string>> {
  return Object.fromEntries(requires.filter((need) => (need.isOptional ?? false) === isOptional).map(({ contract, range }) => [contract.id, range]));
}

/** A service pack is exported under the name of its id, and most can be installed as they are: `gardenWaste()`. */
function packIn(own: Exported, id: string): LookedAt['pack'] {
  const install = own[id.replaceAll(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())];
  if (typeof install !== 'function') return undefined;
  let pack: unknown;
  try {
    pack = (install as () => unknown)();
  } catch {
    // Whoever installs it must say something: then it cannot be seen here what it needs.
    return undefined;
  }
  if (typeof pack !== 'object' || pack === null || (pack as { readonly kind?: unknown }).kind !== 'service-pack') return undefined;
  const { id: found, requires = [] } = pack as Definition;
  return { id: found, requires: needs(requires, false) };
}

/** Contracts, ports, events and extension points are told by their shape. */
function declaredBy(exported: readonly Exported[]): LookedAt['declared'] {
  const values = exported.flatMap((one) => Object.values(one)).filter((value): value is Exported => typeof value === 'object' && value !== null);
  const versioned = values.filter((value) => typeof value.dispatch === 'function' || Object.keys(value).sort().join() === 'id,version');
  return {
    versions: Object.fromEntries(versioned.map(({ id, version }) => [String(id), String(version)])),
    events: values.filter(({ type, version }) => typeof type === 'string' && typeof version === 'number').map(({ type }) => String(type)),
    points: values.filter((value) => Object.keys(value).join() === 'id').map(({ id }) => String(id)),
  };
}

/** Every place with words in English and not in Welsh, or the other way round. */
function* untranslated(value: unknown, at: string, seen: Set<unknown>, depth: number): Generator<string> {
  if (typeof value !== 'object' || value === null || seen.has(value) || depth > DEEPEST) return;
  seen.add(value);
  const { en, cy } = value as { readonly en?: unknown; readonly cy?: unknown };
  if (isWords(en) || isWords(cy)) {
    yield* differing(en, cy, at, '');
    return;
  }
  for (const [name, each] of Object.entries(value)) yield* untranslated(each, at === '' ? name : `${at}.${name}`, seen, depth + 1);
}
function isWords(value: unknown): boolean { return typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).length > 0 && Object.values(value).every((each) => typeof each === 'string' || isWords(each))); }

function* differing(en: unknown, cy: unknown, at: string, within: string): Generator<string> {
  if (typeof en === 'object' && en !== null && typeof cy === 'object' && cy !== null) {
    for (const key of new Set([...Object.keys(en), ...Object.keys(cy)])) yield* differing((en as Exported)[key], (cy as Exported)[key], at, within === '' ? key : `${within}.${key}`);
    return;
  }
  const [lacks] = ([['English', en], ['Welsh', cy]] as const).filter(([, words]) => typeof words !== 'string' || words.trim() === '');
  if (lacks) yield `${[at, within].filter(Boolean).join(': ')} is not in ${lacks[0]}`;
}
