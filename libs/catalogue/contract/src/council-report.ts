import { documentReader } from '@guildhall/sharing-contract';

/** One thing that `doctor` has looked at. @public */
export interface DoctorFinding {
  /** Nothing to do; to be thought of; to be mended. */
  readonly weight: 'fine' | 'advice' | 'mend';
  /** `migrations`, `@westmarch/parking`. */
  readonly subject: string;
  /** What is so, and what to do. */
  readonly text: string;
}
/** What a council's app is made of, and how it does: `guildhall doctor --json`. It names no person, no key and no setting's value. @public */
export interface CouncilReport {
  readonly format: 1;
  /** An instant. */
  readonly at: string;
  readonly council: { readonly slug: string; readonly languages: readonly string[]; readonly nation: string };
  /** Of Node.js: `20.20.2`. */
  readonly node: string;
  readonly packages: readonly { readonly name: string; readonly version: string; readonly kind: string; readonly id: string; /** As npm writes it: `sha512-…`. */ readonly integrity?: string }[];
  /** Each contract that is provided, with its version. */
  readonly contracts: Readonly<Record<string, string>>;
  /** Services that were copied to be changed: from which package and version, and how many files differ from it now. */
  readonly copies: readonly { readonly folder: string; readonly from: string; readonly version: string; readonly filesChanged: number }[];
  readonly findings: readonly DoctorFinding[];
}

const text = { type: 'string', minLength: 1, maxLength: 2000 } as const;
/** A council's report as JSON Schema (draft 2020-12). @public */
export const councilReportSchema = {
  $id: 'https://guildhall.example/schemas/council-report.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Council report', type: 'object',
  required: ['format', 'at', 'council', 'node', 'packages', 'contracts', 'copies', 'findings'], additionalProperties: false,
  properties: {
    format: { const: 1 }, at: { type: 'string', format: 'date-time' }, node: text,
    council: { type: 'object', required: ['slug', 'languages', 'nation'], additionalProperties: false, properties: { slug: text, languages: { type: 'array', maxItems: 10, items: text }, nation: text } },
    packages: { type: 'array', maxItems: 2000, items: { type: 'object', required: ['name', 'version', 'kind', 'id'], additionalProperties: false, properties: { name: text, version: text, kind: text, id: text, integrity: text } } },
    contracts: { type: 'object', maxProperties: 1000, additionalProperties: text },
    copies: { type: 'array', maxItems: 500, items: { type: 'object', required: ['folder', 'from', 'version', 'filesChanged'], additionalProperties: false, properties: { folder: text, from: text, version: text, filesChanged: { type: 'integer', minimum: 0 } } } },
    findings: { type: 'array', maxItems: 5000, items: { type: 'object', required: ['weight', 'subject', 'text'], additionalProperties: false, properties: { weight: { enum: ['fine', 'advice', 'mend'] }, subject: text, text } } },
  },
} as const;
/** @public */
export const readCouncilReport = documentReader<CouncilReport>(councilReportSchema, 'what "guildhall doctor --json" writes');
