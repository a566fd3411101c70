import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readPolicy, type AssurancePolicy } from '@guildhall/assurance-contract';
import { documentReader, parseVerifierKey, type Assessor, type Body } from '@guildhall/sharing-contract';
import { CannotDo } from '../command';

/** A catalogue that the council follows. */
export interface FollowedCatalogue {
  readonly name: string;
  /** `https://catalogue.westmarch.example` */
  readonly origin: string;
  /** By which its checkpoints are known (C2SP signed-note, "Verifier keys"); it serves it at /api/catalogue/v1/feed/key, and it is compared with what its people say on the telephone. */
  readonly key: string;
}
/** A publisher whose packages the council runs, with the key by which it came to know it: whoever calls itself the same must have signed with that. */
export interface PinnedPublisher {
  readonly id: string;
  readonly scopes: readonly string[];
  /** 32 bytes in base64url, as `x` of a JWK (RFC 8037). */
  readonly key: string;
}
/** A trust list of a regional body that the council follows, as files in its repository. */
export interface FollowedList { /** The list as it was signed. */ readonly file: string; /** Whoever issues it: a file with its keys, which were compared on the telephone. */ readonly issuer: string }
/** Where the app is hosted, for a policy that demands something of that. */
export interface HostedAt {
  /** As assessors name it, which is the address of its node: `https://share.riverbourne.example/sharing`. */
  readonly at: string;
  /** Whose it is; the council's slug unless told. */
  readonly by?: string;
  /** The file that lists what it is made of, as it runs there. */
  readonly components: string;
  /** The folder with what assessors have signed of it. */
  readonly assessments?: string;
  /** Who makes and runs it: what they say of it is its owner's word. */
  readonly suppliers: readonly string[];
}
/**
 * What a council has decided about packages: `guildhall.json` beside its package.json.
 * @example { "catalogues": [{ "name": "Westmarch", "origin": "https://catalogue.westmarch.example", "key": "catalogue.westmarch.example/feed+c74f20a3+AR…" }], "assurance": "modules: kit passed and one peer’s review; otherwise: refuse" }
 */
export interface CouncilSettings {
  readonly catalogues: readonly FollowedCatalogue[];
  readonly publishers: readonly PinnedPublisher[];
  /** In the file in the words in which it was decided ({@link policyIn}), as this object, or in a file of its own: `{ "file": "policy.txt" }`. */
  readonly assurance?: AssurancePolicy;
  /** Whose assessments count, and as what; with those of the lists. */
  readonly bodies: readonly Body[];
  readonly assessors: readonly Assessor[];
  readonly lists: readonly FollowedList[];
  readonly deployment?: HostedAt;
  readonly configuration: string;
  /** The app as it is built. */
  readonly main: string;
}

export const SETTINGS_FILE = 'guildhall.json';

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const key = { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' } as const;
const settingsSchema = {
  type: 'object',
  properties: {
    catalogues: { type: 'array', maxItems: 20, items: { type: 'object', required: ['name', 'origin', 'key'], additionalProperties: false, properties: { name: text, origin: { type: 'string', pattern: '^https?://[^/\\s]+$' }, key: text } } },
    publishers: { type: 'array', maxItems: 500, items: { type: 'object', required: ['id', 'scopes', 'key'], additionalProperties: false, properties: { id: text, scopes: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^@[a-z0-9][a-z0-9._-]*$' } }, key } } },
    assurance: {},
    bodies: { type: 'array', items: { type: 'object', required: ['id', 'keys'] } }, assessors: { type: 'array', items: { type: 'object', required: ['id', 'keys', 'accreditations', 'linkedTo'] } },
    lists: { type: 'array', maxItems: 20, items: { type: 'object', required: ['file', 'issuer'], additionalProperties: false, properties: { file: text, issuer: text } } },
    deployment: { type: 'object', required: ['at'], additionalProperties: false, properties: { at: { type: 'string', pattern: '^https?://[^\\s?#]+$', maxLength: 300 }, by: text, components: text, assessments: text, suppliers: { type: 'array', maxItems: 50, items: text } } },
    configuration: text, main: text,
  },
} as const;
const read = documentReader<Partial<Omit<CouncilSettings, 'assurance' | 'deployment'>> & { readonly assurance?: unknown; readonly deployment?: Partial<HostedAt> & Pick<HostedAt, 'at'> }>(settingsSchema, 'what a council decides about packages');

/** @throws CannotDo */
export function settingsIn(folder: string): CouncilSettings {
  const told = read(jsonFile(path.join(folder, SETTINGS_FILE)) ?? {});
  if (!told.ok) throw new CannotDo(`${SETTINGS_FILE}: ${told.refusal.message}`);
  const { catalogues = [], publishers = [], assurance: policy, bodies = [], assessors = [], lists = [], deployment, configuration = 'src/council.config.ts', main = 'dist/main.js' } = told.value;
  const assurance = policy === undefined ? undefined : readPolicy(policyOf(folder, policy));
  if (assurance && !assurance.ok) throw new CannotDo(`${SETTINGS_FILE}: ${assurance.refusal.message}`);
  for (const { name, key: verifier } of catalogues) {
    try {
      parseVerifierKey(verifier);
    } catch {
      throw new CannotDo(`${SETTINGS_FILE}: the key of ${name} is none. It serves its key at /api/catalogue/v1/feed/key.`);
    }
  }
  return { catalogues, publishers, ...(assurance && { assurance: assurance.value }), bodies, assessors, lists, ...(deployment && { deployment: { components: 'package-lock.json', suppliers: [], ...deployment } }), configuration, main };
}

/** A policy, or what a file says of it: in words, or as JSON. @throws CannotDo */
function policyOf(folder: string, policy: unknown): unknown {
  const file = typeof policy === 'object' && policy !== null && 'file' in policy ? String(policy.file) : undefined;
  if (file === undefined) return policy;
  const words = textFile(path.join(folder, file));
  if (words === undefined) throw new CannotDo(`${SETTINGS_FILE}: there is no ${file}, in which the policy is to stand.`);
  return words.trimStart().startsWith('{') ? jsonFile(path.join(folder, file)) : words;
}

/** What a file says; nothing where there is none. @throws CannotDo when it is no JSON */
export function jsonFile(file: string): unknown {
  const found = textFile(file);
  if (found === undefined) return undefined;
  try {
    return JSON.parse(found.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw new CannotDo(`${file} is no JSON.`);
  }
}

/** @throws CannotDo when it is there and cannot be read */
export function textFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new CannotDo(`${file} cannot be read.`);
  }
}
