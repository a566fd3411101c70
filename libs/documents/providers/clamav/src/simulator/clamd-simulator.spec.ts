import { connect } from 'node:net';
import { harmlessVirus } from '@guildhall/documents-contract/testing';
import { startClamd } from './index';
import type { ClamdSimulator } from './index';

let clamd: ClamdSimulator;
beforeEach(async () => { clamd = await startClamd({ now: () => new Date('2026-11-28T09:05:03Z') }); });
afterEach(() => clamd.stop());

/** Says these, each in a packet of its own, and hears everything until the other side hangs up. */
async function say(...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(clamd.address).port) });
  let heard = '';
  socket.setNoDelay(true).on('data', (data: Buffer) => { heard += data.toString('latin1'); }).on('error', () => undefined);
  const over = new Promise((resolve) => { socket.on('close', resolve); });
  for (const part of parts) { if (!socket.destroyed) socket.write(part); await new Promise((resolve) => setImmediate(resolve)); }
  await over;
  return heard;
}
function chunk(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.byteLength);
  return Buffer.concat([length, bytes]);
}
const end = Buffer.alloc(4);

describe('a simulated clamd answers as clamd 1.4.6 does', () => {
  it.each([
    ['zPING\0', 'PONG\0'], ['nPING\n', 'PONG\n'], ['PING\n', 'PONG\n'], ['zFOO\0', 'UNKNOWN COMMAND\0'], ['zVERSION\0', 'ClamAV 1.4.6/27512/Sat Nov 28 09:05:03 2026\0'],
  ])('%j with %j', async (said, heard) => expect(await say(said)).toBe(heard));
  it('a stream in chunks of any size, cut anywhere', async () => {
    const virus = harmlessVirus();
    expect(await say('zINSTREAM\0', chunk(Buffer.from('hello')), end)).toBe('stream: OK\0');
    expect(await say('nINSTREAM\n', end)).toBe('stream: OK\n');
    expect(await say(Buffer.concat([Buffer.from('zINSTREAM\0'), chunk(virus), end]))).toBe('stream: Win.Test.EICAR_HDB-1 FOUND\0');
    const whole = Buffer.concat([Buffer.from('zINSTREAM\0'), chunk(virus.subarray(0, 20)), chunk(virus.subarray(20)), end]);
    expect(await say(...Array.from(whole, (byte) => Buffer.from([byte])))).toBe('stream: Win.Test.EICAR_HDB-1 FOUND\0');
  });
  it('a stream beyond StreamMaxLength before it has all of it', async () => {
    clamd.streamMaxInBytes = 1_000;
    expect(await say('zINSTREAM\0', chunk(Buffer.alloc(600)), chunk(Buffer.alloc(600)))).toBe('INSTREAM size limit exceeded. ERROR\0');
  });
  it('several commands in a session, numbered', async () => {
    expect(await say('zIDSESSION\0zPING\0', 'zINSTREAM\0', chunk(harmlessVirus()), end, 'zEND\0')).toBe('1: PONG\x002: stream: Win.Test.EICAR_HDB-1 FOUND\0');
  });
});

describe('its page', () => {
  const post = (at: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> => fetch(`${clamd.pageOrigin}${at}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers: { connection: 'close', ...headers } });
  it('shows what was scanned without its content, and drives it', async () => {
    await say('zINSTREAM\0', chunk(Buffer.from('Dear council')), end);
    expect((await post('/faults', { fault: 'odd-words', times: '2' }, { origin: clamd.pageOrigin })).status).toBe(303);
    expect((await post('/signatures', { days: '9' }, { 'simulator-control': 'yes' })).status).toBe(303);
    const page = await (await fetch(clamd.pageOrigin, { headers: { connection: 'close' } })).text();
    expect(page).toContain('odd-words, 2 more');
    expect(page).not.toContain('Dear council');
    expect(await say('zVERSION\0')).toContain('Thu Nov 19');
  });
  it('is not driven from elsewhere, and refuses what it does not know', async () => {
    expect((await post('/clear', {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('/faults', { fault: 'earthquake' }, { 'simulator-control': 'yes' })).status).toBe(400);
  });
});
