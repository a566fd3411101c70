import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aCase, aPhoto } from '@guildhall/back-office-contract/testing';
import type { HandedCase, Progress } from '@guildhall/back-office-contract';
import { FixedClock, plainOutbound, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { csvDrop } from '../csv-drop';
import { ExchangeSimulator } from './index';

const NOW = '2026-11-23T12:00:00Z';
const START = new Date('2026-11-23T08:30:00Z');

let root: string;
let system: ExchangeSimulator;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'guildhall-exchange-'));
  system = await ExchangeSimulator.start({ exchanges: ['ours', 'theirs'].map((title) => ({ title, folder: join(root, title) })), now: () => new Date(NOW) });
});
afterEach(async () => {
  await system.stop();
  await rm(root, { recursive: true, force: true });
});

const provider = (folder = 'ours') => csvDrop({ folder: join(root, folder), settlesInSeconds: 0 }).create(testProviderDependencies({ clock: new FixedClock(NOW) }));
const ask = async (folder?: string): Promise<readonly Progress[]> => (await provider(folder).progress?.({ since: START, farReferences: [] })) ?? [];
const handOver = async (changes: Partial<HandedCase> = {}): Promise<string> => {
  const given = aCase(changes);
  await provider().handOver(given);
  await ask();
  return given.reference;
};
const get = (path = '/') => plainOutbound.fetch(`${system.origin}${path}`);
const press = async (path: string, form: Record<string, string> = {}, headers: Record<string, string> = { origin: system.origin }): Promise<number> => (await plainOutbound.fetch(`${system.origin}${path}`, { method: 'POST', headers, body: new URLSearchParams({ exchange: '0', ...form }) })).status;

describe('its page', () => {
  it('shows the files that came and their photos, also after the transfer took them, written so that nothing of it can run', async () => {
    const photos = [aPhoto(), aPhoto()];
    const reference = await handOver({ summary: '<script>alert(1)</script>', photos });
    for (const isTaken of [false, true]) {
      const page = await get();
      expect(page.text()).toContain('&#60;script&#62;');
      expect(page.text()).not.toContain('<script');
      expect([page.text().includes(', which was taken'), page.headers['content-security-policy']?.startsWith("default-src 'none'; img-src 'self'")]).toEqual([isTaken, true]);
      const [, address = ''] = new RegExp(`<img src="([^"]+)" alt="Photo 2 of ${reference}">`).exec(page.text()) ?? [];
      expect(Buffer.from((await get(address)).bytes())).toEqual(await photos[1]?.bytes());
      expect(await press('/take')).toBe(303);
    }
    expect(await readdir(join(root, 'ours', 'out'))).toEqual([]);
    for (const path of ['/photos/0/..%2f..%2fours.csv', '/photos/0/%2e%2e', '/photos/9/a.jpg', '/photos/0/nothing.jpg', `/photos/1/${reference}-1.jpg`]) expect((await get(path)).status).toBe(404);
  });
  it('writes a file of what happened, which the council reads once, and the same once more', async () => {
    const reference = await handOver();
    expect([await press('/happens', { reference, status: 'fixed', text: 'Lit, "again"' }), await press('/again', { reference })]).toEqual([303, 303]);
    const told = await ask();
    expect(told).toHaveLength(2);
    expect(new Set(told.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify({ progressId: 'F-1', status: 'fixed', at: new Date(NOW), caseReference: reference, farReference: 'L-1001', text: 'Lit, "again"' })]));
    expect([await press('/happens', { reference: 'XX-1', status: 'fixed' }), await press('/again', { reference: 'XX-1' }), await press('/happens', { reference, exchange: '1' }), await press('/happens', { reference, exchange: '7' })]).toEqual([404, 404, 404, 404]);
    expect(await ask('theirs')).toEqual([]);
    expect((await get()).text()).toContain(`${reference}: Pothole, fixed`);
  });
  it.each([['no-status', 'it has no status'], ['odd-time', 'at must be an instant'], ['other-columns', 'the first line must name'], ['no-utf8', 'the file is not UTF-8'], ['open-quote', 'the file is no CSV']] as const)('writes a file that cannot be read (%s), and shows what the council found wrong', async (fault, problem) => {
    const reference = await handOver();
    expect(await press('/faults', { fault, times: '1' })).toBe(303);
    expect((await get()).text()).toContain(`<li>${fault}, 1 more</li>`);
    await press('/happens', { reference, status: 'fixed' });
    expect(await ask()).toEqual([]);
    expect((await get()).text()).toMatch(new RegExp(`could not read all of told-.*${problem}`, 's'));
  });
  it('writes a file late, in two, or about a case that nobody has', async () => {
    const reference = await handOver();
    for (const fault of ['delay', 'twice', 'unknown-case']) await press('/faults', { fault, times: '1' });
    await press('/happens', { reference, status: 'in_progress' });
    expect(await ask()).toEqual([]);
    expect((await get()).text()).toContain('Files that are not finished');
    expect(await press('/finish')).toBe(303);
    expect((await ask()).map(({ progressId }) => progressId)).toEqual(['F-1']);
    await press('/happens', { reference, status: 'fixed' });
    await press('/happens', { reference, status: 'fixed' });
    expect((await ask()).map(({ progressId, caseReference }) => `${progressId} ${caseReference === reference}`).sort()).toEqual(['F-1 true', 'F-2 true', 'F-2 true', 'F-3 false']);
  });
  it('takes the folder away, so that the council can do nothing there, and gives it back with all that was in it; also when it ended meanwhile', async () => {
    const reference = await handOver();
    expect([await press('/away'), await press('/away')]).toEqual([303, 303]);
    await expect(provider().handOver(aCase())).rejects.toMatchObject({ code: 'unavailable' });
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable' });
    expect((await get()).text()).toMatch(new RegExp(`Its folder is away.*${reference}`, 's'));
    await press('/happens', { reference, status: 'fixed' });
    expect([await press('/back'), await press('/back'), (await ask()).length]).toEqual([303, 303, 1]);
    await press('/away');
    await system.stop();
    system = await ExchangeSimulator.start({ exchanges: [{ title: 'ours', folder: join(root, 'ours') }] });
    expect((await ask()).length).toBe(1);
  });
  it('does nothing that a page of another site sends, and nothing that it does not know', async () => {
    const reference = await handOver();
    for (const path of ['/happens', '/again', '/faults', '/clear', '/away', '/back', '/take', '/finish']) expect(await press(path, { reference, status: 'fixed' }, { origin: 'https://elsewhere.example' })).toBe(403);
    expect([await press('/other'), await press('/faults', { fault: 'nonsense' }), await press('/faults', { fault: 'twice', times: '0' }), await press('/clear', {}, { 'simulator-control': 'yes' }), (await plainOutbound.fetch(system.origin, { method: 'PUT' })).status]).toEqual([404, 400, 400, 303, 405]);
    expect(await ask()).toEqual([]);
  });
});
