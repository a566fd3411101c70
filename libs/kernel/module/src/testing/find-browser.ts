import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** The shell first: the same engine without the browser's own windows, which nobody sees here and which take half the time. */
const PROGRAMS = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'];

/** What finding a browser depends on; tests give another machine's. */
export interface Machine {
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  exists(file: string): boolean;
  /** Runs a program to its end. */
  run(program: string, args: readonly string[]): Promise<unknown>;
  /** Where Playwright keeps its own Chromium, whether or not it is there. */
  playwrightBrowser(): string;
  say(line: string): void;
}

/**
 * A Chromium or Chrome to test with: CHROME_PATH, an installed one, or one installed now (by apt for root, else Playwright's own).
 *
 * @returns path of the program
 * @throws Error with what to do, when there is none and none can be installed: tests in a browser are never skipped
 * @public
 */
export async function findBrowser(machine: Machine = thisMachine): Promise<string> {
  const { CHROME_PATH } = machine.settings;
  if (CHROME_PATH) {
    if (machine.exists(CHROME_PATH)) return CHROME_PATH;
    throw new Error(`CHROME_PATH names ${CHROME_PATH}, where there is no browser. Correct it, or remove it to have one found.`);
  }
  const installed = installedBrowser(machine);
  if (installed) return installed;
  const failures: string[] = [];
  for (const [how, install] of waysToInstall(machine)) {
    machine.say(`There is no Chromium or Chrome here. Installing one: ${how} …`);
    try {
      await install();
      const now = installedBrowser(machine);
      if (now) return now;
      failures.push(`${how}: ended well, but there is no browser afterwards`);
    } catch (error) {
      failures.push(`${how}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`The tests need a Chromium or Chrome, and none could be found or installed. Install one, or set CHROME_PATH to one, and run them again. Tried:\n${failures.map((failure) => `  - ${failure.trim()}`).join('\n')}`);
}

function installedBrowser(machine: Machine): string | undefined {
  const folders = (machine.settings['PATH'] ?? '').split(delimiter).filter(Boolean);
  return [...PROGRAMS.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES, machine.playwrightBrowser()].find((file) => machine.exists(file));
}

function* waysToInstall(machine: Machine): Generator<[string, () => Promise<unknown>]> {
  if (machine.isRoot) for (const name of ['chromium-headless-shell', 'chromium']) yield [`apt-get install ${name}`, async () => {
    await machine.run('apt-get', ['update']);
    await machine.run('apt-get', ['install', '--yes', '--no-install-recommends', name]);
  }];
  yield ['playwright-core install chromium', () => machine.run(process.execPath, [join(playwrightFolder(), 'cli.js'), 'install', 'chromium'])];
}

function playwrightFolder(): string {
  return join(createRequire(__filename).resolve('playwright-core/package.json'), '..');
}

const thisMachine: Machine = {
  settings: process.env,
  isRoot: process.getuid?.() === 0,
  exists: existsSync,
  run: (program, args) => run(program, [...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 }),
  playwrightBrowser: () => (createRequire(__filename)('playwright-core') as typeof import('playwright-core')).chromium.executablePath(),
  say: (line) => process.stderr.write(`${line}\n`),
};
