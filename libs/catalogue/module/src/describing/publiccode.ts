import type { PackageFacts } from '@guildhall/catalogue-contract';
import { done, refused, type Language, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { documentReader } from '@guildhall/sharing-contract';
import { parseDocument } from 'yaml';

/** Who looks after what is published. */
export const MAINTENANCES = ['internal', 'contract', 'community', 'none'] as const;

/** What is read of a publiccode.yml (publiccode.yml standard, 0.4 and later). The rest is in the file. */
export interface Publiccode {
  readonly name?: string;
  readonly landingURL?: string;
  /** By language. */
  readonly description?: Readonly<Record<string, { readonly shortDescription?: string }>>;
  readonly categories?: readonly string[];
  readonly legal?: { readonly license?: string };
  readonly maintenance?: {
    readonly type?: (typeof MAINTENANCES)[number];
    /** Firms under contract; `until` is a day. */
    readonly contractors?: readonly { readonly name: string; readonly until?: string; readonly website?: string }[];
    readonly contacts?: readonly { readonly name: string; readonly email?: string; readonly affiliation?: string }[];
  };
}
/** Each page of a package reads its file anew. */
const MOST_CHARACTERS = 20_000;
const MOST_DETAIL_CHARACTERS = 300;

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const address = { type: 'string', pattern: '^https?://[^\\s<>"]+$', maxLength: 300 } as const;
const read = documentReader<Publiccode>({
  type: 'object', required: ['publiccodeYmlVersion'],
  properties: {
    publiccodeYmlVersion: text, name: text, landingURL: address, description: { type: 'object', maxProperties: 50, additionalProperties: { type: 'object', properties: { shortDescription: { type: 'string', maxLength: 1000 } } } }, categories: { type: 'array', maxItems: 50, items: text }, legal: { type: 'object', properties: { license: text } },
    maintenance: {
      type: 'object',
      properties: {
        type: { enum: MAINTENANCES }, contractors: { type: 'array', maxItems: 20, items: { type: 'object', required: ['name'], properties: { name: text, until: { type: 'string', format: 'date' }, website: address } } },
        contacts: { type: 'array', maxItems: 20, items: { type: 'object', required: ['name'], properties: { name: text, email: { type: 'string', pattern: '^[^\\s@<>"]+@[^\\s@<>"]+$', maxLength: 254 }, affiliation: text } } },
      },
    },
  },
}, 'a publiccode.yml');

/** Reads a stranger's publiccode.yml: everything in it is text, and nothing in it stands for something else. */
export function readPubliccode(yaml: string): Outcome<Publiccode, Refusal<'malformed'>> {
  if (yaml.length > MOST_CHARACTERS) return refused('malformed', `It has more than ${MOST_CHARACTERS} characters.`);
  let json: unknown;
  try {
    const document = parseDocument(yaml, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' });
    const [fault] = document.errors;
    if (fault) return refused('malformed', firstLine(fault.message));
    // A field that is left empty is one that nobody has filled in.
    json = document.toJS({ maxAliasCount: 0, reviver: (_key, value) => (value === '' ? undefined : value) });
  } catch (error) {
    return refused('malformed', firstLine((error as Error).message));
  }
  const publiccode = read(json);
  return publiccode.ok ? done(publiccode.value) : refused('malformed', publiccode.refusal.message);
}

function firstLine(message: string): string { return `${(message.split('\n', 1)[0] ?? '').replace(/[:.]\s*$/, '').slice(0, MOST_DETAIL_CHARACTERS)}.`; }

/** What a package is, in the reader's language as far as its publiccode.yml says it, and else in English, as its package.json does. */
export function describedIn(language: Language, { description }: Pick<PackageFacts, 'description'>, { description: said = {} }: Publiccode = {}): { readonly text: string; readonly language: Language } {
  const own = language !== 'en' && Object.hasOwn(said, language) ? said[language]?.shortDescription : undefined;
  return own === undefined ? { text: description, language: 'en' } : { text: own, language };
}

/** In what a publiccode.yml says otherwise than package.json, of what nobody may be in doubt. */
export function differences({ name, legal }: Publiccode, facts: Pick<PackageFacts, 'name' | 'licence'>): readonly { readonly field: 'name' | 'licence'; readonly here: string; readonly there: string }[] {
  const own = facts.name.split('/').at(-1) ?? '';
  return [
    ...(name !== undefined && ![lettersOf(facts.name), lettersOf(own)].includes(lettersOf(name)) ? [{ field: 'name', here: facts.name, there: name } as const] : []),
    ...(legal?.license !== undefined && legal.license.trim().toLowerCase() !== facts.licence.trim().toLowerCase() ? [{ field: 'licence', here: facts.licence, there: legal.license } as const] : []),
  ];
}

/** “Parking permits” is `parking-permits`. */
function lettersOf(name: string): string { return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''); }
