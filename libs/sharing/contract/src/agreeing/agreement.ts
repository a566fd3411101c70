import { hash } from 'node:crypto';
import type { Text } from '@guildhall/kernel-contract';
import { canonicalize } from '../canonical-json';
import { documentReader } from '../read-document';
import { id, orNull, period, textUpTo, wordsOf } from '../schema-parts';
import type { AttributeId } from './vocabulary';

/** Article 6(1) of the UK GDPR, points (a) to (f), and (ea), which the Data (Use and Access) Act 2025 added. @public */
export const LAWFUL_BASES = ['consent', 'contract', 'legal-obligation', 'vital-interests', 'public-task', 'recognised-legitimate-interest', 'legitimate-interests'] as const;
/** @public */
export type LawfulBasis = (typeof LAWFUL_BASES)[number];

/** Article 9(2) of the UK GDPR, points (a) to (j). @public */
export const SPECIAL_CONDITIONS = [
  'explicit-consent', 'employment-and-social-protection', 'vital-interests', 'not-for-profit', 'made-public', 'legal-claims', 'substantial-public-interest', 'health-or-social-care', 'public-health', 'archiving-and-research',
] as const;
/** @public */
export type SpecialCondition = (typeof SPECIAL_CONDITIONS)[number];

/** What somebody who could be asked decides: nothing is shared until they say so; it is shared until they say no; they have no say, because the law gives them none. @public */
export const CHOICE_MODES = ['opt-in', 'opt-out', 'none'] as const;
/** @public */
export type ChoiceMode = (typeof CHOICE_MODES)[number];

/** What becomes of what was shared already: it is not used again; what was decided with it stands; it is deleted. @public */
export const ON_WITHDRAWAL = ['stop-using', 'keep-what-was-decided', 'delete'] as const;

/** @public */
export const NETWORKS = ['internet', 'hscn', 'internal'] as const;
/** A device that the body looks after, one that it does not, or a server that asks by itself. @public */
export const DEVICES = ['managed', 'unmanaged', 'server'] as const;
/** The way by which somebody asks. @public */
export interface SharingChannel { readonly network: (typeof NETWORKS)[number]; readonly device: (typeof DEVICES)[number] }

/** Who must have looked at something before it is believed, the weakest first. Worked out from who signed, never from what was claimed. @public */
export const ASSURANCE_LEVELS = ['self', 'peer', 'third-party', 'accredited'] as const;
/** @public */
export type AssuranceLevel = (typeof ASSURANCE_LEVELS)[number];
/** What a party's deployment must have been found to keep to. @public */
export interface AssuranceDemand {
  readonly on: 'deployment';
  /** `ncsc-csp`: the fourteen cloud security principles of the National Cyber Security Centre. */
  readonly standard: string;
  readonly principles: readonly string[];
  readonly by: AssuranceLevel;
  /** How old that may be: `P400D`. */
  readonly within: string;
}

/**
 * What some bodies may share of somebody, why and by what law: the legal record, the rule that is enforced, and the sentence that a resident reads. Dates are days in the United Kingdom
 * (`2026-04-01`), the last one included; durations are ISO 8601 (`P1Y`).
 * @public
 */
export interface Agreement {
  readonly id: string;
  readonly version: number;
  readonly name: Text;
  readonly from: string;
  readonly until: string;
  readonly review: string;
  /** Who tells. */
  readonly holders: readonly string[];
  /** Who may ask. */
  readonly receivers: readonly string[];
  readonly purpose: string;
  /** What whoever is asked gains: `Fewer letters, and a decision in a day`. */
  readonly benefit: Text;
  readonly lawfulBasis: LawfulBasis;
  /** The Act and section that lets them. */
  readonly power: { readonly ref: string; readonly note?: string };
  readonly special: { readonly condition: SpecialCondition; readonly ref: string } | null;
  readonly attributes: readonly AttributeId[];
  readonly choice: {
    readonly mode: ChoiceMode;
    /** What can be done instead: `You can upload a bill instead`. */
    readonly withoutIt: Text;
    readonly onWithdrawal: (typeof ON_WITHDRAWAL)[number];
    /** Why there is no choice; null where there is one. */
    readonly keptBecause: Text | null;
    /** How old a receiver's knowledge of a choice may be, in seconds: 900 for opt-in and a day for opt-out, unless told. */
    readonly freshForSeconds?: number;
  };
  /** How long a receiver keeps what it was told. */
  readonly retention: string;
  readonly dpia: { readonly ref: string; readonly date: string } | null;
  /** Where children's data are in it: the compelling reason (ICO data sharing code, "Data sharing and children"). */
  readonly children: string | null;
  /** Where a decision is made by a machine alone: its record in the Algorithmic Transparency Recording Standard. */
  readonly automatedDecision: string | null;
  readonly channels: readonly SharingChannel[];
  readonly assurance: readonly AssuranceDemand[];
  /** The guidelines that it was held against, by whom they are, and the digest of each. */
  readonly guidelines: readonly { readonly by: string; readonly digest: string }[];
  readonly processors: readonly { readonly id: string; readonly name: string }[];
  /** Where: codes of the Office for National Statistics (`E07000999`). */
  readonly areas: readonly { readonly code: string; readonly name: string }[];
  /** Addresses of whoever answers questions, by body. */
  readonly contacts: Readonly<Record<string, string>>;
  /** Made from what is above by `agreementSentence`: another one is no agreement. */
  readonly sentence: Text;
}

