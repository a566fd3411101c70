import { randomBytes } from 'node:crypto';
import { Visitor, type Answer } from '@guildhall/kernel/testing';
import { addressesOnPage, formsOnPage, linksOnPage, textOf, type ButtonOnPage, type FormOnPage } from './forms-on-page';

/** A file that somebody chooses. */
export interface ChosenFile { readonly name: string; readonly type: string; readonly bytes: Buffer }
/** What somebody fills in: text, a choice, several choices, files. */
export type Filled = Readonly<Record<string, string | readonly string[] | ChosenFile | readonly ChosenFile[]>>;
/** A page as it was answered, with its whole address. */
export interface SeenPage { readonly status: number; readonly url: URL; readonly html: string; readonly headers: Readonly<Record<string, string>> }
/** A request that can be sent once more, as by the button that loads a page again. */
interface Sent { readonly url: URL; readonly method: 'GET' | 'POST'; readonly body?: Buffer; readonly type?: string }

/** More redirections than this lead nowhere. */
const MOST_HOPS = 12;

/**
 * Somebody at a browser that runs no scripts: sees one page at a time, follows its links, fills in its forms and can send nothing that the page does not offer.
 * Every site has its own cookies.
 */
export class Person {
  readonly #sites = new Map<string, Visitor>();
  #page: SeenPage | undefined;
  #last: Sent | undefined;
  /** Every address that was asked for, led to, or stands on a page that was seen: what proxies, histories and other sites get to know. */
  readonly addresses = new Set<string>();

  /**
   * @param home the council's own origin: `http://localhost:4000`
   * @param visitor who is signed in there already
   */
  constructor(readonly home: string, visitor?: Visitor) {
    if (visitor) this.#sites.set(home, visitor);
  }

