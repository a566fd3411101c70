import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { aCase, backOfficeKit, type BackOfficeHarness } from '@guildhall/back-office-contract/testing';
import { Secret, testReportedConformance } from '@guildhall/kernel-contract';
import { FixedClock, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { signedWebhook } from './index';
import { DepotSimulator } from './simulator';
import { FORMER, NOBODYS, NOW, OURS, THEIRS, source } from './testing/conformance-harness';

const reported = testReportedConformance(backOfficeKit, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
  const file = join(__dirname, '../conformance.json');
  const written = `${JSON.stringify(reported('@guildhall/back-office-provider-webhook'), null, 2)}\n`;
  if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
  expect(readFileSync(file, 'utf8')).toBe(written);
});

describe('signed webhooks', () => {
  it('are believed by the library of Standard Webhooks, and are the same bytes at each try', async () => {
    const sent: { headers: Record<string, string>; body: string }[] = [];
    const outbound = { fetch: async (_url: string, request?: { headers?: Readonly<Record<string, string>>; body?: unknown }) => { sent.push({ headers: { ...request?.headers }, body: request?.body as string }); return Promise.resolve({ status: 204, headers: {}, text: () => '', json: () => undefined, bytes: () => new Uint8Array() }); } };
    // The library knows no other time than now.
    const provider = signedWebhook({ url: 'https://depot.example/cases', secret: new Secret(OURS) }).create(testProviderDependencies({ clock: { now: () => new Date() }, outbound }));
    const handed = aCase();
    expect(await provider.handOver(handed)).toEqual({ ok: true, value: {} });
    await provider.handOver({ ...handed, attempt: 2 });
    expect(sent[1]?.body).toBe(sent[0]?.body);
    expect(new Webhook(OURS).verify(sent[0]?.body ?? '', sent[0]?.headers ?? {})).toMatchObject({ type: 'back-office.case-handed-over', id: handed.caseId, data: { reference: handed.reference } });
    expect(provider.receive).toBeUndefined();
  });
  it('that are pushed may be signed with the secret before, and say what happened to several cases at once', async () => {
    const { depot, provider } = await source.open() as BackOfficeHarness & { depot: DepotSimulator };
    const [one, two] = ['D-1', 'D-2'].map((farReference) => ({ progressId: `of ${farReference}`, farReference, status: 'In Progress', code: 'J-7', at: NOW }));
    expect(await provider.receive?.(depot.push([one, two] as never, { secret: FORMER }))).toEqual({ progress: [{ ...one, status: 'in_progress' }, { ...two, status: 'in_progress' }] });
    await depot.stop();
  });
  it.each([['unavailable', 'unavailable'], ['odd-reference', 'unavailable'], ['gone', 'webhook-410'], ['moved', 'webhook-302']] as const)('that are answered with %s are of known or unknown outcome: %s', async (fault, expected) => {
    const { depot, provider } = await source.open() as BackOfficeHarness & { depot: DepotSimulator };
    depot.failNext(fault);
    expect(await provider.handOver(aCase()).then((outcome) => (outcome.ok ? 'taken' : outcome.refusal.code), (error: { code: string }) => error.code)).toBe(expected);
    await depot.stop();
  });
  it('have a connection that can be looked at, and options that are refused when they cannot work', async () => {
    const depot = await DepotSimulator.start({ secret: OURS, pushSecret: THEIRS, now: () => NOW });
    const { url } = depot;
    const look = async (secret: string) => { const installation = signedWebhook({ url, secret: new Secret(secret), pushSecret: new Secret(THEIRS), title: 'Depot' }); return installation.check?.(installation.create(testProviderDependencies({ clock: new FixedClock(NOW) }))); };
    expect(await look(OURS)).toEqual({ ok: true, message: 'Depot answers and believes our signature.' });
    expect(await look(NOBODYS)).toMatchObject({ ok: false, message: expect.stringContaining('does not believe our signature (401)') as string });
    expect(depot.cases).toEqual([]);
    await depot.stop();
    expect(await look(OURS)).toMatchObject({ ok: false, message: expect.stringContaining('does not answer') as string });
    expect(() => signedWebhook({ url, secret: new Secret('short') })).toThrow('24 to 64 bytes');
    expect(() => signedWebhook({ url, secret: new Secret(OURS), pushSecret: new Secret(OURS) })).toThrow('the same');
    expect(() => signedWebhook({ url: 'depot', secret: new Secret(OURS) })).toThrow('It begins with https://');
  });
});