const text = textUpTo(1000);
const words = wordsOf(text);
const date = { type: 'string', format: 'date' } as const;
const some = (items: object, minItems = 1) => ({ type: 'array', items, minItems, maxItems: 100, uniqueItems: true }) as const;
const closed = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({ type: 'object', required: Object.keys(properties).filter((name) => !optional.includes(name)), properties, additionalProperties: false });

/** An agreement as JSON Schema (draft 2020-12). @public */
export const agreementSchema = {
  $id: 'https://guildhall.example/schemas/agreement.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Agreement to share',
  ...closed({
    id, version: { type: 'integer', minimum: 1 }, name: words, from: date, until: date, review: date, holders: some(id), receivers: some(id), purpose: id, benefit: words,
    lawfulBasis: { enum: LAWFUL_BASES }, power: closed({ ref: text, note: text }, ['note']), special: orNull(closed({ condition: { enum: SPECIAL_CONDITIONS }, ref: text })),
    attributes: some({ type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+$' }),
    choice: closed({ mode: { enum: CHOICE_MODES }, withoutIt: words, onWithdrawal: { enum: ON_WITHDRAWAL }, keptBecause: orNull(words), freshForSeconds: { type: 'integer', minimum: 1, maximum: 604_800 } }, ['freshForSeconds']),
    retention: period, dpia: orNull(closed({ ref: text, date })), children: orNull(text), automatedDecision: orNull(text),
    channels: some(closed({ network: { enum: NETWORKS }, device: { enum: DEVICES } })),
    assurance: some(closed({ on: { const: 'deployment' }, standard: id, principles: some({ type: 'string', pattern: '^[1-9]\\d?$' }), by: { enum: ASSURANCE_LEVELS }, within: period }), 0),
    guidelines: some(closed({ by: id, digest: { type: 'string', pattern: '^sha256:[A-Za-z0-9_-]{43}$' } }), 0),
    processors: some(closed({ id, name: text }), 0), areas: some(closed({ code: { type: 'string', pattern: '^[EWSNK]\\d{8}$' }, name: text })),
    contacts: { type: 'object', additionalProperties: { type: 'string', pattern: '^[^@\\s]+@[^@\\s]+$', maxLength: 254 } }, sentence: words,
  }),
} as const;

/** Reads an agreement from a file or from another body. @public */
export const readAgreement = documentReader<Agreement>(agreementSchema, 'an agreement');

/** Which one, and in which version: `garden-waste-concession@3`. @public */
export function agreementName({ id, version }: Pick<Agreement, 'id' | 'version'>): string { return `${id}@${version}`; }

/** What a document is known by wherever it is: `sha256:` and SHA-256 of its canonical form, in base64url. @public */
export function documentDigest(document: unknown): string { return `sha256:${hash('sha256', canonicalize(document), 'base64url')}`; }

/** Whoever holds or receives. Each of them signs. @public */
export function partiesOf({ holders, receivers }: Pick<Agreement, 'holders' | 'receivers'>): readonly string[] { return [...new Set([...holders, ...receivers])]; }

const OPT_IN_FRESH_FOR = 15 * 60;
const OPT_OUT_FRESH_FOR = 24 * 60 * 60;

/** How old a receiver's knowledge of a choice may be, in seconds: within so long a withdrawal takes effect, whatever cannot be reached. @public */
export function choiceFreshFor({ choice }: Pick<Agreement, 'choice'>): number {
  return choice.freshForSeconds ?? (choice.mode === 'opt-out' ? OPT_OUT_FRESH_FOR : OPT_IN_FRESH_FOR);
}
