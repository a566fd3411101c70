import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { whatChanges } from './what-changes';

describe('what a release changes', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'changes-'));
    folder = path.join(root, 'packages/parking');
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => { rmSync(root, { recursive: true, force: true }); });
  const plan = (file: string, text: string): void => {
    mkdirSync(path.join(root, '.nx/version-plans'), { recursive: true });
    writeFileSync(path.join(root, '.nx/version-plans', file), text);
  };
  const changes = (): Promise<string | undefined> => whatChanges(folder, '@westmarch/parking', '1.2.0');

  it('stands in its changelog, under this version alone', async () => {
    writeFileSync(path.join(folder, 'CHANGELOG.md'), '# Changes\r\n\r\n## 1.3.0 (2026-12-01)\r\n\r\nLater.\r\n\r\n## [1.2.0] - 2026-11-01\r\n\r\n### Features\r\n\r\n- Zones.\r\n\r\n## 1.1.0\r\n\r\nEarlier.\r\n');
    expect(await changes()).toBe('### Features\n\n- Zones.');
  });
  it('stands in the version plans that name it, of a release that was not made yet', async () => {
    plan('b.md', '---\nparking: minor\n"@westmarch/other": patch\n---\n\nZones.\n');
    plan('a.md', "---\n'@westmarch/parking': patch\n---\n\nQuicker.\n");
    plan('c.md', '---\nparking-contract: major\n---\n\nAnother package.\n');
    expect(await changes()).toBe('Quicker.\n\nZones.');
    writeFileSync(path.join(folder, 'CHANGELOG.md'), '## 1.1.0\n\nEarlier.\n');
    expect(await changes()).toBe('Quicker.\n\nZones.');
  });
  it('is not made up', async () => {
    expect(await changes()).toBeUndefined();
    plan('c.md', '---\nparking-contract: major\n---\n\nAnother package.\n');
    writeFileSync(path.join(folder, 'CHANGELOG.md'), '## 1.2.0\n\n## 1.1.0\n\nEarlier.\n');
    expect(await changes()).toBeUndefined();
  });
});
