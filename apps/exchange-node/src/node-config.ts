import { readFileSync } from 'node:fs';
import { identity } from '@guildhall/identity';
import type { RedirectSignIn } from '@guildhall/identity-contract';
import { demoOfficers } from '@guildhall/identity-provider-dev-oidc';
import { officersFromFile, officersInFileSchema, type OfficersInFile } from '@guildhall/identity-provider-oidc';
import { defineCouncil, type CouncilDefinition, type Env, type Installation, type Nation, type ProviderInstallation, type Text, type Theme } from '@guildhall/kernel-contract';
import { portal } from '@guildhall/portal';
import { sharing, type Deployment, type RecognisedList } from '@guildhall/sharing';
import { ASSURANCE_LEVELS, STARTER_ATTRIBUTES, STARTER_PURPOSES, documentReader, guidelineSchema, publicationsSchema, registerMappingSchema, trustListSchema, type Assessor, type EvidenceSource, type Guideline, type Vocabulary } from '@guildhall/sharing-contract';
import { csvRegister, type CsvRegisterOptions } from '@guildhall/sharing-provider-csv-drop';
import { restRegister, type RestRegisterOptions } from '@guildhall/sharing-provider-rest';
import { sqlRegister, type SqlRegisterOptions } from '@guildhall/sharing-provider-sql';
import { nodeDesk } from './node-desk';
import { nodePeople } from './node-people';

/** Where it keeps what it knows of people: its own database, whose address is in the setting that is named here, a file that comes every night, or an API, whose credential is in the setting that is named here. */
export type Source =
  | ({ readonly kind: 'sql'; readonly connection: string } & Omit<SqlRegisterOptions, 'connection' | 'vocabulary'>)
  | ({ readonly kind: 'csv' } & Omit<CsvRegisterOptions, 'vocabulary'>)
  | ({ readonly kind: 'rest'; readonly credential: string } & Omit<RestRegisterOptions, 'credential' | 'vocabulary'>);

/** How its own officers sign in: with the single sign-on that it has, whose secret is in the setting that is named here; or as somebody invented, while it is tried out. */
export type Officers = { readonly kind: 'practice' } | OfficersInFile;

/** What the one file of a node says. */
export interface NodeConfig {
  /** A UUID that never changes. */
  readonly id: string;
  /** What it is to other bodies: `aldermoor-care-trust`. It never changes. */
  readonly body: string;
  readonly name: Text;
  /** Where others reach it; the address that it serves at, while it is tried out. */
  readonly origin?: string;
  readonly logOrigin: string;
  readonly keys: readonly { readonly name: string; readonly from: string; readonly until?: string; readonly compromisedSince?: string }[];
  readonly nation: Nation;
  readonly contact: { readonly telephone: string; readonly email: string; readonly address: string };
  /** The starter vocabulary unless told. */
  readonly vocabulary?: Omit<Vocabulary, 'bodies'>;
  readonly guideline?: Guideline;
  /** Guidelines of others that it keeps to as well: of its region, say. */
  readonly guidelines?: readonly Guideline[];
  readonly assessors?: readonly Assessor[];
  /** Lists of regional bodies that it follows, and origins in its own network that may be called where they are or name them. */
  readonly lists?: readonly RecognisedList[];
  readonly privateNodes?: readonly string[];
  readonly deployment?: Deployment;
  /** None unless told: then it asks others, and tells nothing. */
  readonly sources?: readonly Source[];
  /** Without it there is no desk. */
  readonly officers?: Officers;
}

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const words = { type: 'object', required: ['en', 'cy'], additionalProperties: false, properties: { en: text, cy: text } } as const;
const instant = { type: 'string', format: 'date-time' } as const;

