import { documentReader } from '@guildhall/sharing-contract';
import { MATURITIES, PACKAGE_KINDS, packageJsonSchema, type PackageFacts } from './package-facts';

const text = { type: 'string', maxLength: 5000 } as const;
const texts = { type: 'array', maxItems: 2000, items: text } as const;
const ranges = { type: 'object', maxProperties: 1000, additionalProperties: text } as const;
const count = { type: 'integer', minimum: 0 } as const;
const { name, version } = packageJsonSchema.properties;
const report = { type: 'object', required: ['kit', 'contract', 'version', 'implementation', 'results'], properties: { kit: text, contract: text, version: text, implementation: text, results: { type: 'array', maxItems: 2000, items: { type: 'object', required: ['id', 'title', 'result'], properties: { id: text, title: text, result: { enum: ['passed', 'failed', 'not-applicable'] }, detail: text } } } } } as const;

/** Facts of a package as JSON Schema (draft 2020-12): as a feed hands them out, whose files nobody has looked at here. @public */
export const packageFactsSchema = {
  $id: 'https://guildhall.example/schemas/package-facts.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Facts of a package', type: 'object', additionalProperties: false,
  required: ['name', 'version', 'description', 'licence', 'keywords', 'kind', 'id', 'owner', 'maturity', 'provides', 'requires', 'uses', 'events', 'permissions', 'personalData', 'languages', 'dependencies', 'peerDependencies', 'node', 'installScripts', 'reports', 'readme', 'screenshots', 'files', 'bytes'],
  properties: {
    name, version, description: text, licence: text, keywords: texts, repository: text, homepage: text, kind: { enum: PACKAGE_KINDS }, id: text, owner: text, maturity: { enum: MATURITIES }, provides: ranges, requires: ranges, uses: ranges, events: texts, permissions: texts, permissionTitles: { type: 'object', maxProperties: 2000, additionalProperties: { type: 'object', required: ['en', 'cy'], additionalProperties: false, properties: { en: text, cy: text } } },
    personalData: { type: 'array', maxItems: 500, items: { type: 'object', required: ['data', 'purpose', 'retention'], additionalProperties: false, properties: { data: text, purpose: text, retention: text } } },
    languages: texts, dependencies: ranges, peerDependencies: ranges, node: text, installScripts: texts, reports: { type: 'array', maxItems: 50, items: report }, readme: { type: 'string', maxLength: 60_000 }, publiccode: { type: 'string', maxLength: 1_000_000 }, screenshots: texts, pictures: { type: 'array', maxItems: 50, items: { type: 'object', required: ['path', 'text'], additionalProperties: false, properties: { path: text, text: { type: 'object', required: ['en', 'cy'], additionalProperties: false, properties: { en: text, cy: text } } } } }, files: count, bytes: count,
  },
} as const;
/** Reads facts that somebody else has worked out; whether they are what was signed, their digest says. @public */
export const readPackageFacts = documentReader<PackageFacts>(packageFactsSchema, 'what a package says of itself');
