import { readFileSync } from 'node:fs';
import { catalogue } from '@guildhall/catalogue';
import { identity } from '@guildhall/identity';
import type { RedirectSignIn } from '@guildhall/identity-contract';
import { demoOfficers } from '@guildhall/identity-provider-dev-oidc';
import { officersFromFile, officersInFileSchema, type OfficersInFile } from '@guildhall/identity-provider-oidc';
import { defineCouncil, type CouncilDefinition, type Env, type Nation, type ProviderInstallation, type Text } from '@guildhall/kernel-contract';
import { portal } from '@guildhall/portal';
import { documentReader } from '@guildhall/sharing-contract';
import { EXAMPLE_SCOPES, examplePublishers } from './shelf/example-publishers';
import { exampleShelf } from './shelf/example-shelf';
import { EXAMPLE_BEGINNING } from './shelf/example-words';
import { catalogueTheme } from './theme';

/** How those sign in who write here: with the single sign-on of whoever keeps the catalogue, whose secret is in the setting that is named here; or as somebody invented, while it is tried out. */
export type Officers = { readonly kind: 'practice' } | OfficersInFile;

/** What the one file of a catalogue says. */
export interface CatalogueConfig {
  /** A UUID that never changes. */
  readonly id: string;
  readonly slug: string;
  readonly name: Text;
  /** Where others reach it; the address that it serves at, while it is tried out. */
  readonly origin?: string;
  /** The name of its feed to others. It never changes. */
  readonly feedOrigin: string;
  readonly keys: readonly { readonly name: string }[];
  /** Where packages of a scope are; `*` for all others. */
  readonly registries: Readonly<Record<string, string>>;
  /** Other catalogues that this one follows: where each is, and the key of its feed. */
  readonly feeds?: readonly { readonly origin: string; readonly key: string }[];
  readonly nation: Nation;
  readonly contact: { readonly telephone: string; readonly email: string; readonly address: string };
  /** Without it nobody signs in, and nobody lets a publisher in. */
  readonly officers?: Officers;
  /** Begins with invented publishers, and with the packages of the workspace that it is started in; for trying out. */
  readonly examples?: boolean;
}

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const words = { type: 'object', required: ['en', 'cy'], additionalProperties: false, properties: { en: text, cy: text } } as const;

const readCatalogueConfig = documentReader<CatalogueConfig>({
  type: 'object', required: ['id', 'slug', 'name', 'feedOrigin', 'keys', 'registries', 'nation', 'contact'], additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }, slug: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,40}$' }, name: words, origin: { type: 'string', pattern: '^https?://[^/\\s]+$' }, feedOrigin: { type: 'string', pattern: '^[^\\s+]+$' },
    keys: { type: 'array', minItems: 1, items: { type: 'object', required: ['name'], additionalProperties: false, properties: { name: { type: 'string', pattern: '^[A-Za-z0-9._-]+$' } } } },
    registries: { type: 'object', maxProperties: 200, propertyNames: { pattern: '^(\\*|@[a-z0-9][a-z0-9._-]*)$' }, additionalProperties: { type: 'string', pattern: '^https?://\\S+$' } },
    feeds: { type: 'array', maxItems: 100, items: { type: 'object', required: ['origin', 'key'], additionalProperties: false, properties: { origin: { type: 'string', pattern: '^https?://[^/\\s]+$' }, key: { type: 'string', pattern: '^[^\\s+]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+=*$' } } } },
    nation: { enum: ['england', 'wales', 'scotland', 'northern-ireland'] }, contact: { type: 'object', required: ['telephone', 'email', 'address'], additionalProperties: false, properties: { telephone: text, email: text, address: text } }, examples: { type: 'boolean' },
    officers: officersInFileSchema,
  },
}, 'the configuration of a catalogue');

/**
 * A catalogue from its file.
 * @throws Error that names every place of the file that is wrong
 */
export function catalogueApp(file: string): CouncilDefinition {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
  const read = readCatalogueConfig(json);
  if (!read.ok) throw new Error(`${file}: ${read.refusal.message}`);
  const { id, slug, name, origin, feedOrigin, keys, registries, feeds = [], nation, contact, officers, examples = false } = read.value;
  return defineCouncil(slug, ({ env }) => {
    const servedAt = origin ?? env.origin();
    // Invented packages are in no registry: the catalogue itself hands them out.
    const shelf = examples ? Object.fromEntries(EXAMPLE_SCOPES.map((scope) => [scope, `${servedAt}/shelf`])) : {};
    return {
      council: { id, gssCode: '', name, languages: ['en', 'cy'], nation, origin: servedAt, referencePrefix: 'CA', contact },
      theme: catalogueTheme,
      modules: [...(officers ? [identity({ residents: [], officers: [signInOf(officers, env)] })] : []), portal(), catalogue({ feedOrigin, keys, registries: { ...shelf, ...registries }, feeds, ...(examples && { beginsWith: { ...EXAMPLE_BEGINNING, publishers: examplePublishers } }) }), ...(examples ? [exampleShelf()] : [])],
      wording: { en: { 'portal.home.title': 'Modules for councils', 'portal.home.heading': 'Modules that councils share' }, cy: { 'portal.home.title': 'Modiwlau i gynghorau', 'portal.home.heading': 'Modiwlau y mae cynghorau’n eu rhannu' } },
    };
  });
}

function signInOf(officers: Officers, env: Env): ProviderInstallation<RedirectSignIn> { return officers.kind === 'practice' ? demoOfficers() : officersFromFile(officers, env); }
