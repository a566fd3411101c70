import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { codeSignInKit } from '@guildhall/identity-contract/testing';
import { testReportedConformance } from '@guildhall/kernel-contract';
import { oneTimeCode } from './index';
import { made, source } from './testing/conformance-harness';

const reported = testReportedConformance(codeSignInKit, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', async () => {
  const file = path.join(__dirname, '../conformance.json');
  const report = reported('@guildhall/identity-provider-one-time-code');
  if (process.env.GUILDHALL_WRITE_REPORTS) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(report);
});

describe('a council that chooses otherwise', () => {
  it('is told at once when the choice would not be safe', () => {
    expect(() => oneTimeCode({ minutes: 0 })).toThrow('1 to 30 whole minutes');
    expect(() => oneTimeCode({ tries: 100 })).toThrow('3 to 10 times');
    expect(() => oneTimeCode({ channels: [] })).toThrow('name "email", "text" or both');
  });

  it('gets its own lifetime and tries', async () => {
    const begun = await made({}, { minutes: 5, tries: 3, channels: ['text'] }).begin({ channel: 'text', address: '+447700900123' });
    expect(begun.send?.minutes).toBe(5);
    expect(begun.challenge).toMatchObject({ triesLeft: 3, expiresAt: new Date('2026-11-23T09:05:00Z') });
  });

  it('draws every digit evenly', async () => {
    const provider = made({ ids: { uuid: () => '', token: () => 'salt', bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) } });
    const seen = new Array<number>(10).fill(0);
    const rounds = 5000;
    for (let i = 0; i < rounds; i++) {
      const { send } = await provider.begin({ channel: 'email', address: 'a@post.example' });
      for (const digit of send?.code ?? '') seen[Number(digit)] = (seen[Number(digit)] ?? 0) + 1;
    }
    const expected = (rounds * 6) / 10;
    const chiSquare = seen.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 9 degrees of freedom: above 40 once in 100,000 runs.
    expect(chiSquare).toBeLessThan(40);
  });
});
