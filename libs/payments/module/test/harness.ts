import { MACHINE_CREDENTIALS, type MachineCredentials } from '@guildhall/kernel';
import { defineServicePack, register, type Actor, type Ids, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testOfficer } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { InMemoryProvider, type PaymentsCaller, type PaymentsHarness, type ProviderStyle, type Published } from '@guildhall/payments-contract/testing';
import type { PaymentsApi } from '@guildhall/payments-contract';
import { payments } from '../src';
import { ReconcilePayments } from '../src/reconciling/reconcile-payments';

const TAKES = ['payments.view', 'payments.take', 'payments.refund'] as const;
/** Another system that asks for payments, one of the council's own that knows every one, and one that may only look; two other councils' apps, of which the configuration knows one; and no other. */
const MACHINES: Readonly<Record<string, readonly string[]>> = { kit: TAKES, 'own-system': [...TAKES, 'payments.view-all'], reader: ['payments.view', 'payments.view-all'], neighbour: TAKES, 'other-neighbour': TAKES };

/** Other systems, by their credentials. */
export const machines = defineServicePack({
  id: 'kit-machines', version: '0.1.0', options: {}, requires: [],
  registers: [register<MachineCredentials>(MACHINE_CREDENTIALS, {
    authenticate: (_ctx, clientId, secret) => Promise.resolve(secret === 'correct' && clientId in MACHINES ? { clientId, permissions: MACHINES[clientId] ?? [] } : undefined),
  })],
});

/** Two councils with payments, each with a far end in memory of its own. */
export interface RunningPayments {
  readonly app: TestApp;
  readonly clock: FixedClock;
  readonly ids: Ids;
  readonly far: InMemoryProvider;
  as(who: PaymentsCaller): RequestContext;
  reconcile(): Promise<void>;
  published(paymentId?: string): Promise<readonly Published[]>;
  close(): Promise<void>;
}

export async function runPayments(style: ProviderStyle): Promise<RunningPayments> {
  const clock = new FixedClock();
  const far = new InMemoryProvider(style);
  const elsewhere = new InMemoryProvider(style);
  far.now = () => clock.now();
  const app = await startTestApp({
    clock, councils: [
      testCouncilDefinition('riverbourne', 1, [payments({ providers: [far.installation(`payments.${style}`)], vatNumber: 'GB 999 9999 73', neighbours: [{ clientId: 'neighbour', returnOrigin: 'https://apps.neighbour.example' }] }), machines]),
      testCouncilDefinition('glanafon', 2, [payments({ providers: [elsewhere.installation('payments.elsewhere')] }), machines]),
    ],
  });
  const actors: Readonly<Record<PaymentsCaller, Actor>> = {
    resident: { kind: 'resident', personId: '01990000-0000-7000-8000-0000000000a1' as PersonId, sessionId: 'session-a', confidence: 'low' },
    'another-resident': { kind: 'resident', personId: '01990000-0000-7000-8000-0000000000a2' as PersonId, sessionId: 'session-b', confidence: 'low' },
    nobody: { kind: 'nobody', sessionId: 'session-c' },
    adviser: testOfficer(['payments.view', 'payments.take']),
    manager: testOfficer(['payments.view', 'payments.take', 'payments.refund']),
    outsider: testOfficer([]),
    elsewhere: { kind: 'resident', personId: '01990000-0000-7000-8000-0000000000a1' as PersonId, sessionId: 'session-d', confidence: 'low' },
  };
  return {
    app, clock, ids: new SeededIds(11), far,
    as: (who) => app.context(who === 'elsewhere' ? 'glanafon' : 'riverbourne', { actor: actors[who] }),
    reconcile: async () => {
      await app.drainJobs();
      clock.advance(8 * 24 * 3600);
      await app.get(ReconcilePayments).run(app.systemContext('riverbourne'));
      await app.drainJobs();
    },
    published: async (paymentId) => {
      const { rows } = await app.owner.query<{ type: string; data: Published['data'] }>("select type, data from kernel.event where type like 'payments.%' and ($1::text is null or data->>'paymentId' = $1) order by at, event_id", [paymentId ?? null]);
      return rows;
    },
    close: () => app.close(),
  };
}

/** What the kit of PaymentsApi needs, for any way of reaching the module. */
export function harnessOf(running: RunningPayments, api: PaymentsApi): PaymentsHarness {
  running.far.clearFaults();
  return {
    payments: api, ids: running.ids, farEnd: running.far, as: running.as, reconcile: running.reconcile, published: () => running.published(),
    webhook: async (delivery) => {
      await running.app.visitor('riverbourne').request('/payments/webhooks/session', { method: 'POST', body: Buffer.from(delivery.rawBody), headers: { ...delivery.headers, 'content-type': 'application/json' } });
      await running.app.drainJobs();
    },
  };
}
