import type { PackageListing, PackagePage, ReleaseListing } from '@guildhall/catalogue-contract';
import { documentReader, type Envelope } from '@guildhall/sharing-contract';
import { CannotDo } from '../command';
import type { FollowedCatalogue } from './council-settings';

/** A catalogue that does not answer, or answers something that it should not. */
export class NotReached extends CannotDo {}

const ANSWERS_WITHIN_MS = 15_000;
const MOST_BYTES = 20 * 1024 * 1024;

const envelope = {
  type: 'object', required: ['payload', 'payloadType', 'signatures'],
  properties: { payload: { type: 'string' }, payloadType: { type: 'string' }, signatures: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'object', required: ['sig'], properties: { keyid: { type: 'string' }, sig: { type: 'string' } } } } },
} as const;
const envelopes = { type: 'array', maxItems: 5000, items: envelope } as const;
const version = { type: 'object', required: ['version', 'sha512', 'noticed'], properties: { version: { type: 'string' }, sha512: { type: 'string' }, noticed: { type: 'array', items: { type: 'string' } } } } as const;
const removed = { type: 'object', required: ['version', 'because', 'at'], properties: { version: { type: 'string' }, because: { type: 'string', maxLength: 20_000 }, at: { type: 'string', format: 'date-time' } } } as const;
const readListing = documentReader<PackageListing>({ type: 'object', required: ['name', 'versions', 'notices'], properties: { name: { type: 'string' }, versions: { type: 'array', maxItems: 5000, items: version }, removed: { type: 'array', maxItems: 5000, items: removed }, notices: envelopes } }, 'what a catalogue lists of a package');
const readRelease = documentReader<ReleaseListing>({
  type: 'object', required: ['facts', 'sha512', 'release', 'logged', 'publisher', 'assessments', 'notices'],
  properties: {
    removed: { type: 'array', maxItems: 1000, items: { type: 'object', required: ['kind', 'digest', 'by', 'because', 'at'], properties: { kind: { enum: ['notice', 'assessment'] }, digest: { type: 'string', maxLength: 100 }, by: { type: 'string', maxLength: 200 }, because: { type: 'string', maxLength: 20_000 }, at: { type: 'string', format: 'date-time' } } } },
    facts: { type: 'object' }, sha512: { type: 'string', pattern: '^[0-9a-f]{128}$' }, release: envelope, publisher: { ...envelopes, minItems: 1 }, assessments: envelopes, notices: envelopes,
    logged: {
      type: 'object', required: ['entry', 'index', 'size', 'proof', 'checkpoint'],
      properties: {
        index: { type: 'integer', minimum: 0 }, size: { type: 'integer', minimum: 1 }, proof: { type: 'array', maxItems: 64, items: { type: 'string', maxLength: 100 } }, checkpoint: { type: 'string', maxLength: 20_000 },
        entry: { type: 'object', required: ['v', 't', 'kind', 'about', 'version', 'digest', 'from', 'because'], properties: { t: { type: 'string', format: 'date-time' } } },
      },
    },
  },
}, 'what a catalogue lists of a release');
const readStates = documentReader<readonly Envelope[]>({ ...envelopes, minItems: 1 }, 'what a catalogue knows of a publisher');
const readNames = documentReader<PackagePage>({ type: 'object', required: ['items'], properties: { items: { type: 'array', items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } } } }, 'what a catalogue found');
const readProof = documentReader<{ readonly proof: readonly string[] }>({ type: 'object', required: ['proof'], properties: { proof: { type: 'array', maxItems: 64, items: { type: 'string', maxLength: 100 } } } }, 'a proof that a log has grown');

/** A catalogue over HTTP (`/api/catalogue/v1`). What it says is believed by what was signed, and by nothing else. */
export class CatalogueClient {
  constructor(readonly catalogue: FollowedCatalogue) {}

  /** Nothing where it does not list it. @throws NotReached */
  listing(name: string): Promise<PackageListing | undefined> { return this.#get(`packages/${name}`, readListing); }
  /** Nothing where it does not list it. @throws NotReached */
  release(name: string, of: string): Promise<ReleaseListing | undefined> { return this.#get(`packages/${name}/releases/${encodeURIComponent(of)}`, readRelease); }
  /** Each state that a publisher signed; nothing where it does not know it. @throws NotReached */
  publisher(id: string): Promise<readonly Envelope[] | undefined> { return this.#get(`publishers/${encodeURIComponent(id)}`, readStates); }
  /** Names of packages in which these words are found. @throws NotReached */
  async names(words: string): Promise<readonly string[]> { return (await this.#get(`packages?words=${encodeURIComponent(words)}&limit=5`, readNames))?.items.map(({ name }) => name) ?? []; }
  /** That its log of one size begins with that of a smaller. @throws NotReached */
  async consistency(from: number, to: number): Promise<readonly string[]> { return (await this.#get(`feed/consistency?from=${from}&to=${to}`, readProof))?.proof ?? []; }

  async #get<Answer>(path: string, read: ReturnType<typeof documentReader<Answer>>): Promise<Answer | undefined> {
    const { name, origin } = this.catalogue;
    let answered: unknown;
    try {
      const answer = await fetch(`${origin}/api/catalogue/v1/${path}`, { headers: { accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw new NotReached(`The catalogue ${name} answers ${answer.status}.`);
      answered = JSON.parse(await bounded(answer));
    } catch (error) {
      if (error instanceof NotReached) throw error;
      throw new NotReached(error instanceof SyntaxError ? `The catalogue ${name} answers no JSON.` : `The catalogue ${name} (${origin}) cannot be reached.`);
    }
    const document = read(answered);
    if (!document.ok) throw new NotReached(`The catalogue ${name} answers something else than it should: ${document.refusal.message}`);
    return document.value;
  }
}

async function bounded(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) throw new TypeError('too much');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