const { $id: _id, $schema: _schema, ...mapping } = registerMappingSchema;
const { $id: _guideline, $schema: _draft, ...guideline } = guidelineSchema;
const count = { type: 'integer', minimum: 1, maximum: 1000 } as const;
const origin = { type: 'string', pattern: '^https?://[^/\\s]+$' } as const;
const levels = { enum: ASSURANCE_LEVELS } as const;
const period = { type: 'string', pattern: '^P[1-9]\\d{0,3}[DWMY]$' } as const;
const ids = { type: 'array', items: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }, maxItems: 50 } as const;
const list = {
  type: 'object', required: ['id', 'by', 'url'], additionalProperties: false,
  properties: {
    id: text, url: { type: 'string', pattern: '^https?://\\S+$' }, publications: { type: 'string', pattern: '^https?://\\S+$' }, graceInDays: { type: 'integer', minimum: 0, maximum: 1000 },
    by: {
      type: 'object', required: ['id', 'name', 'keys'], additionalProperties: false,
      properties: { id: text, name: words, keys: { type: 'array', minItems: 1, items: { type: 'object', required: ['keyid', 'x', 'from'], additionalProperties: false, properties: { keyid: text, x: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' }, from: instant, until: instant, compromisedSince: instant } } } },
    },
  },
} as const;
/** As a region would publish it. */
const vocabulary = { type: 'object', required: ['attributes', 'purposes'], additionalProperties: false, properties: { attributes: publicationsSchema.properties.attributes, purposes: publicationsSchema.properties.purposes } } as const;
const deployment = {
  type: 'object', additionalProperties: false,
  properties: {
    components: text, assessments: text, suppliers: ids,
    policy: {
      type: 'object', required: ['whenMissing'], additionalProperties: false,
      properties: {
        whenMissing: { enum: ['refuse', 'warn'] },
        hosting: { type: 'object', required: ['by', 'principles', 'within'], additionalProperties: false, properties: { by: levels, principles: { type: 'array', minItems: 1, items: text }, within: period, standard: text } },
        modules: { type: 'object', additionalProperties: false, properties: { kit: { const: 'passed' }, reviewedBy: levels, except: { type: 'array', items: text } } },
      },
    },
  },
} as const;
const setting = { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' } as const;
const pointer = { type: 'string', pattern: '^(/([^~/]|~[01])*)*$', maxLength: 200 } as const;
const template = { type: 'string', pattern: '^https?://[^/\\s]+/\\S*$', maxLength: 1000 } as const;
const source = {
  type: 'object', required: ['kind'], discriminator: { propertyName: 'kind' },
  oneOf: [
    {
      required: ['kind', 'connection', 'tables'], additionalProperties: false,
      properties: {
        kind: { const: 'sql' }, connection: setting, name: text, timeoutInSeconds: count, mostConnections: count,
        tables: { type: 'array', minItems: 1, maxItems: 50, items: { ...mapping, required: [...mapping.required, 'table'], properties: { ...mapping.properties, table: text } } },
      },
    },
    {
      required: ['kind', 'folder', 'file', 'columns'], additionalProperties: false,
      properties: {
        kind: { const: 'csv' }, folder: text, file: text, columns: mapping, delimiter: { enum: [',', ';', '\t', '|'] }, encoding: { enum: ['utf-8', 'windows-1252', 'utf-16le'] }, leastShareOfPeople: { type: 'number', minimum: 0, maximum: 1 }, goodForInDays: count, name: text,
        completeWhen: { type: 'object', minProperties: 1, maxProperties: 1, additionalProperties: false, properties: { marker: text, stillForInSeconds: { type: 'integer', minimum: 0 } } },
      },
    },
    {
      required: ['kind', 'address', 'credential', 'mapping'], additionalProperties: false,
      properties: {
        kind: { const: 'rest' }, address: template, credential: setting, credentialHeader: text, person: pointer, mapping, timeoutInSeconds: count, isInOwnNetwork: { type: 'boolean' }, testPerson: text, name: text,
        find: { type: 'object', required: ['address'], additionalProperties: false, properties: { address: template, people: pointer, total: pointer } },
      },
    },
  ],
} as const;


const readNodeConfig = documentReader<NodeConfig>({
  type: 'object', required: ['id', 'body', 'name', 'logOrigin', 'keys', 'nation', 'contact'], additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }, body: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 40 }, name: words, origin, logOrigin: { type: 'string', pattern: '^[^\\s+]+$' },
    keys: { type: 'array', minItems: 1, items: { type: 'object', required: ['name', 'from'], additionalProperties: false, properties: { name: { type: 'string', pattern: '^[A-Za-z0-9._-]+$' }, from: instant, until: instant, compromisedSince: instant } } },
    nation: { enum: ['england', 'wales', 'scotland', 'northern-ireland'] }, contact: { type: 'object', required: ['telephone', 'email', 'address'], additionalProperties: false, properties: { telephone: text, email: text, address: text } },
    vocabulary, guideline, guidelines: { type: 'array', maxItems: 20, items: guideline }, assessors: trustListSchema.properties.assessors, lists: { type: 'array', maxItems: 20, items: list }, privateNodes: { type: 'array', maxItems: 100, items: origin }, deployment, sources: { type: 'array', maxItems: 50, items: source }, officers: officersInFileSchema,
  },
}, 'the configuration of a node');

/** No brand of its own: few people see its pages. */
const PLAIN: Theme = {
  id: 'plain', brand: '#1d3557', brandDark: '#14253d', ground: '#f3f4f6', link: '#1d3557', fontStack: 'Arial, sans-serif',
  emblemSvg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 8h13l-4-4 1.5-1.5L21 9l-6.500 6.500L13 14l4-4H4zm16 8H7l4 4-1.500 1.500L3 15l6.500-6.500" fill="#fff"/></svg>',
  faviconSvg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 8h13l-4-4 1.5-1.5L21 9l-6.500 6.500L13 14l4-4H4z" fill="#1d3557"/></svg>',
};

/**
 * A body that shares without an app of its own here, from its file.
 * @throws Error that names every place of the file that is wrong
 */
export function exchangeNode(file: string): CouncilDefinition {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
  const read = readNodeConfig(json);
  if (!read.ok) throw new Error(`${file}: ${read.refusal.message}`);
  const { id, body, name, origin, logOrigin, keys, nation, contact, vocabulary = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES }, guideline: rules, guidelines, assessors, lists, privateNodes, deployment: runs, sources = [], officers: signingIn } = read.value;
  return defineCouncil(body, ({ env }) => ({
    council: { id, gssCode: '', name, languages: ['en', 'cy'], nation, origin: origin ?? env.origin(), referencePrefix: 'XN', contact },
    theme: PLAIN,
    modules: [sharing({
      body, name, logOrigin, keys, vocabulary, ...(rules && { guideline: rules }), ...(guidelines && { guidelines }), ...(assessors && { assessors }), ...(lists && { lists }), ...(privateNodes && { privateNodes }), ...(runs && { deployment: runs }),
      providers: sources.map((source) => installed(source, vocabulary, env)),
    }), nodePeople(), ...(signingIn ? deskFor(signingIn, env) : [])],
  }));
}

/** What a desk needs around the sharing: that officers sign in, and the frame of its pages. Nobody else signs in here. */
function deskFor(officers: Officers, env: Env): readonly Installation[] { return [identity({ residents: [], officers: [signInOf(officers, env)] }), portal(), nodeDesk()]; }

function signInOf(officers: Officers, env: Env): ProviderInstallation<RedirectSignIn> { return officers.kind === 'practice' ? demoOfficers() : officersFromFile(officers, env); }

function installed(source: Source, vocabulary: Pick<Vocabulary, 'attributes'>, env: Env): ProviderInstallation<EvidenceSource> {
  switch (source.kind) {
    case 'sql': {
      const { kind: _kind, connection, ...options } = source;
      return sqlRegister({ ...options, connection: env.secret(connection), vocabulary });
    }
    case 'csv': {
      const { kind: _kind, ...options } = source;
      return csvRegister({ ...options, vocabulary });
    }
    case 'rest': {
      const { kind: _kind, credential, ...options } = source;
      return restRegister({ ...options, credential: env.secret(credential), vocabulary });
    }
  }
}
