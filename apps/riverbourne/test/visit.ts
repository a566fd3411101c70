import type { Browser, Locator, Page, Response } from 'playwright-core';
import { expectAccessible, expectNoSidewaysScrolling, openPage, takeScreenshot, type Looking } from '@guildhall/kernel/testing';

/** Whether a browser runs scripts: every journey is walked both ways. */
export const SCRIPTS = [['with JavaScript', true], ['without JavaScript', false]] as const;

/** With or without JavaScript. */
export type Way = (typeof SCRIPTS)[number];
export const [WITH_JAVASCRIPT, WITHOUT_JAVASCRIPT] = SCRIPTS;

/** What somebody may press: a button's words, or where it is. */
type Thing = string | RegExp | Locator;

/** How somebody looks at pages; `isSeenElsewhere` of an address says that its page differs in nothing from one at which visitors of other specs look, so that these need not. */
export interface LookingAtPages extends Looking { readonly isSeenElsewhere?: (address: URL) => boolean }

/** Somebody at a browser, who looks closely at every page that they meet. */
export class Visit {
  /** What was looked at by anybody in this file, and the windows in which pages without scripts are looked at. */
  static readonly #seen = new Set<string>();
  static readonly #twins = new WeakMap<Browser, Promise<Page>>();

  private constructor(readonly page: Page, readonly browser: Browser, readonly hasJavaScript: boolean, private readonly isSeenElsewhere: (address: URL) => boolean) {}

  /** Opens a browser's window as a first-time visitor: no cookies, nothing cached. */
  static async open(browser: Browser, looking: LookingAtPages = {}): Promise<Visit> {
    return new Visit(await openPage(browser, looking), browser, looking.hasJavaScript ?? true, looking.isSeenElsewhere ?? (() => false));
  }

  /** A second window of the same visitor's. */
  async secondWindow(): Promise<Visit> {
    return new Visit(await this.page.context().newPage(), this.browser, this.hasJavaScript, this.isSeenElsewhere);
  }

  get path(): string {
    return new URL(this.page.url()).pathname;
  }

  /** What is said in the middle of the page. */
  async words(): Promise<string> {
    return (await this.page.locator('main').innerText()).replace(/\s+/g, ' ');
  }

  async heading(): Promise<string> {
    return (await this.page.locator('h1').innerText()).trim();
  }

  async go(address: string): Promise<void> {
    await this.page.goto(address);
    await this.look();
  }

  /** Presses a button that leads to another page, or to this one again. */
  async press(button: Thing): Promise<void> {
    await this.leaves(() => (typeof button === 'string' || button instanceof RegExp ? this.page.getByRole('button', { name: button }) : button).first().click());
  }

  /** Follows a link. */
  async follow(link: Thing): Promise<void> {
    await this.leaves(() => (typeof link === 'string' || link instanceof RegExp ? this.page.getByRole('link', { name: link }) : link).first().click());
  }

  /** Presses Enter where the cursor is. */
  async enter(): Promise<void> {
    await this.leaves(() => this.page.keyboard.press('Enter'));
  }

  async back(): Promise<Response | null> {
    return this.page.goBack();
  }

  /** Does what leads to another page, waits until it is there, and looks at it. */
  async leaves(act: () => Promise<unknown>): Promise<void> {
    const arrived = this.page.waitForEvent('load');
    await Promise.all([arrived, act()]);
    await this.look();
  }

  /** Opens what is folded away: by a press, as somebody would. */
  async unfold(words: string | RegExp): Promise<void> {
    const folded = this.page.locator('details:not([open]) > summary').filter({ hasText: words });
    if (await folded.count()) await folded.first().click();
  }

  /** Refuses a page that not everyone can use, or that must be scrolled sideways on a small telephone. A page that was looked at is not looked at again. */
  async look(): Promise<void> {
    const address = new URL(this.page.url());
    if (address.protocol === 'chrome-error:') throw new Error('The page did not load.');
    if (this.isSeenElsewhere(address)) return;
    const kind = `${String(this.hasJavaScript)} ${await this.page.title()} ${address.pathname.replace(/[\w-]{20,}|[A-Z]{2}-\w{4}-\w{4}/g, '…')} ${await this.page.locator('main details[open], main .govuk-radios__conditional:visible, main [role=status]:visible').count()}`;
    if (Visit.#seen.has(kind)) return;
    Visit.#seen.add(kind);
    await atWidth(this.page, 320, () => expectNoSidewaysScrolling(this.page));
    if (this.hasJavaScript) return expectAccessible(this.page);
    // The checker is itself a script: it looks at the same page in a window that runs scripts, without the page's own.
    const html = (await this.page.content()).replace(/<script[\s\S]*?<\/script>/g, '');
    const twin = await (Visit.#twins.get(this.browser) ?? openPage(this.browser));
    Visit.#twins.set(this.browser, Promise.resolve(twin));
    await twin.setViewportSize(this.page.viewportSize() ?? { width: 1280, height: 900 });
    await twin.route((url) => url.href === this.page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await twin.goto(this.page.url());
    await expectAccessible(twin);
    // Not while the page's own files are on their way: what is held for a route that goes then is never let go.
    await twin.unrouteAll();
  }

  /** Pictures of the page for the documents, at both widths, as it looks to most: with JavaScript. */
  async picture(name: string): Promise<void> {
    if (!this.hasJavaScript || this.isSeenElsewhere(new URL(this.page.url()))) return;
    for (const width of [320, 1280] as const) await atWidth(this.page, width, () => takeScreenshot(this.page, name));
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

async function atWidth(page: Page, width: 320 | 1280, look: () => Promise<unknown>): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
  try {
    await look();
  } finally {
    if (before) await page.setViewportSize(before);
  }
}
