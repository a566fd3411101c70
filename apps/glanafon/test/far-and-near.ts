import { MACHINE_CREDENTIALS, Database, OUTBOUND, enqueue, type MachineCredentials } from '@guildhall/kernel';
import { Secret, Unavailable, defineCouncil, defineJob, defineServicePack, register, type Actor, type CouncilDefinition, type Ids, type Installation, type Outbound, type OutboundRequest, type OutboundResponse, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testOfficer } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { payments } from '@guildhall/payments';
import { PAYMENTS, type PaymentsApi } from '@guildhall/payments-contract';
import { InMemoryProvider, type PaymentsCaller, type PaymentsHarness, type ProviderStyle, type Published } from '@guildhall/payments-contract/testing';
import { paymentsOverHttp } from '@guildhall/payments-over-http';

const TAKES = ['payments.view', 'payments.take', 'payments.refund'];
/** The credentials that Riverbourne has made, and may take away. */
export const credentials = new Map<string, readonly string[]>();
const machines = defineServicePack({
  id: 'kit-machines', version: '0.1.0', options: {}, requires: [],
  registers: [register<MachineCredentials>(MACHINE_CREDENTIALS, { authenticate: (_ctx, clientId, secret) => Promise.resolve(secret === 'correct' && credentials.has(clientId) ? { clientId, permissions: credentials.get(clientId) ?? [] } : undefined) })],
});

/** The line between the two: it can be cut, and an answer lost or held up on the way. */
export class Line {
  isCut = false;
  /** The next answer to a call of a path like this does not arrive, although the other side has done what was asked. */
  losesNext: RegExp | undefined;
  holdsNext: { readonly path: RegExp; readonly isHeld: () => void; readonly until: Promise<void> } | undefined;

  through(outbound: Outbound): void {
    const fetch = outbound.fetch.bind(outbound);
    outbound.fetch = async (url: string, request?: OutboundRequest): Promise<OutboundResponse> => {
      const path = `${request?.method ?? 'GET'} ${new URL(url).pathname}`;
      if (this.isCut) throw new Unavailable('Nobody answers.');
      const held = this.holdsNext?.path.test(path) ? this.holdsNext : undefined;
      if (held) this.holdsNext = undefined;
      const answer = await fetch(url, request);
      if (this.losesNext?.test(path)) {
        this.losesNext = undefined;
        throw new Unavailable('The answer was lost.');
      }
      held?.isHeld();
      await held?.until;
      return answer;
    };
  }
}

/** Riverbourne with payments of its own; Glanafon and Thornby with Riverbourne's over HTTP: all three in one process, which makes no difference to any. */
export interface FarAndNear {
  readonly app: TestApp;
  readonly clock: FixedClock;
  readonly ids: Ids;
  readonly provider: InMemoryProvider;
  readonly line: Line;
  readonly payments: PaymentsApi;
  as(who: PaymentsCaller | 'far-manager'): RequestContext;
  /** Time goes by and both sides do what is due. */
  reconcile(seconds?: number): Promise<void>;
  published(slug?: string): Promise<readonly Published[]>;
  harness(): PaymentsHarness;
}

export async function startFarAndNear(style: ProviderStyle): Promise<FarAndNear> {
  for (const clientId of ['glanafon', 'thornby']) credentials.set(clientId, TAKES);
  const clock = new FixedClock();
  const provider = new InMemoryProvider(style);
  provider.now = () => clock.now();
  const council = (slug: string, number: number, modules: (originOf: (other: string) => string) => readonly Installation[]): CouncilDefinition =>
    defineCouncil(slug, (given) => {
      const { port } = new URL(given.env.origin());
      return testCouncilDefinition(slug, number, modules((other) => `http://${other === 'riverbourne' ? '' : `${other}.`}localhost:${port}`)).configure(given);
    });
  const overHttp = (slug: string) => (originOf: (other: string) => string) => [paymentsOverHttp({ origin: originOf('riverbourne'), credential: new Secret(`${slug}.correct`), payPages: PAY_PAGES, vatNumber: 'GB 999 9999 74' })];
  const app = await startTestApp({
    clock, councils: [
      council('riverbourne', 1, (originOf) => [payments({ providers: [{ ...provider.installation(`payments.${style}`), formOrigins: () => [PAY_PAGES] }], neighbours: ['glanafon', 'thornby'].map((clientId) => ({ clientId, returnOrigin: originOf(clientId) })) }), machines]),
      council('glanafon', 2, overHttp('glanafon')),
      council('thornby', 3, overHttp('thornby')),
    ],
  });
  const line = new Line();
  line.through(app.get<Outbound>(OUTBOUND));
  const actors: Readonly<Record<PaymentsCaller, Actor>> = {
    resident: { kind: 'resident', personId: RESIDENT, sessionId: 'session-a', confidence: 'low' },
    'another-resident': { kind: 'resident', personId: '01990000-0000-7000-8000-0000000000a2' as PersonId, sessionId: 'session-b', confidence: 'low' },
    nobody: { kind: 'nobody', sessionId: 'session-c' },
    adviser: testOfficer(['payments.view', 'payments.take']),
    manager: testOfficer(['payments.view', 'payments.take', 'payments.refund']),
    outsider: testOfficer([]),
    elsewhere: { kind: 'resident', personId: RESIDENT, sessionId: 'session-d', confidence: 'low' },
  };
  const round = async (slug: string, job: string): Promise<void> => {
    await app.get(Database).run(app.systemContext(slug), async (tx) => { enqueue(tx, defineJob<Record<never, never>>(job), {}); });
    await app.drainJobs();
  };
  const running: FarAndNear = {
    app, clock, ids: new SeededIds(29), provider, line, payments: app.get<PaymentsApi>(PAYMENTS.token),
    as: (who) => (who === 'far-manager' ? app.context('riverbourne', { actor: actors.manager }) : app.context(who === 'elsewhere' ? 'thornby' : 'glanafon', { actor: actors[who] })),
    reconcile: async (seconds = 8 * 24 * 3600) => {
      await app.drainJobs();
      clock.advance(seconds);
      await round('riverbourne', 'payments.reconcile');
      await round('glanafon', 'payments-over-http.look-for-due');
    },
    published: async (slug = 'glanafon') => (await app.owner.query<{ type: string; data: Published['data'] }>("select type, data from kernel.event where type like 'payments.%' and council_id = $1 order by at, event_id", [app.context(slug).council.id])).rows,
    harness: () => {
      provider.clearFaults();
      return {
        payments: running.payments, ids: running.ids, farEnd: provider, as: running.as, reconcile: () => running.reconcile(), published: () => running.published(),
        webhook: async (delivery) => {
          await app.visitor('riverbourne').request('/payments/webhooks/session', { method: 'POST', body: Buffer.from(delivery.rawBody), headers: { ...delivery.headers, 'content-type': 'application/json' } });
          await app.drainJobs();
        },
      };
    },
  };
  return running;
}

export const RESIDENT = '01990000-0000-7000-8000-0000000000a1' as PersonId;
const PAY_PAGES = 'https://pay.example';
