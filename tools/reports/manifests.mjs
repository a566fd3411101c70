import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import 'reflect-metadata';
import Ajv from 'ajv';
import semver from 'semver';
import { root } from '../workspace/build.mjs';
import { publishedPackages } from './packages.mjs';

const require = createRequire(import.meta.url);
const KIND_OF_LAYER = { contract: 'contract', kernel: 'kernel', ui: 'ui', pages: 'pages', module: 'module', provider: 'provider', 'service-pack': 'service-pack', theme: 'theme', tool: 'tool' };

/**
 * What all packages say of themselves, in one file: what a catalogue would show.
 *
 * @returns {Map<string, string>} by path below docs/reports
 */
export function manifestReports() {
  const all = Object.fromEntries(publishedPackages().map(({ manifest }) => [manifest.name, { description: manifest.description, licence: manifest.license, ...manifest.guildhall }]));
  return new Map([['manifests.json', `${JSON.stringify(all, null, 2)}\n`]]);
}

/**
 * What is wrong with the packages' manifests: by the schema, by what the contracts declare, and by what the modules' definitions say.
 *
 * @returns {string[]} sentences
 */
export function manifestProblems() {
  const validate = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(path.join(root, 'libs/kernel/contract/manifest.schema.json'), 'utf8')));
  const found = publishedPackages();
  const known = declaredBy(found.filter(({ manifest }) => layerOf(manifest) === 'contract').map(({ folder }) => require(path.join(root, folder))));
  return found.flatMap((one) => problemsOf(one, validate, known).map((problem) => `${one.manifest.name}: ${problem}`));
}

/**
 * Everything that contracts declare, told by its shape.
 *
 * @param {object[]} exportsOfPackages what contract packages export
 */
export function declaredBy(exportsOfPackages) {
  const values = exportsOfPackages.flatMap((exported) => Object.values(exported)).filter((value) => typeof value === 'object' && value !== null);
  const contracts = values.filter((value) => typeof value.dispatch === 'function');
  const ports = values.filter((value) => Object.keys(value).sort().join() === 'id,version');
  return {
    points: new Set(values.filter((value) => Object.keys(value).join() === 'id').map(({ id }) => id)),
    versions: new Map([...contracts, ...ports].map(({ id, version }) => [id, version])),
    permissions: new Map(values.filter((value) => typeof value.title === 'string' && Array.isArray(value.roles)).map(({ id, title }) => [id, title])),
    events: new Set(values.filter((value) => typeof value.type === 'string' && typeof value.version === 'number').map(({ type }) => type)),
  };
}

/**
 * @param {import('./packages.mjs').Package} one
 * @param {import('ajv').ValidateFunction} validate
 * @param {ReturnType<typeof declaredBy>} known
 */
export function problemsOf({ folder, manifest }, validate, known) {
  const said = manifest.guildhall;
  if (!said) return [`has no manifest. Write "guildhall" into ${folder}/package.json (libs/kernel/contract/manifest.schema.json says how).`];
  const problems = validate(said) ? [] : validate.errors.filter(({ keyword }) => keyword !== 'if').map(({ instancePath, message, params }) => `"guildhall"${instancePath.replaceAll('/', '.')} ${message}${params.additionalProperty ? ` (${params.additionalProperty})` : ''}.`);
  if (!manifest.description) problems.push('has no description: a catalogue would show nothing.');
  if (!said.descriptions?.cy) problems.push('has no description in Welsh: write "descriptions": { "cy": "…" } under "guildhall".');
  const kind = KIND_OF_LAYER[layerOf(manifest)];
  if (said.kind !== kind) problems.push(`says it is a ${said.kind}, but its layer makes it a ${kind}.`);
  for (const [id, version] of Object.entries(said.provides ?? {})) if (known.versions.get(id) !== version) problems.push(known.versions.has(id) ? `provides ${id} ${version}, but that is at ${known.versions.get(id)}.` : `provides ${id}, which no contract declares.`);
  for (const [id, range] of Object.entries({ ...said.requires, ...said.uses })) {
    if (!known.versions.has(id)) problems.push(`requires ${id}, which no contract declares.`);
    else if (!semver.satisfies(known.versions.get(id), range)) problems.push(`requires ${id} ${range}, but that is at ${known.versions.get(id)}.`);
  }
  for (const event of said.events ?? []) if (!known.events.has(event)) problems.push(`names the event ${event}, which no contract declares.`);
  for (const point of said.extensionPoints ?? []) if (!known.points.has(point)) problems.push(`names the extension point ${point}, which no contract declares.`);
  const definition = kind === 'module' ? definitionIn(require(path.join(root, folder))) : undefined;
  const { permissions = [], permissionTitles = {} } = said;
  for (const of of permissions) {
    const title = definition?.permissions?.find(({ id }) => id === of)?.title ?? known.permissions.get(of);
    if (!Object.hasOwn(permissionTitles, of)) problems.push(`does not say in words what ${of} lets an officer do.`);
    else if (title !== undefined && permissionTitles[of].en !== title) problems.push(`says that ${of} is “${permissionTitles[of].en}”, and the code says “${title}”.`);
  }
  for (const of of Object.keys(permissionTitles)) if (!permissions.includes(of)) problems.push(`says in words what ${of} lets an officer do, and does not name it under "permissions".`);
  if (kind === 'module') problems.push(...differencesFromCode(said, definition));
  return problems;
}

function definitionIn(exported) {
  return Object.values(exported).find((value) => typeof value === 'function' && value.definition)?.definition;
}

function differencesFromCode(said, definition) {
  if (!definition) return ['exports no module made by defineModule.'];
  const requires = definition.requires ?? [];
  return [
    ...difference('id', [said.id], [definition.id]),
    ...difference('provides', Object.keys(said.provides ?? {}), (definition.provides ?? []).map(({ contract }) => contract.id)),
    ...difference('requires', entries(said.requires), entries(Object.fromEntries(requires.filter((need) => !need.isOptional).map((need) => [need.contract.id, need.range])))),
    ...difference('uses', entries(said.uses), entries(Object.fromEntries(requires.filter((need) => need.isOptional).map((need) => [need.contract.id, need.range])))),
    ...difference('events', said.events ?? [], (definition.events ?? []).map(({ type }) => type)),
    ...difference('permissions', said.permissions ?? [], (definition.permissions ?? []).map(({ id }) => id)),
  ];
}

function difference(what, said, done) {
  const missing = done.filter((item) => !said.includes(item));
  const extra = said.filter((item) => !done.includes(item));
  return [...missing.map((item) => `does not say under "${what}" what its code does: ${item}.`), ...extra.map((item) => `says under "${what}" what its code does not do: ${item}.`)];
}

function entries(map = {}) { return Object.entries(map).map((entry) => entry.join(' ')); }

function layerOf(manifest) { return manifest.nx?.tags?.find((tag) => tag.startsWith('layer:'))?.slice('layer:'.length); }
