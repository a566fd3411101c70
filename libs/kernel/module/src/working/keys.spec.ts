import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transformFileSync } from '@swc/core';
import { derivedSecret, masterKey } from './keys';

const run = promisify(execFile);
let folder: string;
beforeEach(() => { folder = mkdtempSync(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'keys-')); });
afterEach(() => rmSync(folder, { recursive: true }));

describe('the master key', () => {
  it('is made on the first start, read by its owner alone, and the same on the second', () => {
    const first = masterKey(join(folder, 'data'), undefined);
    expect(first.byteLength).toBe(32);
    expect(statSync(join(folder, 'data', 'master.key')).mode & 0o777).toBe(0o600);
    expect(masterKey(join(folder, 'data'), undefined)).toEqual(first);
    expect(readdirSync(join(folder, 'data'))).toEqual(['master.key']);
  });
  it('is the same for processes that start at once, also in containers where each has the same number', async () => {
    const program = join(folder, 'keys.cjs');
    writeFileSync(program, transformFileSync(join(__dirname, 'keys.ts'), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }).code);
    for (let round = 0; round < 3; round++) {
      const data = join(folder, `data-${round}`);
      const together = Date.now() + 700;
      const script = `Object.defineProperty(process, 'pid', { value: 1 }); const { masterKey } = require(${JSON.stringify(program)}); while (Date.now() < ${together}); masterKey(${JSON.stringify(data)}); setTimeout(() => console.log(Buffer.from(masterKey(${JSON.stringify(data)})).toString('hex')), 100);`;
      const keys = await Promise.all(Array.from({ length: 4 }, async () => (await run(process.execPath, ['-e', script])).stdout.trim()));
      expect(new Set(keys)).toEqual(new Set([Buffer.from(masterKey(data, undefined)).toString('hex')]));
    }
  });
  it('is the one that is given, and no file is made then', () => {
    expect(Buffer.from(masterKey(folder, Buffer.alloc(32, 7).toString('base64')))).toEqual(Buffer.alloc(32, 7));
    expect(readdirSync(folder)).toEqual([]);
  });
  it.each([['too short', Buffer.alloc(31).toString('base64')], ['too long', Buffer.alloc(33).toString('base64')], ['no base64', 'not a key'], ['a key with something else in it', `${Buffer.alloc(32).toString('base64').slice(0, -1)}!!=`], ['in hexadecimal', Buffer.alloc(32).toString('hex')]])('is refused when it is %s', (_what, given) => {
    expect(() => masterKey(folder, given)).toThrow('GUILDHALL_KEY must be 32 bytes in base64');
  });
});

describe('a secret derived from it', () => {
  it('is another for every council and every use, and the same each time', () => {
    const key = Buffer.alloc(32, 1);
    const secrets = [['a', 'x'], ['a', 'y'], ['b', 'x'], ['a', 'x']].map(([council = '', use = '']) => Buffer.from(derivedSecret(key, council, use)).toString('hex'));
    expect(new Set(secrets).size).toBe(3);
    expect(secrets[3]).toBe(secrets[0]);
  });
});
