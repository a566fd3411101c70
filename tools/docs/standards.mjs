// The standards as a supplier reads them, made from the code: docs/standards, a page for each contract. `node tools/reports/reports.mjs --write standards` writes them.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import 'reflect-metadata';
import { declarations } from '../reports/api.mjs';
import { publishedPackages } from '../reports/packages.mjs';
import { root } from '../workspace/build.mjs';
import { capabilityOf, layerOf } from './module-graph.mjs';
import { standardIndex, standardPage } from './standard-page.mjs';
import { wordsOf } from './standard-words.mjs';

const require = createRequire(import.meta.url);

/**
 * A page for each contract, and an index of them.
 *
 * @returns {Map<string, string>} by path below docs
 */
export function standardReports() {
  const all = publishedPackages();
  const contracts = all.filter((each) => layerOf(each) === 'contract');
  const program = declarations(contracts.map((contract) => typesOf(contract)));
  const standards = contracts.map((contract) => standardOf(contract, all, program));
  return new Map([
    ['standards/README.md', standardIndex(standards)],
    ...standards.map((standard) => [`standards/${standard.file}`, standardPage(standard)]),
  ]);
}

/**
 * @typedef {object} Kit a kit's rules
 * @property {string} id
 * @property {string} exported the name under which it is exported
 * @property {readonly { id: string, title: string, needs?: string, since?: string }[]} cases
 * @property {readonly { implementation: string, passed: number, notApplicable: readonly string[], failed: readonly string[] }[]} reports
 *
 * @typedef {object} Standard what is said of one contract
 * @property {string} file
 * @property {string} capability
 * @property {string} packageName
 * @property {string} version
 * @property {string} description
 * @property {string} maturity
 * @property {string} licence
 * @property {Record<string, string>} provides version by contract and port
 * @property {readonly string[]} implementedBy packages of modules
 * @property {ReturnType<typeof wordsOf>} words
 * @property {readonly { type: string, version: number, isOutward: boolean, describes: string, fields: readonly string[] }[]} events
 * @property {readonly { id: string, title: string, roles: readonly string[] }[]} permissions
 * @property {readonly { method: string, path: string, summary: string, needs: string, document: string }[]} endpoints
 * @property {readonly Kit[]} kits
 * @property {string} name of the package, without its scope
 */

/** @returns {Standard} */
function standardOf(contract, all, program) {
  const { folder, manifest, name } = contract;
  const capability = capabilityOf(contract);
  const of = (layer) => all.filter((each) => layerOf(each) === layer && capabilityOf(each) === capability);
  const exported = Object.entries(require(path.join(root, folder))).filter(([, value]) => typeof value === 'object' && value !== null);
  const words = wordsOf(program, typesOf(contract));
  return {
    file: `${capability}.md`, capability, packageName: manifest.name, version: manifest.version, description: manifest.description, maturity: manifest.guildhall.maturity, licence: manifest.license,
    provides: manifest.guildhall.provides ?? {}, implementedBy: of('module').map((each) => each.manifest.name), words,
    events: exported.filter(([, value]) => isEvent(value)).map(([constant, { type, version, outward }]) => ({ type, version, isOutward: Boolean(outward), describes: outward?.describes ?? words.docOf(constant), fields: outward?.fields ?? [] })).sort(by('type')),
    permissions: exported.filter(([, value]) => isPermission(value)).map(([, { id, title, roles }]) => ({ id, title, roles })).sort(by('id')),
    endpoints: of('module').flatMap((each) => endpointsOf(each.name, words)),
    kits: kitsOf(folder, manifest).map(({ id, cases, exported: constant }) => ({ id, cases, exported: constant, reports: conformanceOf(all, id) })),
    name,
  };
}

const isEvent = (value) => typeof value.type === 'string' && /^[a-z0-9-]+\.[a-z0-9-]+$/.test(value.type) && Number.isInteger(value.version);
const isPermission = (value) => typeof value.id === 'string' && typeof value.title === 'string' && Array.isArray(value.roles);
const by = (field) => (a, b) => (a[field] < b[field] ? -1 : 1);

function typesOf({ folder, manifest }) { return path.join(root, folder, manifest.types); }

/** The kits that a contract's `/testing` exports. */
export function kitsOf(folder, manifest) {
  const target = manifest.exports['./testing']?.default;
  if (!target) return [];
  const kits = Object.entries(require(path.join(root, folder, target))).filter(([, value]) => Array.isArray(value?.cases));
  return kits.map(([exported, { id, contract, version, cases }]) => ({ id, contract, version, exported, cases: cases.map((one) => ({ id: one.id, title: one.title, ...(one.needs && { needs: one.needs }), ...(one.since && { since: one.since }) })) })).sort(by('id'));
}

/** What the packages' own reports say of a kit. */
function conformanceOf(all, kit) {
  return all.map(({ folder }) => path.join(root, folder, 'conformance.json')).filter(existsSync).map((file) => JSON.parse(readFileSync(file, 'utf8'))).filter((report) => report.kit === kit).map(({ implementation, results }) => {
    const ids = (wanted) => results.filter(({ result }) => result === wanted).map(({ id }) => id);
    return { implementation, passed: ids('passed').length, notApplicable: ids('not-applicable'), failed: ids('failed') };
  });
}

/** An endpoint without words of its own does what the method of the same name does. */
function endpointsOf(module, { contracts }) {
  const members = new Map(contracts.flatMap((each) => each.members).map(({ name, doc }) => [name, doc]));
  const file = path.join(root, 'docs/reports/openapi', `${module}.json`);
  if (!existsSync(file)) return [];
  return Object.entries(JSON.parse(readFileSync(file, 'utf8')).paths).flatMap(([at, operations]) => Object.entries(operations).map(([method, { operationId, summary, security = [] }]) => ({
    method: method.toUpperCase(), path: at, summary: summary ?? members.get(operationId.split('.').at(-1)) ?? '', document: `${module}.json`,
    needs: [...new Set(security.flatMap((one) => Object.values(one).flat()))].join(', '),
  })));
}
