import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import type { Progress } from '@guildhall/back-office-contract';
import { aCase, backOfficeKit, type BackOfficeHarness, type FarEndBehaviour } from '@guildhall/back-office-contract/testing';
import { Secret, testReportedConformance, type HarnessSource } from '@guildhall/kernel-contract';
import { FixedClock, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { webhookSecret } from '@guildhall/subscriptions-contract';
import { signedWebhook } from './index';
import { DepotSimulator, type DepotFault } from './simulator';
import { photosIn } from './simulator/depot-case';

const FAULTS: Partial<Record<FarEndBehaviour, DepotFault>> = { 'refuse-for-now': 'too-many', 'refuse-for-good': 'missing-field', 'refuse-key': 'signature-refused', unreachable: 'lose-connection', 'accept-then-vanish': 'lose-answer', 'talk-nonsense': 'sign-in-page' };
const [OURS, THEIRS, FORMER, NOBODYS] = [1, 2, 3, 4].map((byte) => webhookSecret(Buffer.alloc(32, byte))) as [string, string, string, string];
const NOW = new Date('2026-11-23T12:00:00Z');
const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);

const source: HarnessSource<BackOfficeHarness & { readonly depot: DepotSimulator }> = {
  abilities: ['far-end', 'refuses', 'gives-references', 'pushes', 'writes', 'photos', 'later-photos', 'told-photos'],
  async open() {
    const depot = await DepotSimulator.start({ secret: OURS, pushSecret: THEIRS, now: () => NOW });
    const provider = signedWebhook({ url: depot.url, secret: new Secret(OURS), pushSecret: new Secret(THEIRS), formerPushSecret: new Secret(FORMER) }).create(testProviderDependencies({ clock: new FixedClock(NOW) }));
    const happened = new Map<string, Progress>();
    const last = (reference: string): Progress => happened.get(reference) ?? fail(reference);
    return {
      depot, provider,
      received: async () => Promise.resolve(depot.cases.map(({ event, reference }) => ({ identity: reference, text: textsIn(event.data).join('\n'), photos: photosIn(event).map(({ url }) => url) }))),
      farEnd: async (behaviour) => { depot.clear(); const fault = FAULTS[behaviour]; if (fault) depot.failNext(fault, Number.POSITIVE_INFINITY); return Promise.resolve(); },
      written: async (reference) => Promise.resolve([...depot.words.values()].filter(({ data }) => data['caseReference'] === reference).map(({ data }) => String(data['text']))),
      writtenPhotos: async (reference) => Promise.resolve(photosIn([...depot.words.values()].findLast(({ data }) => data['caseReference'] === reference)).map(({ url }) => url)),
      happens: async (caseReference, what) => { happened.set(caseReference, { progressId: `H-${happened.size + 1}`, caseReference, ...what }); return Promise.resolve(); },
      pushed: async (reference) => Promise.resolve(depot.push([last(reference)])),
      forged: async (genuine) => Promise.resolve([
        { ...genuine, bytes: Buffer.from(Buffer.from(genuine.bytes).toString('utf8').replace('fixed', 'cancelled')) }, { ...genuine, headers: { ...genuine.headers, 'webhook-id': 'another' } }, { ...genuine, headers: { ...genuine.headers, 'webhook-timestamp': String(NOW.getTime() / 1000 + 1) } },
        ...[[OURS, NOW], [NOBODYS, NOW], [THEIRS, minutes(-6)], [THEIRS, minutes(6)]].map(([secret, at]) => depot.push([{ progressId: 'x', caseReference: 'KT-0000-0000', status: 'fixed', at: NOW }], { secret: secret as string, at: at as Date })),
      ]),
      unreadable: async () => Promise.resolve(['', '{', '[]', '{"progress":[]}', '{"progress":[{"id":"1","status":"fixed","at":"2026-11-23T10:00:00Z"}]}', '{"progress":[{"id":"1","reference":"D-1","status":"fixed","at":"yesterday"}]}', '{"progress":[{"id":{},"reference":"D-1","status":7,"at":"2026-11-23T10:00:00Z"}]}', '{"progress":[{"id":"1","reference":"D-1","status":"fixed","at":"2026-11-23T10:00:00Z","photos":["https://depot.example/1.jpg",7]}]}'].map((body) => depot.signed(body))),
    };
  },
  close: ({ depot }) => depot.stop(),
};
function fail(what: string): never { throw new Error(`${what} is not there.`); }
/** Every value in it, as a reader would find it. */
function textsIn(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];
}

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
