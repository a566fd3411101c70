import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { differences, write } from './compare.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-reports-'));
  mkdirSync(path.join(folder, 'api'));
  writeFileSync(path.join(folder, 'api/payments.md'), 'one\ntwo\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('committed reports', () => {
  it('are right when they say what is so', () => {
    expect(differences(folder, ['api'], new Map([['api/payments.md', 'one\ntwo\n']]))).toEqual([]);
  });

  it('are refused where they differ, naming the first line', () => {
    const [difference] = differences(folder, ['api'], new Map([['api/payments.md', 'one\nthree\n']]));
    expect(difference).toEqual({ file: 'api/payments.md', what: 'differs from line 2 on:\n      committed: two\n      now:       three' });
  });

  it('are refused when one is missing, or is about something that is gone', () => {
    expect(differences(folder, ['api'], new Map([['api/cases.md', 'x']]))).toEqual([{ file: 'api/cases.md', what: 'is not committed' }, { file: 'api/payments.md', what: 'is about something that is no longer there' }]);
  });

  it('are written as they are now, and removed with what they were about; other parts stay', () => {
    writeFileSync(path.join(folder, 'manifests.json'), '{}');
    write(folder, ['api'], new Map([['api/cases.md', 'new\n']]));
    expect(readFileSync(path.join(folder, 'api/cases.md'), 'utf8')).toBe('new\n');
    expect(existsSync(path.join(folder, 'api/payments.md'))).toBe(false);
    expect(existsSync(path.join(folder, 'manifests.json'))).toBe(true);
  });
});
