import { Unavailable } from '@guildhall/kernel-contract';
import type { Clock, Log } from '@guildhall/kernel-contract';
import type { FarEnd } from './far-end';

/** How long a document is good for that does not say. */
const UNTOLD_LIFETIME_IN_SECONDS = 300;
/** Longer than a day is not believed: a key that was withdrawn must not be trusted for a year because a header said so. */
const LONGEST_LIFETIME_IN_SECONDS = 86_400;
/** Whoever sends us invented key ids must not make us ask the far end more often than this. */
const ASKED_AGAIN_AFTER_IN_SECONDS = 60;

interface Kept { readonly document: unknown; readonly goodUntil: number }

/**
 * What a far end publishes (its configuration, its keys, One Login's DID document), kept for as long as `Cache-Control` says (RFC 9111). When it cannot be had
 * anew, the old one is trusted on: keys are published long before they are used, and a far end whose pages are away for an hour should not close the council's doors.
 * @beta
 */
export class FarEndDocuments {
  readonly #kept = new Map<string, Kept>();
  readonly #asked = new Map<string, Promise<Kept>>();
  readonly #askedAgainAt = new Map<string, number>();

  /** @param name of the provider, in the log */
  constructor(private readonly name: string, private readonly farEnd: FarEnd, private readonly clock: Clock, private readonly log: Log) {}

  /** The document, as fresh as its headers want it. @throws Unavailable when there has never been one */
  async read(url: string): Promise<unknown> {
    const kept = this.#kept.get(url);
    if (kept && this.#now() < kept.goodUntil) return kept.document;
    return this.#refresh(url, kept);
  }

  /** The document again, because a key in it was not found, however lately it was read: the key may be a minute old. The same one when it was asked for in this way a moment ago. */
  async readAgain(url: string): Promise<unknown> {
    const kept = this.#kept.get(url);
    if (kept && this.#now() - (this.#askedAgainAt.get(url) ?? Number.NEGATIVE_INFINITY) < ASKED_AGAIN_AFTER_IN_SECONDS * 1000) return kept.document;
    this.#askedAgainAt.set(url, this.#now());
    return this.#refresh(url, kept);
  }

  async #refresh(url: string, kept: Kept | undefined): Promise<unknown> {
    const asked = this.#asked.get(url) ?? this.#ask(url).finally(() => this.#asked.delete(url));
    this.#asked.set(url, asked);
    try {
      return (await asked).document;
    } catch (error) {
      if (!kept) throw error;
      this.log.warn(`${this.name}.document-not-refreshed`, { host: new URL(url).host });
      // Not asked for again by every sign-in while it is away.
      this.#kept.set(url, { ...kept, goodUntil: this.#now() + ASKED_AGAIN_AFTER_IN_SECONDS * 1000 });
      return kept.document;
    }
  }

  async #ask(url: string): Promise<Kept> {
    const response = await this.farEnd.read(url, { accept: 'application/json' });
    const { host, pathname } = new URL(url);
    if (response.status !== 200) throw new Unavailable(`${host} answered with ${response.status} for ${pathname}.`);
    let document: unknown;
    try { document = response.json(); } catch { throw new Unavailable(`${host} sent something that is not JSON for ${pathname}.`); }
    const kept = { document, goodUntil: this.#now() + lifetimeOf(response.headers) * 1000 };
    this.#kept.set(url, kept);
    return kept;
  }

  #now(): number { return this.clock.now().getTime(); }
}

/** For how many seconds an answer with these headers is fresh. */
function lifetimeOf(headers: Readonly<Record<string, string>>): number {
  const control = headers['cache-control'] ?? '';
  if (/\bno-(?:store|cache)\b/i.test(control)) return 0;
  const told = /\bmax-age\s*=\s*"?(\d{1,10})/i.exec(control)?.[1];
  if (told === undefined) return UNTOLD_LIFETIME_IN_SECONDS;
  return Math.max(0, Math.min(LONGEST_LIFETIME_IN_SECONDS, Number(told) - (Number(headers.age) || 0)));
}
