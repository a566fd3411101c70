import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { refused } from '@guildhall/kernel-contract';
import { CONFIGURATION, InventedCouncil } from '../../test/invented-council';
import type { World } from '../command';
import { carriedOut, resumed, textsIn, type Change } from './change';

const FILE = 'src/council.config.ts';
const EDITED = `${CONFIGURATION}// An hour's work.\n`;
const JOURNAL = '.guildhall/change.json';
const LIES_THERE = 'node_modules/.package-lock.json';

describe('a change that is not carried out', () => {
  let council: InventedCouncil;
  let world: World;
  beforeEach(() => {
    // It works out what is to be installed, and does not come to install it.
    council = new InventedCouncil({ 'programs/npm': '#!/bin/sh\ncase "$*" in *--package-lock-only*) echo "{}" > package.json; echo "{}" > package-lock.json; echo "{}" > node_modules/.package-lock.json; exit 0;; esac\necho "npm error no room"\nexit 1\n', [LIES_THERE]: '{"packages":{}}' });
    chmodSync(path.join(council.folder, 'programs/npm'), 0o755);
    world = council.world({ env: { PATH: `${path.join(council.folder, 'programs')}:${process.env['PATH'] ?? ''}` } });
  });
  afterEach(() => { council.forget(); });
  const change = (more: Partial<Change> = {}): Change => ({ what: 'add parking', npm: ['install', 'parking'], texts: { [FILE]: '// With parking.\n' }, read: textsIn(council.folder, [FILE]), ...more });
  const npms = (): readonly string[] => ['package.json', 'package-lock.json', LIES_THERE].map((file) => council.read(file));

  it('takes back what npm wrote when it is refused, and nothing that somebody else has saved meanwhile', async () => {
    const before = npms();
    expect(await carriedOut(world, change({ verify: () => { council.write(FILE, EDITED); return Promise.resolve(refused('tampered', 'Other bytes.')); } }))).toMatchObject({ ok: false });
    expect([npms(), council.read(FILE), existsSync(path.join(council.folder, JOURNAL))]).toEqual([before, EDITED, false]);
  });
  it('writes over nothing that was saved after it was worked out', async () => {
    const before = npms();
    const asked = change();
    council.write(FILE, EDITED);
    await expect(carriedOut(world, asked)).rejects.toThrow(`${FILE} was changed meanwhile`);
    expect([npms(), council.read(FILE), existsSync(path.join(council.folder, JOURNAL))]).toEqual([before, EDITED, false]);
  });
  it('leaves npm to look for itself at what lies there when it has begun to install', async () => {
    const [manifest, lock] = npms();
    await expect(carriedOut(world, change())).rejects.toThrow('no room');
    expect([council.read('package.json'), council.read('package-lock.json'), council.read(FILE), existsSync(path.join(council.folder, LIES_THERE)), existsSync(path.join(council.folder, JOURNAL))]).toEqual([manifest, lock, CONFIGURATION, false, false]);
  });
  it('was cut off before it was decided: what was saved since stays', async () => {
    const before = npms();
    const ended = 2 ** 22 + 1;
    council.write(JOURNAL, JSON.stringify({ what: 'add parking', process: ended, before: textsIn(council.folder, ['package.json', 'package-lock.json', LIES_THERE, FILE]) }));
    council.write('package.json', '{}');
    council.write(FILE, EDITED);
    expect(await resumed(world)).toContain('was interrupted before anything was decided');
    expect([npms(), council.read(FILE), existsSync(path.join(council.folder, JOURNAL))]).toEqual([before, EDITED, false]);
  });
  it('does not begin while another is under way', async () => {
    council.write(JOURNAL, '{"what":"remove parking"}');
    const before = npms();
    await expect(carriedOut(world, change())).rejects.toThrow('Another “guildhall” is under way in this folder.');
    expect([npms(), council.read(JOURNAL), existsSync(path.join(council.folder, `${JOURNAL}.${process.pid}`))]).toEqual([before, '{"what":"remove parking"}', false]);
  });
});
