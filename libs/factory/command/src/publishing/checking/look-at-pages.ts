import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { advice, mend, type Finding } from './checked';

const FIRST_VISIT_IN_BYTES = 60 * 1024;
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The little of a browser that is used here: playwright-core's, where the package has it. */
interface Page { goto(url: string, options: { readonly waitUntil: 'load' }): Promise<{ status(): number } | null>; evaluate(script: string): Promise<unknown>; close(): Promise<void>; on(event: 'requestfinished', heard: (request: Request) => void): void }
interface Request { sizes(): Promise<{ readonly responseBodySize: number; readonly responseHeadersSize: number }> }
interface Playwright { readonly chromium: { launch(options: { readonly executablePath?: string; readonly args: readonly string[] }): Promise<{ newPage(options: object): Promise<Page>; close(): Promise<void> }> } }

/**
 * Opens pages of a running app, at the width of a cheap telephone: what each weighs, and which rules of WCAG 2.2 AA it breaks that axe can check.
 * @param browser the program, where playwright does not find one by itself
 */
export async function lookAtPages(folder: string, addresses: readonly string[], browser: string | undefined): Promise<readonly Finding[]> {
  const from = createRequire(path.join(folder, 'package.json'));
  let opened: Awaited<ReturnType<Playwright['chromium']['launch']>>;
  let axe: string;
  try {
    axe = readFileSync(from.resolve('axe-core/axe.min.js'), 'utf8');
    opened = await (from('playwright-core') as Playwright).chromium.launch({ ...(browser !== undefined && { executablePath: browser }), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'] });
  } catch (error) {
    return [advice('pages', `Its pages were not looked at: ${((error as Error).message.split('\n')[0] ?? '').replace(/\.$/, '')}. It takes playwright-core, axe-core and a browser.`)];
  }
  try {
    const found: Finding[] = [];
    for (const address of addresses) found.push(...(await lookAt(opened, address, axe)));
    return found;
  } finally {
    await opened.close();
  }
}

async function lookAt(browser: { newPage(options: object): Promise<Page> }, address: string, axe: string): Promise<readonly Finding[]> {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 }, locale: 'en-GB' });
  try {
    return await seenOn(page, address, axe);
  } finally {
    await page.close();
  }
}

async function seenOn(page: Page, address: string, axe: string): Promise<readonly Finding[]> {
  const sizes: Promise<number>[] = [];
  // As it came over the line, compressed.
  page.on('requestfinished', (request) => { sizes.push(request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize, () => 0)); });
  let status: number;
  try {
    status = (await page.goto(address, { waitUntil: 'load' }))?.status() ?? 0;
  } catch (error) {
    return [mend('pages', `${address} cannot be opened: ${(error as Error).message.split('\n')[0] ?? ''}`)];
  }
  if (status >= 400) return [mend('pages', `${address} answers with ${status}: name a page that is there.`)];
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await page.evaluate(axe);
  const broken = (await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(WCAG_22_AA)} }).then(({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ target }) => target.join(' ')) })))`)) as readonly { readonly id: string; readonly help: string; readonly where: readonly string[] }[];
  const isTooWide = (await page.evaluate('document.documentElement.scrollWidth > 320')) === true;
  return [
    ...broken.map(({ id, help, where }) => mend('pages', `${address}: ${help} (${id}) at ${where.join(', ')}.`)),
    ...(isTooWide ? [mend('pages', `${address} is wider than a screen of 320 pixels.`)] : []),
    ...(bytes > FIRST_VISIT_IN_BYTES ? [advice('pages', `${address} brings ${Math.round(bytes / 1024)} kB: a first visit is to weigh at most ${FIRST_VISIT_IN_BYTES / 1024} kB.`)] : []),
  ];
}
