import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { realLookingNumbers } from './real-looking-numbers.mjs';

const root = path.join(__dirname, '../..');
/** Put together here, so that this file holds none. */
const nationalInsurance = ['AB', '12', '34', '56', 'C'];
const nhs = ['943', '476', '5919'];

describe('real-looking numbers', () => {
  it('are National Insurance numbers with a prefix that is given out, however they are spaced', () => {
    for (const gap of ['', ' ']) expect(realLookingNumbers(`number: '${nationalInsurance.join(gap)}'`).map(({ kind }) => kind)).toEqual(['National Insurance number']);
  });

  it('are not those with a prefix that is never given out, nor parts of longer words', () => {
    expect(realLookingNumbers('QQ123456C QQ 12 34 56 C')).toEqual([]);
    expect(realLookingNumbers(`x${nationalInsurance.join('')}`)).toEqual([]);
  });

  it('are NHS numbers with the right check digit, written as they are or where the line says so', () => {
    expect(realLookingNumbers(nhs.join(' ')).map(({ kind }) => kind)).toEqual(['NHS number']);
    expect(realLookingNumbers(`nhsNumber: '${nhs.join('')}'`).map(({ kind }) => kind)).toEqual(['NHS number']);
    expect(realLookingNumbers(`seconds: ${nhs.join('')}`)).toEqual([]);
  });

  it('are not those from 999, nor those with a wrong check digit', () => {
    expect(realLookingNumbers('999 123 4560')).toEqual([]);
    expect(realLookingNumbers('943 476 5918')).toEqual([]);
  });

  it('are in no file of this repository', () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\0').filter((file) => /\.(ts|mjs|cjs|js|json|njk|md|sql|yml|scss|html|csv|txt)$/.test(file) && file !== 'package-lock.json');
    const found = files.map((file) => path.join(root, file)).filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile()).flatMap((file) => realLookingNumbers(readFileSync(file, 'utf8')).map(({ kind }) => `${kind} in ${path.relative(root, file)}`));
    expect(files.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
  });
});
