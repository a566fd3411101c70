import { createRequire } from 'node:module';
import { factsOf } from '@guildhall/catalogue-contract';
import Ajv, { type ValidateFunction } from 'ajv';
import { satisfies } from 'semver';
import { advice, mend, type Finding, type ToCheck } from './checked';

const schema = (): object => createRequire(__filename)('@guildhall/kernel-contract/manifest.schema.json') as object;
let validate: ValidateFunction | undefined;
const KEEPS_PEOPLE = ['module', 'provider', 'service-pack'];

/** What a package says of itself: by the schema, by what a catalogue can list, and by what its code does. */
export function checkManifest(one: ToCheck): readonly Finding[] {
  const { json: { guildhall }, code } = one;
  if (!guildhall) return [mend('manifest', 'package.json has no "guildhall": write there what the package is (manifest.schema.json of @guildhall/kernel-contract says how).')];
  validate ??= new Ajv({ allErrors: true }).compile(schema());
  const faults = validate(guildhall) ? [] : (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(({ instancePath, message = '', params }) => mend('manifest', `"guildhall"${instancePath.replaceAll('/', '.')} ${message}${typeof params.additionalProperty === 'string' ? ` (${params.additionalProperty})` : ''}.`));
  return [...faults, ...ofNothing(guildhall), ...described(guildhall), ...canBeListed(one), ...(code ? (code.error === undefined ? [...asItsCode(one), ...declared(one), ...languages(one)] : [mend('code', `It cannot be loaded: ${code.error}. Build it, and install what it needs.`)]) : [])];
}

function canBeListed({ json }: ToCheck): readonly Finding[] {
  const read = factsOf(new Map([['package.json', Buffer.from(JSON.stringify({ ...json, guildhall: { ...json.guildhall, conformance: [] } }))]]));
  return read.ok ? [] : [mend('package.json', `A catalogue would not list it. ${read.refusal.message}`)];
}

function asItsCode(one: ToCheck): readonly Finding[] {
  const { json: { guildhall = {} }, code } = one;
  const { kind, id = '', provides = {}, requires = {}, uses = {}, events = [], permissions = [] } = guildhall;
  // Neither can publish an event nor declare a permission: what it says of them, nobody keeps.
  if (kind === 'service-pack' || kind === 'provider') return [...difference('events', events, []), ...difference('permissions', permissions, []), ...(code?.pack ? [...difference('id', [id], [code.pack.id]), ...difference('requires', entries(requires), entries(code.pack.requires))] : [])];
  if (kind !== 'module') return [];
  if (!code?.module) return [mend('code', 'It says that it is a module, and exports none that is made by defineModule.')];
  const { module } = code;
  return [
    ...difference('id', [id], [module.id]), ...difference('provides', Object.keys(provides), module.provides), ...difference('requires', entries(requires), entries(module.requires)), ...difference('uses', entries(uses), entries(module.uses)),
    ...difference('events', events, module.events), ...difference('permissions', permissions, module.permissions.map((permission) => permission.id)), ...titles(guildhall, module.permissions),
    ...ofPeople(guildhall, module), ...ofVersion(one.json.version, module.version),
  ];
}

/** Councils read in what is running which version it is. */
function ofVersion(version = '', inCode = version): readonly Finding[] { return inCode === version ? [] : [advice('code', `Its module says that it is version ${inCode}, and package.json ${version}: a running app would tell the former. Say the same in defineModule.`)]; }

/** What it says that it keeps about people, held against whether it tells them (docs/decisions/0013). */
function ofPeople({ personalData = [] }: NonNullable<ToCheck['json']['guildhall']>, { hasTables, tellsOfPeople }: NonNullable<NonNullable<ToCheck['code']>['module']>): readonly Finding[] {
  if (tellsOfPeople) return personalData.length > 0 ? [] : [mend('personal data', 'Its code tells people what is held about them (PERSONAL_DATA), and "personalData" names nothing. Name the data, what for and how long.')];
  if (!hasTables) return [];
  if (personalData.length === 0) return [advice('personal data', 'It has tables and says that it keeps nothing of people. If that is so, leave it; if not, name the data, what for and how long under "personalData".')];
  return personalData.filter(({ toldElsewhere }) => toldElsewhere === undefined).map(({ data = '' }) => mend('personal data', `It keeps “${data}”, and its code registers no PERSONAL_DATA: nobody would get a copy of it, or have it erased. Register it, or say under "toldElsewhere" who tells of it instead.`));
}

/** Whoever decides whether to install it is to read the words by which its officers know a permission. */
function titles({ permissions = [], permissionTitles = {} }: NonNullable<ToCheck['json']['guildhall']>, does: NonNullable<NonNullable<ToCheck['code']>['module']>['permissions']): readonly Finding[] {
  const untitled = permissions.filter((id) => !Object.hasOwn(permissionTitles, id));
  return [
    ...Object.entries(permissionTitles).flatMap(([of, { en = '' }]) => does.filter(({ id, title }) => id === of && title !== undefined && title !== en).map(({ title = '' }) => mend('manifest', `Under "permissionTitles" it says that ${of} is “${en}”, and its code says “${title}”. Say the same.`))),
    ...(untitled.length ? [advice('permissions', `It does not say in words what ${untitled.join(', ')} ${untitled.length === 1 ? 'lets' : 'let'} an officer do: "permissionTitles": { "${untitled[0] ?? ''}": { "en": …, "cy": … } }. Councils read it before they install it.`)] : []),
  ];
}
/** Words for what nobody declares: a mistyped id, of which a council would read no words. */
function ofNothing({ permissions = [], permissionTitles = {} }: NonNullable<ToCheck['json']['guildhall']>): readonly Finding[] {
  return Object.keys(permissionTitles).filter((id) => !permissions.includes(id)).map((id) => mend('manifest', `Under "permissionTitles" it says what ${id} lets an officer do, which is not under "permissions". Add it there, or take it out.`));
}

/** A catalogue and publiccode.yml show people its description in the language that they read. */
function described({ languages: spoken = [], descriptions = {} }: NonNullable<ToCheck['json']['guildhall']>): readonly Finding[] {
  return spoken.filter((language) => language !== 'en' && descriptions[language] === undefined).map((language) => advice('languages', `It speaks ${language} and is not described in it: write "descriptions": { "${language}": … } under "guildhall", one short sentence.`));
}

function difference(what: string, said: readonly string[], does: readonly string[]): readonly Finding[] {
  return [
    ...does.filter((item) => !said.includes(item)).map((item) => mend('manifest', `Under "${what}" it does not say what its code does: ${item}. Add it.`)),
    ...said.filter((item) => !does.includes(item)).map((item) => mend('manifest', `Under "${what}" it says what its code does not do: ${item}. Take it out.`)),
  ];
}
function entries(map: Readonly<Record<string, string>>): readonly string[] { return Object.entries(map).map((entry) => entry.join(' ')); }

/** What it names must be declared by a contract that it depends on, in a version that fits. */
function declared({ json: { guildhall = {} }, code }: ToCheck): readonly Finding[] {
  const { versions = {}, events = [], points = [] } = code?.declared ?? {};
  const { provides = {}, requires = {}, uses = {} } = guildhall;
  return [
    ...Object.entries(provides).filter(([id, version]) => versions[id] !== version).map(([id, version]) => mend('manifest', versions[id] === undefined ? `It provides ${id}, which no contract declares that it depends on.` : `It provides ${id} ${version}, and the contract that is installed is at ${versions[id]}. Pass the kit of that, and name it.`)),
    ...Object.entries({ ...requires, ...uses }).filter(([id, range]) => versions[id] !== undefined && !satisfies(versions[id], range)).map(([id, range]) => mend('manifest', `It needs ${id} ${range}, and the contract that is installed is at ${versions[id] ?? ''}.`)),
    ...Object.keys({ ...requires, ...uses }).filter((id) => versions[id] === undefined).map((id) => mend('manifest', `It needs ${id}, which no contract declares that it depends on.`)),
    ...(guildhall.events ?? []).filter((event) => !events.includes(event)).map((event) => mend('manifest', `It names the event ${event}, which no contract declares that it depends on.`)),
    ...(guildhall.extensionPoints ?? []).filter((point) => !points.includes(point)).map((point) => mend('manifest', `It names the extension point ${point}, which its code does not declare.`)),
  ];
}

function languages({ json: { guildhall = {} }, code }: ToCheck): readonly Finding[] {
  const { kind = '', languages: spoken = [] } = guildhall;
  if (!KEEPS_PEOPLE.includes(kind)) return [];
  const missing = ['en', 'cy'].filter((language) => !spoken.includes(language));
  return [
    ...(spoken.includes('cy') ? (code?.untranslated ?? []).map((place) => mend('languages', `${place}. Residents read it in both languages.`)) : []),
    ...(code?.wording ?? []).filter(({ subject }) => subject === 'pages' || spoken.includes('cy')).map(({ subject, text }) => mend(subject, `${text}.`)),
    ...(missing.length ? [advice('languages', `It does not say that it speaks ${missing.join(' and ')}. A council in Wales cannot use it.`)] : []),
  ];
}