  /** The page that is seen now. */
  get page(): SeenPage {
    if (!this.#page) throw new Error('No page has been opened yet.');
    return this.#page;
  }
  get hasPage(): boolean { return this.#page !== undefined; }
  /** Path and query of the page that is seen now. */
  get at(): string { return `${this.page.url.pathname}${this.page.url.search}`; }
  get path(): string { return this.page.url.pathname; }
  get text(): string { return textOf(this.page.html); }

  /** Opens an address: a path of the council's, or one with its site. */
  async open(address: string): Promise<SeenPage> {
    return this.go({ url: new URL(address, this.#page?.url.origin === this.home ? this.#page.url : this.home), method: 'GET' });
  }

  /** Follows the link with these words. */
  async follow(words: string | RegExp): Promise<SeenPage> {
    const link = linksOnPage(this.page.html).find(({ text, href }) => href && (typeof words === 'string' ? text === words || text.startsWith(words) : words.test(text)));
    if (!link) throw this.lost(`has no link "${String(words)}"`);
    return this.go({ url: new URL(link.href, this.page.url), method: 'GET' });
  }

  /**
   * Fills in the form that has these fields and presses a button of it: its first one, unless told.
   * @param button the button's words, or `name=value`
   * @throws Error when the page offers no such field, choice or button
   */
  async send(filled: Filled = {}, button?: string | RegExp): Promise<SeenPage> {
    return this.go(this.prepared(filled, button));
  }

  /** The request that {@link send} would make, to be sent by {@link resend}: for what happens twice, or later. */
  prepared(filled: Filled = {}, button?: string | RegExp): Sent {
    const form = this.formFor(filled, button);
    const pressed = button === undefined ? form.buttons[0] : form.buttons.find((one) => isMeant(one, button));
    const fields = filledIn(form, filled, (what) => this.lost(what));
    if (pressed?.name !== undefined) fields.push([pressed.name, pressed.value]);
    const url = new URL(form.action, this.page.url);
    if (form.method === 'GET') {
      url.search = asText(fields);
      return { url, method: 'GET' };
    }
    if (form.isMultipart) return { url, method: 'POST', ...multipart(fields) };
    return { url, method: 'POST', body: Buffer.from(asText(fields)), type: 'application/x-www-form-urlencoded' };
  }

  /** Sends a prepared request, or the last one once more, as somebody who loads a page again. */
  async resend(sent: Sent | undefined = this.#last): Promise<SeenPage> {
    if (!sent) throw new Error('Nothing has been sent yet.');
    return this.go(sent);
  }

  /** Whether the page that is seen now has a field of this name. */
  offers(name: string): boolean {
    return formsOnPage(this.page.html).some(({ offers }) => offers.has(name));
  }
  /** What can be chosen in a field of the page that is seen now. */
  choices(name: string): readonly string[] {
    return formsOnPage(this.page.html).flatMap(({ offers }) => offers.get(name)?.values ?? []);
  }
  /** The first form of which that is true. */
  form(which: (form: FormOnPage) => boolean): FormOnPage {
    const found = formsOnPage(this.page.html).find(which);
    if (!found) throw this.lost('has no such form');
    return found;
  }

  /** The visitor who keeps the cookies of a site. */
  visitor(origin = this.home): Visitor {
    const known = this.#sites.get(origin);
    if (known) return known;
    const { hostname, port } = new URL(origin);
    const made = new Visitor(Number(port), hostname);
    this.#sites.set(origin, made);
    return made;
  }

  /** Says where somebody stands who expected to stand somewhere else. */
  lost(what: string): Error {
    const page = this.#page;
    const errors = page ? [...page.html.matchAll(/class="[^"]*error-(?:summary|message)[^"]*"[^>]*>([\s\S]*?)<\/(?:div|p)>/g)].map(([, one = '']) => textOf(one)).join(' · ') : '';
    return new Error(`${page?.url.href ?? 'No page'} (${page?.status}, "${textOf(/<title>([\s\S]*?)<\/title>/.exec(page?.html ?? '')?.[1] ?? '')}") ${what}.${errors ? ` It says: ${errors}` : ''}`);
  }

  private formFor(filled: Filled, button: string | RegExp | undefined): FormOnPage {
    const forms = formsOnPage(this.page.html);
    const form = forms.find(({ offers, buttons, method }) => (method === 'POST' || Object.keys(filled).length > 0 || button !== undefined) && Object.keys(filled).every((name) => offers.has(name)) && (button === undefined || buttons.some((one) => isMeant(one, button))));
    if (!form) throw this.lost(`has no form with ${Object.keys(filled).join(', ') || 'nothing to fill in'}${button === undefined ? '' : ` and the button "${String(button)}"`}; it has ${forms.map(({ offers, buttons }) => `[${[...offers.keys()].join(', ')} | ${buttons.map(({ text }) => text).join(', ')}]`).join(' ') || 'none'}`);
    return form;
  }

  private async go(first: Sent): Promise<SeenPage> {
    this.#last = first;
    let sent = first;
    for (let hops = 0; hops < MOST_HOPS; hops++) {
      const { url, method, body, type } = sent;
      this.addresses.add(`${method} ${url.href}`);
      const referrer = this.#page?.url.origin === url.origin ? this.#page.url.href : undefined;
      const answer = await this.visitor(url.origin).request(`${url.pathname}${url.search}`, { method, ...(body && { body }), headers: { ...(type && { 'content-type': type }), ...(referrer && { referer: referrer }), ...(method === 'POST' && { 'sec-fetch-site': 'same-origin' }) } });
      const { location } = answer.headers;
      if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
        const next = new URL(location, url);
        this.addresses.add(`LOCATION ${next.href}`);
        sent = { url: next, method: 'GET' };
        continue;
      }
      return this.see(answer, url);
    }
    throw new Error(`Too many redirections, the last to ${sent.url.href}`);
  }

  private see({ status, headers, text }: Answer, url: URL): SeenPage {
    this.#page = { status, headers, html: text, url };
    if (/^text\/html/.test(headers['content-type'] ?? '')) for (const address of addressesOnPage(text)) this.addresses.add(`LINK ${address}`);
    return this.#page;
  }
}

function isMeant({ text, name, value }: ButtonOnPage, button: string | RegExp): boolean {
  return typeof button === 'string' ? text === button || `${name}=${value}` === button : button.test(text);
}

function isFile(value: unknown): value is ChosenFile { return typeof value === 'object' && value !== null && 'bytes' in value; }

function filledIn(form: FormOnPage, filled: Filled, lost: (what: string) => Error): [string, string | ChosenFile][] {
  const fields: [string, string | ChosenFile][] = form.filled.filter(([name]) => !(name in filled)).map(([name, value]) => [name, value]);
  for (const [name, given] of Object.entries(filled)) {
    const offer = form.offers.get(name);
    if (!offer) throw lost(`has no field ${name}`);
    for (const value of [given].flat() as readonly (string | ChosenFile)[]) {
      if ((offer.kind === 'file') !== isFile(value)) throw lost(`does not take that in the field ${name}`);
      if (offer.kind === 'choice' && !offer.values.includes(value as string)) throw lost(`offers no ${String(value)} for ${name}, only ${offer.values.join(', ')}`);
      fields.push([name, value]);
    }
  }
  return fields;
}

/** A form that takes no files sends their names. */
function asText(fields: readonly (readonly [string, string | ChosenFile])[]): string {
  return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, isFile(value) ? value.name : value])).toString();
}

function multipart(fields: readonly (readonly [string, string | ChosenFile])[]): { readonly body: Buffer; readonly type: string } {
  const boundary = `----guildhall${randomBytes(12).toString('hex')}`;
  const parts = fields.flatMap(([name, value]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${isFile(value) ? `; filename="${value.name.replaceAll('"', '%22')}"\r\nContent-Type: ${value.type}` : ''}\r\n\r\n`),
    isFile(value) ? value.bytes : Buffer.from(value), Buffer.from('\r\n'),
  ]);
  return { body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]), type: `multipart/form-data; boundary=${boundary}` };
}
