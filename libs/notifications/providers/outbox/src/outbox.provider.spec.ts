import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock, testCouncil } from '@guildhall/kernel-contract/testing';
import type { CouncilId } from '@guildhall/kernel-contract';
import { aText, anEmail } from '@guildhall/notifications-contract/testing';
import { OutboxProvider } from './outbox.provider';
import { outbox } from './index';

describe('the outbox', () => {
  let dataFolder: string;
  const clock = new FixedClock();
  const open = (): OutboxProvider => new OutboxProvider({}, { council: testCouncil(), clock, dataFolder });
  beforeEach(async () => { dataFolder = await mkdtemp(join(tmpdir(), 'guildhall-outbox-')); });
  afterEach(async () => { await rm(dataFolder, { recursive: true }); });

  it('is a sandbox, so that production refuses it unless accepted by name', () => {
    expect(outbox()).toMatchObject({ id: 'notifications.outbox', isSandbox: true });
  });

  it.each([
    ['an e-mail to temp-fail@', anEmail({ to: { address: 'temp-fail@riverbourne.example' } }), 'temporary'],
    ['an e-mail to perm-fail@', anEmail({ to: { address: 'perm-fail@riverbourne.example' } }), 'permanent'],
    ['a text to 07700 900003', aText({ to: { phone: '+447700900003' } }), 'temporary'],
    ['a text to 07700 900002', aText({ to: { phone: '+447700900002' } }), 'permanent'],
  ] as const)('fails %s, and keeps nothing', async (_, message, reason) => {
    const provider = open();
    await expect(provider.send(message)).resolves.toMatchObject({ ok: false, refusal: { reason } });
    await expect(provider.outbox.list()).resolves.toEqual([]);
  });

  it('keeps one reference once when servers and workers send it at the same moment', async () => {
    const message = anEmail();
    await Promise.all(Array.from({ length: 10 }, () => open().send(message)));
    await expect(open().outbox.list()).resolves.toHaveLength(1);
  });

  it('keeps a message of which an earlier try died between its two steps', async () => {
    const provider = open();
    const message = anEmail();
    await provider.send(message);
    const folder = join(dataFolder, 'outbox', testCouncil().id);
    for (const name of await readdir(folder)) if (name.endsWith('.json')) await rm(join(folder, name));
    await provider.send(message);
    await expect(provider.outbox.list()).resolves.toHaveLength(1);
  });

  it('lists at most 100 and forgets the oldest beyond a thousand', async () => {
    const provider = open();
    const first = aText();
    await provider.send(first);
    for (let count = 0; count < 1199; count++) { clock.advance(1); await provider.send(aText()); }
    await expect(provider.outbox.list()).resolves.toHaveLength(100);
    await expect(provider.outbox.find(first.reference)).resolves.toBeUndefined();
    const names = await readdir(join(dataFolder, 'outbox', testCouncil().id));
    expect(names.filter((name) => name.endsWith('.json')).length).toBe(1000);
    expect(names.filter((name) => name.endsWith('.claim')).length).toBe(1000);
  });

  it('keeps no file that others on the machine can read', async () => {
    const provider = open();
    await provider.send(anEmail());
    const folder = join(dataFolder, 'outbox', testCouncil().id);
    expect((await stat(folder)).mode & 0o077).toBe(0);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
  });

  it('is shared by the processes of one council and apart for each council', async () => {
    await open().send(anEmail());
    await expect(open().outbox.list()).resolves.toHaveLength(1);
    const other = new OutboxProvider({}, { council: testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId }), clock, dataFolder });
    await expect(other.outbox.list()).resolves.toEqual([]);
  });
});
