import type { PackageFacts, Release } from '@guildhall/catalogue-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { kitsPassed, type KitPassed } from './kits-passed';
import { releaseIn } from './opened';
import { permissionsInWords, type PermissionInWords } from './permission-in-words';
import { differences, readPubliccode, type Publiccode } from './publiccode';
import { readmeHtml } from './readme';

/** What a publiccode.yml says, and in what it differs from package.json; or why it cannot be read. */
export type PubliccodeFound = { readonly says: Publiccode; readonly differs: ReturnType<typeof differences> } | { readonly fault: string };
/** What follows from what was signed of a version, and from nothing else. */
export interface OpenedRelease { readonly release: Release; readonly permissions: readonly PermissionInWords[]; readonly kits: readonly KitPassed[]; readonly readme: string; readonly publiccode?: PubliccodeFound }

/** So many characters of readmes and releases are held. */
const MOST_CHARACTERS = 4_000_000;

/**
 * Opens a release, and remembers those that were looked at last. What was signed names the digest of the facts, by which they were proved when it was listed: the same was signed of the same facts.
 */
export class OpensReleases {
  readonly #opened = new Map<string, OpenedRelease>();
  #characters = 0;
  /** @param most characters that are held */
  constructor(private readonly most = MOST_CHARACTERS) {}

  /** @throws NotFound */
  open(envelope: Envelope, facts: PackageFacts): OpenedRelease {
    const { payload } = envelope;
    const opened = this.#opened.get(payload) ?? open(envelope, facts);
    // The last that was looked at stands last, and those before it go first.
    if (this.#opened.delete(payload)) this.#characters -= lengthOf(payload, opened);
    this.#opened.set(payload, opened);
    this.#characters += lengthOf(payload, opened);
    for (const [key, one] of this.#opened) {
      if (this.#characters <= this.most) break;
      this.#opened.delete(key);
      this.#characters -= lengthOf(key, one);
    }
    return opened;
  }

  /** How many are held. */
  get size(): number { return this.#opened.size; }
}

function open(envelope: Envelope, facts: PackageFacts): OpenedRelease {
  return { release: releaseIn(envelope), permissions: permissionsInWords(facts), kits: kitsPassed(facts), readme: readmeHtml(facts.readme), ...(facts.publiccode !== undefined && { publiccode: publiccodeIn(facts.publiccode, facts) }) };
}

/** Results of kits and what a publiccode.yml says are no longer than what they were read from: with the payload and the readme that is their order of size. */
function lengthOf(payload: string, { readme, kits }: OpenedRelease): number { return payload.length + readme.length + kits.reduce((sum, { results }) => sum + results.length * 100, 0) + 20_000; }

function publiccodeIn(yaml: string, facts: PackageFacts): PubliccodeFound {
  const read = readPubliccode(yaml);
  return read.ok ? { says: read.value, differs: differences(read.value, facts) } : { fault: read.refusal.message };
}
