import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { findBrowser } from './find-browser';

/** The two widths at which every page must look right: a cheap telephone's and a desk's. @public */
export type PageWidth = 320 | 1280;

/** How a page is looked at. @public */
export interface Looking { readonly width?: PageWidth; readonly hasJavaScript?: boolean }

/** The rules of WCAG 2.2 at levels A and AA, as axe tags them. */
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Opens a browser that reaches this machine only. Close it in afterAll.
 *
 * @throws Error with what to do, when there is no browser and none can be installed
 * @public
 */
export async function openBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: await findBrowser(),
    args: [
      '--no-sandbox', '--disable-gpu', '--in-process-gpu', '--disable-extensions', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
      // Pages live for a second: what other threads of the script engine prepare for later comes too late, at twice the work.
      '--js-flags=--single-threaded',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
    ],
  });
}

/** Opens a page as a first-time visitor: no cookies, nothing cached. Close it by `page.context().close()`, or the browser. @public */
export async function openPage(browser: Browser, { width = 1280, hasJavaScript = true }: Looking = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: width === 320 ? 640 : 900 }, javaScriptEnabled: hasJavaScript, locale: 'en-GB', timezoneId: 'Europe/London', reducedMotion: 'reduce' });
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

/**
 * Refuses a page that breaks a rule of WCAG 2.2 AA which axe can check. A page without JavaScript is judged as it stands: its own scripts have not run.
 *
 * @throws Error with every rule broken, and where
 * @public
 */
export async function expectAccessible(page: Page): Promise<void> {
  await wholePage(page);
  const known = await markOf(page);
  if (known && existsSync(known)) return;
  await loadAxe(page);
  const { violations } = await page.evaluate(brokenRules, WCAG_22_AA);
  if (violations.length === 0) return known ? writeFile(known, '') : undefined;
  const broken = violations.map(({ id, help, nodes }) => `  - ${id}: ${help}\n${nodes.map((node) => `      ${node.target.join(' ')}: ${node.failureSummary?.replaceAll('\n', ' ') ?? ''}`).join('\n')}`);
  throw new Error(`${new URL(page.url()).pathname} is not accessible to everyone (WCAG 2.2 AA):\n${broken.join('\n')}`);
}

/**
 * A press is over when the next page begins, and a page that has just begun is empty: nothing could be wrong with it.
 */
function wholePage(page: Page): Promise<void> {
  return page.waitForLoadState('load');
}

/**
 * A file of this run that is there once a page of this form was found accessible, at this width and in this state: many specs come by the same pages, and a check takes longer than the page.
 * Numbers and tokens differ each time, and no rule looks at those.
 */
async function markOf(page: Page): Promise<string | undefined> {
  const run = process.env['GUILDHALL_TEST_RUN'];
  if (!run) return undefined;
  const { form, width } = await page.evaluate(formOfPage);
  return join(run, `accessible-${createHash('sha256').update(`${width} ${form.replace(/[\w-]{20,}|\d+/g, '0')}`).digest('hex')}`);
}

/** Runs in the page: all its elements as they stand, and how wide it is. */
function formOfPage(): { form: string; width: number } {
  const { document, innerWidth } = globalThis as unknown as { document: { documentElement: { outerHTML: string } }; innerWidth: number };
  return { form: document.documentElement.outerHTML, width: innerWidth };
}

let axeSource: string | undefined;

/** Half of a check would be to load axe: its short form, handed to the browser as it is, takes half of that; and a text of more than ASCII would come over at twice its length. */
async function loadAxe(page: Page): Promise<void> {
  axeSource ??= (await readFile(require.resolve('axe-core/axe.min.js'), 'utf8')).replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axeSource });
  await session.detach();
}

/** Runs in the page, after axe: what breaks a rule. None of these rules asks for the style sheets' own text. */
function brokenRules(tags: string[]): Promise<AxeResults> {
  return (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly: tags, resultTypes: ['violations'], preload: false });
}

/**
 * Bytes that came over the line while something was done: compressed bodies and headers. What the browser has kept costs nothing.
 *
 * @param counts says which addresses count; photos and maps may be left aside
 * @example const first = await bytesTransferred(page, () => page.goto('/'));
 * @public
 */
export async function bytesTransferred(page: Page, act: () => Promise<unknown>, counts: (url: URL) => boolean = () => true): Promise<number> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const addresses = new Map<string, URL>();
  let bytes = 0;
  session.on('Network.requestWillBeSent', ({ requestId, request }) => { addresses.set(requestId, new URL(request.url)); });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const address = addresses.get(requestId);
    if (address && counts(address)) bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await act();
  await page.waitForLoadState('networkidle');
  await session.detach();
  return bytes;
}

/**
 * Refuses a page that must be scrolled sideways.
 *
 * @returns the width of the window, and the page's language
 * @throws Error naming the elements that are too wide (WCAG 2.2, 1.4.10)
 * @public
 */
export async function expectNoSidewaysScrolling(page: Page): Promise<{ readonly width: number; readonly language: string }> {
  await wholePage(page);
  const { width, language, wide } = await page.evaluate(pageFacts);
  if (wide.length > 0) throw new Error(`${new URL(page.url()).pathname} is wider than its window of ${width} pixels: ${wide.join(', ')}`);
  return { width, language };
}

/**
 * Refuses a page that must be scrolled sideways. With SCREENSHOTS=write its picture is taken, and kept as
 * `docs/screenshots/<name>-<width>-<language>.png` below the folder in which the tests were started.
 *
 * @throws Error naming the elements that are too wide
 * @public
 */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  const { width, language } = await expectNoSidewaysScrolling(page);
  if (process.env['SCREENSHOTS'] !== 'write') return;
  const folder = join(process.cwd(), 'docs/screenshots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ fullPage: true, animations: 'disabled', path: join(folder, `${name}-${width}-${language}.png`) });
}

/** Runs in the page: its width and language, and the elements that stick out of it (those in a scrolling box of their own do not count). */
function pageFacts(): { width: number; language: string; wide: string[] } {
  const { document, innerWidth } = globalThis as unknown as { document: { documentElement: Box & { lang: string }; querySelectorAll(all: string): Iterable<Box> }; innerWidth: number };
  interface Box { readonly tagName: string; readonly id: string; readonly className: unknown; readonly scrollWidth: number; readonly clientWidth: number; getBoundingClientRect(): { right: number } }
  const root = document.documentElement;
  const isTooWide = root.scrollWidth > root.clientWidth;
  const wide = isTooWide ? [...document.querySelectorAll('body *')].filter((box) => box.getBoundingClientRect().right > innerWidth + 1).map((box) => `${box.tagName.toLowerCase()}${box.id ? `#${box.id}` : ''}.${String(box.className).split(' ')[0]}`) : [];
  return { width: innerWidth, language: root.lang, wide: isTooWide && wide.length === 0 ? ['the page itself'] : wide.slice(0, 5) };
}
