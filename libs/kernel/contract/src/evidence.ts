import type { RequestContext, Council } from './context';
import type { Text } from './language';
import { defineExtensionPoint } from './standard';

/** The fourteen cloud security principles of the National Cyber Security Centre, by their number. @public */
export const NCSC_PRINCIPLES: Readonly<Record<string, Text>> = {
  1: { en: 'Data in transit protection', cy: 'Diogelu data wrth eu trosglwyddo' },
  2: { en: 'Asset protection and resilience', cy: 'Diogelu asedau a gwydnwch' },
  3: { en: 'Separation between customers', cy: 'Gwahanu cwsmeriaid' },
  4: { en: 'Governance framework', cy: 'Fframwaith llywodraethu' },
  5: { en: 'Operational security', cy: 'Diogelwch gweithredol' },
  6: { en: 'Personnel security', cy: 'Diogelwch personél' },
  7: { en: 'Secure development', cy: 'Datblygu diogel' },
  8: { en: 'Supply chain security', cy: 'Diogelwch y gadwyn gyflenwi' },
  9: { en: 'Secure user management', cy: 'Rheoli defnyddwyr yn ddiogel' },
  10: { en: 'Identity and authentication', cy: 'Hunaniaeth a dilysu' },
  11: { en: 'External interface protection', cy: 'Diogelu rhyngwynebau allanol' },
  12: { en: 'Secure service administration', cy: 'Gweinyddu’r gwasanaeth yn ddiogel' },
  13: { en: 'Audit information and alerting for customers', cy: 'Gwybodaeth archwilio a rhybuddion i gwsmeriaid' },
  14: { en: 'Secure use of the service', cy: 'Defnyddio’r gwasanaeth yn ddiogel' },
};

/** How something was shown: looked at while it runs; read in the configuration and the code that runs; said by whoever looks after it, which nobody here has looked at. @public */
export const EVIDENCE_WAYS = ['measured', 'configured', 'told'] as const;
/** `shown`: it is as it should be; `fault`: it is not; `missing`: nothing here can tell. @public */
export const EVIDENCE_STATES = ['shown', 'fault', 'missing'] as const;

/** One thing that a deployment shows of itself to whoever assesses it. It holds no secret and nothing of a person. @public */
export interface Evidence {
  /** Durable, and begins with the module's id: `kernel.row-level-security`. */
  readonly id: string;
  /** Numbers of the principles that it concerns: `['3']`. */
  readonly principles: readonly string[];
  readonly how: (typeof EVIDENCE_WAYS)[number];
  readonly state: (typeof EVIDENCE_STATES)[number];
  /** What is so, a sentence or two in English; of a fault and of what is missing, what to do. */
  readonly text: string;
  /** The figures and names behind it. */
  readonly facts?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}
/** Something of a module that can show evidence. @public */
export interface EvidenceSource {
  /** Begins with the module's id: `sharing.evidence`. */
  readonly id: string;
  /** Looks, and changes nothing. */
  evidence(ctx: RequestContext): Promise<readonly Evidence[]>;
}
/** Where modules register what they can show of themselves for `node main.js evidence`. @public @example registers: [register(EVIDENCE, SharingEvidence)] */
export const EVIDENCE = defineExtensionPoint<EvidenceSource>('kernel.evidence');

/** What a running deployment can show of itself, for whoever assesses it: `node main.js evidence --json`. @public */
export interface EvidencePack {
  readonly format: 1;
  readonly standard: 'ncsc-csp';
  /** An instant. */
  readonly at: string;
  readonly council: Pick<Council, 'slug' | 'origin'>;
  readonly node: string;
  /** What runs, with the SHA-256 (hexadecimal) of the list of all its components where there is one. */
  readonly modules: readonly { readonly id: string; readonly version: string }[];
  readonly components: string | null;
  readonly evidence: readonly Evidence[];
}

const text = { type: 'string', minLength: 1, maxLength: 5000 } as const;
/** An evidence pack as JSON Schema (draft 2020-12). @public */
export const evidencePackSchema = {
  $id: 'https://guildhall.example/schemas/evidence-pack.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Evidence pack', type: 'object',
  required: ['format', 'standard', 'at', 'council', 'node', 'modules', 'components', 'evidence'], additionalProperties: false,
  properties: {
    format: { const: 1 }, standard: { const: 'ncsc-csp' }, at: { type: 'string', format: 'date-time' }, node: text, components: { anyOf: [{ type: 'string', pattern: '^[0-9a-f]{64}$' }, { type: 'null' }] },
    council: { type: 'object', required: ['slug', 'origin'], additionalProperties: false, properties: { slug: text, origin: text } },
    modules: { type: 'array', maxItems: 1000, items: { type: 'object', required: ['id', 'version'], additionalProperties: false, properties: { id: text, version: text } } },
    evidence: {
      type: 'array', maxItems: 1000,
      items: {
        type: 'object', required: ['id', 'principles', 'how', 'state', 'text'], additionalProperties: false,
        properties: {
          id: text, principles: { type: 'array', minItems: 1, maxItems: 14, items: { type: 'string', pattern: '^([1-9]|1[0-4])$' } }, how: { enum: EVIDENCE_WAYS }, state: { enum: EVIDENCE_STATES }, text,
          facts: { type: 'object', maxProperties: 200, additionalProperties: { anyOf: [{ type: 'string', maxLength: 2000 }, { type: 'number' }, { type: 'boolean' }, { type: 'array', maxItems: 1000, items: { type: 'string', maxLength: 500 } }] } },
        },
      },
    },
  },
} as const;
