import type { ConsoleMessage, Page, Response } from 'playwright-core';

/** What a page shows to whoever follows its links. */
interface Shown { readonly language: string; readonly headings: number; readonly words: string; readonly links: readonly string[] }

/** Of pages that differ in one part of their address only, such as each kind of message, so many are looked at. */
const MOST_ALIKE = 8;
/** Whoever follows these is somebody else afterwards. */
const LEADS_OUT = /\/sign-out$/;
const DESK = /^\/desk(\/|$)/;
/** Where somebody comes back to who has paid: nobody else may, though an officer sees the way. */
const AFTER_PAYING = /^\/services\/[^/]+\/paid\//;
/** Words that stand in place of some that are missing: what was to be filled in, or a text's key. */
const UNWRITTEN = /\(\([a-zA-Z]+\)\)|\[\[|\bundefined\b|\[object Object\]|\bNaN\b/;

/** Somebody who follows every link of a site, to each kind of page once, and notes what is wrong there. */
export class WalksSite {
  /** Each with its address. */
  readonly wrong: string[] = [];
  readonly #kinds = new Set<string>();
  readonly #alike = new Map<string, number>();
  #at = '';

  /** @param isOfficer whether the desk is theirs: links to it that others see lead to its sign-in, or to a refusal */
  constructor(private readonly page: Page, private readonly origin: string, private readonly language: string, private readonly isOfficer: boolean) {
    page.on('console', (message: ConsoleMessage) => { if (message.type() === 'error' && isOfPage(message.location().url, origin)) this.#says(message.text()); });
    page.on('pageerror', ({ message }) => this.#says(message));
  }

  /** Kinds of pages that were met: their paths, with `…` for what is one thing's own. */
  get kinds(): readonly string[] { return [...this.#kinds].sort(); }

  /** Follows all that can be followed from these paths. */
  async from(...paths: readonly string[]): Promise<void> {
    const waiting = [...paths];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      if (this.#isNew(path)) waiting.push(...await this.#look(path));
    }
  }

  #isNew(path: string): boolean {
    const kind = kindOf(path);
    if (this.#kinds.has(kind) || LEADS_OUT.test(kind) || (this.isOfficer ? AFTER_PAYING : DESK).test(kind)) return false;
    const alike = kind.slice(0, kind.lastIndexOf('/'));
    const before = this.#alike.get(alike) ?? 0;
    // Near the beginning every page is a kind of its own.
    if (kind.split('/').length > 3 && before >= MOST_ALIKE) return false;
    this.#alike.set(alike, before + 1);
    this.#kinds.add(kind);
    return true;
  }

  /** @returns where its links lead on this site */
  async #look(path: string): Promise<readonly string[]> {
    this.#at = path;
    const answer = await this.#open(path);
    if (!answer) return this.#download(path);
    if (answer.status() >= 400) this.#says(`answers ${answer.status()}`);
    // Who is sent elsewhere is with somebody else, and a file has no links.
    if (new URL(this.page.url()).origin !== this.origin || !answer.headers()['content-type']?.startsWith('text/html')) return [];
    const { language, headings, words, links } = await this.page.evaluate(shown);
    if (language !== this.language) this.#says(`is in “${language}”`);
    if (headings !== 1) this.#says(`has ${headings} first headings`);
    const unwritten = UNWRITTEN.exec(words);
    if (unwritten) this.#says(`says “${unwritten[0]}”`);
    return links.filter((link) => URL.canParse(link)).map((link) => new URL(link)).filter(({ origin }) => origin === this.origin).map(({ pathname, search }) => `${pathname}${search}`);
  }

  /** @returns nothing when it is to be kept and not to be shown */
  async #open(path: string): Promise<Response | null | undefined> {
    try {
      return await this.page.goto(`${this.origin}${path}`);
    } catch (error) {
      if (/Download is starting|ERR_ABORTED/.test((error as Error).message)) return undefined;
      throw error;
    }
  }

  async #download(path: string): Promise<readonly string[]> {
    const answer = await this.page.request.get(`${this.origin}${path}`);
    if (!answer.ok()) this.#says(`answers ${answer.status()}`);
    return [];
  }

  #says(what: string): void { this.wrong.push(`${this.#at}: ${what}`); }
}

/** Whether an error is of a page of this site; of what is no page, such as JSON, a browser looks for an icon where there is none. */
function isOfPage(url: string, origin: string): boolean { return url.startsWith(`${origin}/`) && url !== `${origin}/favicon.ico`; }

/** A path without what is one thing's own: a number, a reference, a long id. */
function kindOf(path: string): string {
  const { pathname } = new URL(path, 'http://localhost');
  return pathname.split('/').map((part) => (/^\d+$|^[A-Z]{2}-|^(?=.*\d)[\w-]{20,}$|\d{4}-\d{2}/.test(part) ? '…' : part)).join('/');
}

/** Runs in the page. */
function shown(): Shown {
  interface Element { readonly href: string; readonly innerText: string }
  const { document } = globalThis as unknown as { document: { readonly documentElement: { readonly lang: string }; readonly body: Element; querySelectorAll(selector: string): Iterable<Element> } };
  return { language: document.documentElement.lang, headings: [...document.querySelectorAll('h1')].length, words: document.body.innerText, links: [...document.querySelectorAll('a[href]')].map(({ href }) => href) };
}
