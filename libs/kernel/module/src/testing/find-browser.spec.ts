import { findBrowser, type Machine } from './find-browser';

/** A machine that has these files, and gains others by running programs. */
function machine(changes: Partial<Machine> & { files?: string[]; gains?: Record<string, string> } = {}): Machine & { ran: string[] } {
  const files = new Set(changes.files);
  const ran: string[] = [];
  return {
    settings: { PATH: '/usr/bin:/opt/bin' }, isRoot: false, exists: (file) => files.has(file), playwrightBrowser: () => '/playwright/chrome', say: () => undefined, ran,
    run: async (program, args) => {
      ran.push([program, ...args].join(' '));
      const gained = Object.entries(changes.gains ?? {}).find(([end]) => ran.at(-1)?.endsWith(end));
      if (!gained) throw new Error(`${program} failed`);
      files.add(gained[1]);
    },
    ...changes,
  };
}

describe('finding a browser', () => {
  it('takes the one that CHROME_PATH names, and says so when there is none', async () => {
    expect(await findBrowser(machine({ settings: { CHROME_PATH: '/my/chrome', PATH: '/usr/bin' }, files: ['/my/chrome', '/usr/bin/chromium'] }))).toBe('/my/chrome');
    await expect(findBrowser(machine({ settings: { CHROME_PATH: '/no/chrome' } }))).rejects.toThrow('CHROME_PATH names /no/chrome, where there is no browser');
  });

  it('takes an installed Chromium or Chrome, or the one that Playwright keeps', async () => {
    expect(await findBrowser(machine({ files: ['/usr/bin/chromium', '/opt/bin/chromium-headless-shell'] }))).toBe('/opt/bin/chromium-headless-shell');
    expect(await findBrowser(machine({ files: ['/opt/bin/google-chrome'] }))).toBe('/opt/bin/google-chrome');
    expect(await findBrowser(machine({ files: ['/playwright/chrome'] }))).toBe('/playwright/chrome');
  });

  it('installs one by apt when it is root', async () => {
    const root = machine({ isRoot: true, gains: { 'apt-get update': '/lists', 'chromium-headless-shell': '/usr/bin/chromium-headless-shell' } });
    expect(await findBrowser(root)).toBe('/usr/bin/chromium-headless-shell');
    expect(root.ran).toEqual(['apt-get update', 'apt-get install --yes --no-install-recommends chromium-headless-shell']);
    const older = machine({ isRoot: true, gains: { 'apt-get update': '/lists', 'recommends chromium': '/usr/bin/chromium' } });
    expect(await findBrowser(older)).toBe('/usr/bin/chromium');
  });

  it(`installs Playwright's own when it is not root, or when apt fails`, async () => {
    const ordinary = machine({ gains: { 'cli.js install chromium': '/playwright/chrome' } });
    expect(await findBrowser(ordinary)).toBe('/playwright/chrome');
    expect(ordinary.ran).toHaveLength(1);
    const root = machine({ isRoot: true, gains: { 'cli.js install chromium': '/playwright/chrome' } });
    expect(await findBrowser(root)).toBe('/playwright/chrome');
  });

  it('fails with what it tried and what to do, and never skips', async () => {
    await expect(findBrowser(machine({ isRoot: true }))).rejects.toThrow(/Install one, or set CHROME_PATH[\s\S]*apt-get install chromium: apt-get failed[\s\S]*playwright-core install chromium/);
  });
});
