import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atRest } from '@guildhall/kernel-contract';
import { FixedClock, RecordedLog, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { harmlessVirus, photoWithPlace } from '@guildhall/documents-contract/testing';
import { clamAv } from './clam-av';
import { ClamAvScanner } from './clam-av.provider';
import { parseClamdAddress } from './options';
import type { ClamAvOptions } from './options';
import { readVerdict } from './read-verdict';
import { readVersion } from './read-version';
import { startClamd } from './simulator';
import type { ClamdSimulator } from './simulator';

const clock = new FixedClock('2026-11-27T09:00:00Z');
let clamd: ClamdSimulator;
let log: RecordedLog;
beforeEach(async () => {
  clamd = await startClamd({ now: () => clock.now() });
  log = new RecordedLog();
});
afterEach(() => clamd.stop());

function scanner(options: Partial<ClamAvOptions> = {}): ClamAvScanner {
  return new ClamAvScanner({ address: clamd.address, ...options }, testProviderDependencies({ clock, log }), () => Promise.resolve());
}
const check = (options: Partial<ClamAvOptions> = {}): Promise<{ readonly ok: boolean; readonly message: string }> => scanner(options).check();

describe('scanning with clamd', () => {
  it('over a Unix socket is the same', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'clamd-'));
    const near = await startClamd({ socketPath: path.join(folder, 'clamd.ctl') });
    try {
      const found = await scanner({ address: near.address }).scan(atRest(harmlessVirus()));
      expect(found).toEqual({ isClean: false, finding: 'Win.Test.EICAR_HDB-1' });
      expect(await scanner({ address: near.address }).scan(atRest(photoWithPlace))).toEqual({ isClean: true });
    } finally {
      await near.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
  it('is tried once more when the connection is lost, as when clamd starts anew', async () => {
    clamd.failNext('lose-connection');
    expect(await scanner().scan(atRest(photoWithPlace))).toEqual({ isClean: true });
    clamd.failNext('refuse-connection');
    expect(await scanner().scan(atRest(photoWithPlace))).toEqual({ isClean: true });
    expect(log.lines.map(({ event }) => event)).toEqual(['clamav.did-not-scan', 'clamav.did-not-scan']);
  });
  it('is given up in time when clamd takes the file and says nothing', async () => {
    clamd.failNext('hang', Infinity);
    await expect(scanner({ timeoutInSeconds: 0.1 }).scan(atRest(photoWithPlace))).rejects.toMatchObject({ code: 'unavailable', retryAfterInSeconds: undefined });
  });
  it('of a file that is too large is not tried again, and the log says for the operator what is wrong', async () => {
    clamd.streamMaxInBytes = 1_000;
    await expect(scanner().scan(atRest(Buffer.alloc(2_000)))).rejects.toMatchObject({ code: 'unavailable', retryAfterInSeconds: 60 });
    expect(clamd.scans).toHaveLength(1);
    expect(log.lines).toEqual([{ level: 'error', event: 'clamav.file-too-large', ids: { council: 'testham', sizeInBytes: 2_000 } }]);
  });
  it('called clean before clamd had the whole of it is not clean', async () => {
    clamd.failNext('clean-too-early', Infinity);
    await expect(scanner().scan(atRest(Buffer.alloc(10_000_000)))).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('finds what begins like the test virus however its bytes are cut', async () => {
    expect(await scanner().scan(atRest(Buffer.concat([harmlessVirus(), Buffer.alloc(200_000, 0x20)])))).toEqual({ isClean: false, finding: 'Eicar-Signature' });
  });
});

describe('a verdict', () => {
  it('is clean only in these very words', () => {
    expect(readVerdict('stream: OK')).toEqual({ isClean: true });
    for (const odd of ['', 'OK', 'stream: ok', 'stream: OK\n', 'stream: OK ', 'stream: PROBABLY OK', 'stream: Can\'t open file ERROR', 'UNKNOWN COMMAND', 'PONG']) expect(readVerdict(odd)).toBeUndefined();
  });
  it('names the find in plain letters, whatever the data base says', () => expect(readVerdict('stream: Evil\u202e<b>\nname FOUND')).toEqual({ isClean: false, finding: 'Evil__b__name' }));
});

describe('where clamd listens', () => {
  it.each([['unix:/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }], ['unix:///run/clamd', { path: '/run/clamd' }], ['tcp://localhost', { host: '127.0.0.1', port: 3310 }], ['tcp://clamd.riverbourne.example:4000', { host: 'clamd.riverbourne.example', port: 4000 }], ['tcp://[::1]:3310', { host: '::1', port: 3310 }]] as const)('%s', (address, parsed) => expect(parseClamdAddress(address)).toEqual(parsed));
  it.each(['', 'localhost:3310', 'http://localhost:3310', 'unix:relative', 'tcp://host:99999', 'tcp://a b'])('is not "%s", and the council is told at once', (address) => expect(() => clamAv({ address }).create(testProviderDependencies())).toThrow('is not where clamd listens'));
});

describe('the connection check', () => {
  it('says which signatures scan', async () => {
    clamd.signaturesAgeInDays = 1;
    expect(await check()).toEqual({ ok: true, message: 'ClamAV 1.4.6 scans, with signatures 27512 of 2026-11-26.' });
  });
  it('warns of signatures that are old, and of none', async () => {
    clamd.signaturesAgeInDays = 4;
    expect(await check()).toMatchObject({ ok: false, message: expect.stringContaining('4 days old. Look at freshclam') });
    expect(await check({ oldestSignaturesInDays: 7 })).toMatchObject({ ok: true });
    clamd.signaturesAgeInDays = 'none';
    expect(await check()).toMatchObject({ ok: false, message: expect.stringContaining('no signatures') });
  });
  it('warns when the test virus is not found', async () => {
    clamd.failNext('finds-nothing', Infinity);
    expect(await check()).toMatchObject({ ok: false, message: expect.stringContaining('did not find the harmless test virus') });
  });
  it('warns when clamd takes less than the council does', async () => {
    clamd.streamMaxInBytes = 1_000_000;
    expect(await check()).toMatchObject({ ok: false, message: expect.stringContaining('StreamMaxLength') });
    expect(await check({ largestInBytes: 1_000_000 })).toMatchObject({ ok: true });
  });
  it('warns when nobody is there, and when it is not clamd', async () => {
    clamd.failNext('web-server', Infinity);
    expect((await check()).ok).toBe(false);
    await clamd.stop();
    expect(await check()).toMatchObject({ ok: false, message: expect.stringContaining('Is clamd running') });
    await expect(clamAv({ address: clamd.address }).check?.(scanner())).resolves.toMatchObject({ ok: false });
  });
  it.each([['ClamAV 1.4.6/27512/Fri Nov 27 08:31:20 2026', '2026-11-27T08:31:20.000Z'], ['ClamAV 0.103.12/26900/Tue Dec  1 09:00:00 2026\n', '2026-12-01T09:00:00.000Z']])('reads %j', (answer, at) => expect(readVersion(answer)?.signedAt?.toISOString()).toBe(at));
  it.each(['PONG', 'ClamAV', 'nginx/1.2', 'SSH-2.0-OpenSSH'])('takes %s for no clamd', (answer) => expect(readVersion(answer)).toBeUndefined());
});
