import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseStoreKey } from '@guildhall/documents-contract';
import { atRest, type CouncilId } from '@guildhall/kernel-contract';
import { RecordedLog, plainOutbound, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { simulatedS3 } from './simulated-s3';

it('a simulated S3 beside the council\'s server and the council\'s provider know each other, nobody else is let in, and a document is still there when both have been started again', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'simulated-s3-'));
  const [riverbourne, glanafon] = [testCouncil(), testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId })];
  const secretOf = ({ id }: { readonly id: string }, name: string): Uint8Array => createHash('sha256').update(`${id} ${name}`).digest();
  const installation = simulatedS3();
  const started = async () => installation.companion?.start({ port: 0, dataFolder, councils: [riverbourne, glanafon], outbound: plainOutbound, log: new RecordedLog(), secret: (council, providerId, name) => (providerId === installation.id ? secretOf(council, name) : Buffer.alloc(32)) });
  const storeOf = (council: typeof riverbourne, companionOrigin: string | undefined, secret = (name: string) => secretOf(council, name)) => installation.create(testProviderDependencies({ council, clock: { now: () => new Date() }, secret, companionOrigin }));
  const key = parseStoreKey('a-letter');
  let running = await started();
  try {
    expect(installation.isSandbox).toBe(true);
    for (const council of [riverbourne, glanafon]) expect(await installation.check?.(storeOf(council, running?.origin))).toMatchObject({ ok: true });
    expect(await installation.check?.(storeOf(riverbourne, running?.origin, () => Buffer.alloc(32)))).toMatchObject({ ok: false });
    await storeOf(riverbourne, running?.origin).put(key, atRest(Buffer.from('Dear council')), { contentType: 'text/plain' });
    expect((await plainOutbound.fetch(running?.page ?? '')).text()).toContain(`${riverbourne.id}/a-letter`);
    await running?.stop();
    running = await started();
    const found = await storeOf(riverbourne, running?.origin).get(key);
    expect(await found?.stream.toArray()).toEqual([Buffer.from('Dear council')]);
    expect(await storeOf(glanafon, running?.origin).get(key)).toBeUndefined();
  } finally {
    await running?.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
});
