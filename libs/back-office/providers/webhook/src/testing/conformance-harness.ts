import type { Progress } from '@guildhall/back-office-contract';
import { backOfficeKit, type BackOfficeHarness, type FarEndBehaviour } from '@guildhall/back-office-contract/testing';
import { Secret, type HarnessSource } from '@guildhall/kernel-contract';
import { FixedClock, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { webhookSecret } from '@guildhall/subscriptions-contract';
import { signedWebhook } from '../index';
import { DepotSimulator, type DepotFault } from '../simulator';
import { photosIn } from '../simulator/depot-case';

const FAULTS: Partial<Record<FarEndBehaviour, DepotFault>> = { 'refuse-for-now': 'too-many', 'refuse-for-good': 'missing-field', 'refuse-key': 'signature-refused', unreachable: 'lose-connection', 'accept-then-vanish': 'lose-answer', 'talk-nonsense': 'sign-in-page' };
export const [OURS, THEIRS, FORMER, NOBODYS] = [1, 2, 3, 4].map((byte) => webhookSecret(Buffer.alloc(32, byte))) as [string, string, string, string];
export const NOW = new Date('2026-11-23T12:00:00Z');
const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);

export const source: HarnessSource<BackOfficeHarness & { readonly depot: DepotSimulator }> = {
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

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: backOfficeKit.id, source }];
