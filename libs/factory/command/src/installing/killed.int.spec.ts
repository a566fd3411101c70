import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { CONFIGURATION, InventedCouncil } from '../../test/invented-council';
import { resumed } from './change';

const FIVE_MINUTES = 300_000;
const root = path.join(__dirname, '../../../../..');
const FILE = 'src/council.config.ts';
const [EDITED, REMEMBERED] = ['// With parking.\n', '{"scopes":["@westmarch"]}'];
const CHANGE = { what: 'upgrade @westmarch/parking@1.1.0', npm: ['install', '@westmarch/parking@1.1.0'], texts: { [FILE]: EDITED, 'guildhall.json': REMEMBERED }, main: 'dist/main.js' };
/** npm as far as it is used here. What `KILL` names kills whoever asked, before it is done, in the middle of it or after it. */
const NPM = `#!/bin/sh
die() { if [ "$KILL" = "$1" ]; then kill -9 $PPID; exit 1; fi; }
case "$*" in
*--package-lock-only*) at=lock; die before-lock; echo '{"parking":"1.1.0"}' > package.json; die within-lock; echo '{"locked":"1.1.0"}' > package-lock.json ;;
*build*) at=build; die before-build; mkdir -p dist; echo "" > dist/half.js; die within-build; cp main.js dist/main.js ;;
*) at=install; die before-install; mkdir -p node_modules/parking; die within-install; cp package.json node_modules/parking/package.json; echo '{"locked":"1.1.0"}' > node_modules/.package-lock.json ;;
esac
die after-$at
`;
/** The app, which has one migration; it is done or not. */
const MAIN = `const fs = require('node:fs');
const die = (when) => { if (process.env.KILL === when) { process.kill(process.ppid, 'SIGKILL'); process.exit(1); } };
die('before-migrate');
if (fs.existsSync('migrated')) console.log('The database is up to date.');
else { fs.writeFileSync('migrated', fs.readFileSync('src/council.config.ts')); console.log('Applied 1.'); }
die('after-migrate');
`;

let council: InventedCouncil;
beforeAll(() => { execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-b', 'libs/factory/command'], { cwd: root }); }, FIVE_MINUTES);
beforeEach(begin);
afterEach(() => council.forget());

function begin(): void {
  council = new InventedCouncil({ 'programs/npm': NPM, 'main.js': MAIN, 'dist/main.js': '', 'node_modules/.package-lock.json': '{"locked":"1.0.0"}' });
  chmodSync(path.join(council.folder, 'programs/npm'), 0o755);
}
const env = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({ ...council.world().env, PATH: `${path.join(council.folder, 'programs')}:${process.env['PATH'] ?? ''}`, ...more });
/** Carries the change out in a process of its own. @returns whether it was killed */
function killed(step: number, kill = ''): boolean {
  const { signal, status, stderr } = spawnSync(process.execPath, [path.join(__dirname, '../../test/killed-at.cjs'), JSON.stringify(CHANGE), String(step)], { cwd: council.folder, env: env({ KILL: kill }), encoding: 'utf8' });
  if (signal === null && status !== 0) throw new Error(stderr);
  return signal === 'SIGKILL';
}
const read = (file: string): string | undefined => (existsSync(path.join(council.folder, file)) ? council.read(file).trim() : undefined);
/** What there is now, as a person would see it. */
const seen = () => ({ manifest: read('package.json'), lock: read('package-lock.json'), configuration: read(FILE), remembered: read('guildhall.json'), installed: read('node_modules/parking/package.json'), migrated: read('migrated'), left: existsSync(path.join(council.folder, '.guildhall/change.json')) });
const DONE = { manifest: '{"parking":"1.1.0"}', lock: '{"locked":"1.1.0"}', configuration: EDITED.trim(), remembered: REMEMBERED, installed: '{"parking":"1.1.0"}', migrated: EDITED.trim(), left: false };
const resume = (): Promise<string | undefined> => resumed(council.world({ env: env() }));

describe('an upgrade that is killed', () => {
  it('at any file that it writes, or program that it starts, is not begun or is done as a whole by the next command', async () => {
    const ways: string[] = [];
    for (let step = 1; ; step += 1) {
      council.forget();
      begin();
      const before = seen();
      expect(before).toMatchObject({ configuration: CONFIGURATION.trim(), left: false });
      const wasKilled = killed(step);
      const words = await resume();
      const now = seen();
      if (!wasKilled) {
        expect([words, now]).toEqual([undefined, DONE]);
        break;
      }
      const way = words === undefined ? (now.migrated === undefined ? 'not begun' : 'had ended') : words.includes('before anything was decided') ? 'put back' : 'finished';
      expect([step, now]).toEqual([step, way === 'not begun' || way === 'put back' ? before : DONE]);
      if (ways.at(-1) !== way) ways.push(way);
    }
    // From the first to the last, and never back.
    expect(ways).toEqual(['not begun', 'put back', 'finished']);
  }, FIVE_MINUTES);

  it.each([
    ['before-lock', 'put back'], ['within-lock', 'put back'], ['after-lock', 'put back'],
    ['before-install', 'finished'], ['within-install', 'finished'], ['after-install', 'finished'],
    ['before-build', 'finished'], ['within-build', 'finished'], ['after-build', 'finished'],
    ['before-migrate', 'finished'], ['after-migrate', 'finished'],
  ] as const)('by what it has started, %s, is %s by the next command', async (kill, way) => {
    const before = seen();
    expect(killed(0, kill)).toBe(true);
    expect(seen().left).toBe(true);
    const words = await resume();
    expect(seen()).toEqual(way === 'put back' ? before : DONE);
    expect(words).toContain(way === 'put back' ? '“guildhall upgrade @westmarch/parking@1.1.0” was interrupted before anything was decided: all is as it was before it.' : '“guildhall upgrade @westmarch/parking@1.1.0” was interrupted, and is finished now.');
    if (way === 'finished') expect(words).toContain(kill === 'after-migrate' ? 'The database is up to date.' : 'Applied 1.');
    expect(await resume()).toBeUndefined();
  }, FIVE_MINUTES);

  it('a second time, while the next command finishes it, is finished by the one after that', async () => {
    expect(killed(0, 'within-install')).toBe(true);
    const again = spawnSync(process.execPath, ['-e', `const { resumed } = require(${JSON.stringify(path.join(__dirname, '../../dist/installing/change.js'))}); void resumed({ folder: process.cwd(), env: process.env, say: () => undefined });`], { cwd: council.folder, env: env({ KILL: 'within-build' }) });
    expect([again.signal, seen().left]).toEqual(['SIGKILL', true]);
    expect(await resume()).toContain('is finished now.');
    expect(seen()).toEqual(DONE);
  }, FIVE_MINUTES);
});
