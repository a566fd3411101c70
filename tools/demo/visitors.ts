import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expectAccessible, expectNoSidewaysScrolling, openPage, type Looking } from '../../libs/kernel/module/src/testing/browser';

const DEMO = path.join(__dirname, 'demo.mjs');

/** The demonstration as somebody runs it who has just cloned the repository, and where its three bodies are. */
export class Demonstration {
  private running!: { readonly process: ChildProcess; readonly output: () => string };

  /** @param folder where it keeps its data @param port Riverbourne's; the others' are 20 and 40 above */
  constructor(readonly folder: string, readonly port: number) {}

  get riverbourne(): string { return `http://localhost:${this.port}`; }
  get county(): string { return `http://aldermoor-county.localhost:${this.port + 20}`; }
  get trust(): string { return `http://aldermoor-care-trust.localhost:${this.port + 40}`; }
  /** All that it has said since it started. */
  get output(): string { return this.running.output(); }

  /** Starts it by its one command, and returns when it says what to try. @throws Error with what it said, when it ends before that */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [DEMO, '--port', String(this.port), '--data', this.folder], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], HOME: process.env['HOME'] } });
    let output = '';
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('Ctrl-C stops')) resolve();
      });
      child.once('exit', () => reject(new Error(`It ended:\n${output}`)));
    });
    this.running = { process: child, output: () => output };
  }

  /** Ctrl-C. @returns its exit code */
  async stop(): Promise<number | null> {
    const { process: child } = this.running;
    if (child.exitCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
    return child.exitCode;
  }

  /** Has a system of Riverbourne's ask, by the demonstration's own command. @param what `county` or `care` */
  ask(what: string): { readonly status: number | null; readonly words: string } { return this.says('ask', what); }

  /** What a command of the demonstration's says, while it runs. */
  says(command: string, what: string): { readonly status: number | null; readonly words: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [DEMO, '--data', this.folder, command, what], { encoding: 'utf8' });
    return { status, words: `${stdout}${stderr}`.trim() };
  }

  /** An address that it says to try. */
  said(address: RegExp): string {
    const found = address.exec(this.output)?.[0];
    if (!found) throw new Error(`The demonstration does not say where ${address.source} is:\n${this.output}`);
    return found;
  }
}

/** Somebody who signs in by the practice sign-in on the way to a page, a resident or an officer, and is there. Close it by `page.context().close()`. */
export async function opensAs(browser: Browser, name: string, address: string, looking: Looking = {}): Promise<Page> {
  const page = await openPage(browser, looking);
  await page.goto(address);
  await page.locator('form[action*="sign-in/with/"] button').click();
  await page.getByRole('button', { name }).click();
  await page.waitForURL(address);
  return page;
}

/** Somebody who opens a body's first page. All other pages they reach by what they press there. Close it by `page.context().close()`. */
export async function visits(browser: Browser, origin: string, looking: Looking = {}): Promise<Page> {
  const page = await openPage(browser, looking);
  await page.goto(`${origin}/`);
  return page;
}

/** Signs in as an invented person, where a page asks who they are. */
export async function signsIn(page: Page, name: string): Promise<void> {
  await page.locator('form[action*="sign-in/with/"] button').click();
  await page.getByRole('button', { name }).click();
}

/** A resident who opens a body's first page and goes to their information from there. */
export async function opensInformation(browser: Browser, name: string, origin: string, looking: Looking = {}): Promise<Page> {
  const page = await visits(browser, origin, looking);
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await signsIn(page, name);
  await page.getByRole('link', { name: 'See who looked at your information, and what may be shared' }).click();
  await isOn(page, 'Your information');
  return page;
}

/** An officer on the case of somebody who has one, found by their name. */
export async function opensCaseOf(browser: Browser, officer: string, resident: string, origin: string): Promise<Page> {
  const page = await openPage(browser);
  await page.goto(`${origin}/desk`);
  await signsIn(page, officer);
  await page.getByLabel('Find a case by reference, name, address or telephone number').fill(resident);
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Sharing with other bodies' }).waitFor();
  return page;
}

/** Waits for the page with this heading. */
export async function isOn(page: Page, heading: string | RegExp): Promise<void> { await page.getByRole('heading', { level: 1, name: heading }).first().waitFor(); }

/** A page that somebody meets: for everyone, and on a narrow telephone too. */
export async function isForEveryone(page: Page): Promise<void> {
  await expectAccessible(page);
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScrolling(page);
  await page.setViewportSize(size);
}

/** A page's words, on one line. */
export async function wordsOf(page: Page, within = 'main'): Promise<string> {
  return (await page.locator(within).first().innerText()).replace(/\s+/g, ' ').trim();
}

/** The newest line of a trail. */
export async function newestLine(page: Page): Promise<string> { return wordsOf(page, '.moj-timeline__item'); }
