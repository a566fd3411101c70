import { Database, OUTBOUND, publish } from '@guildhall/kernel';
import { Secret, testConformance } from '@guildhall/kernel-contract';
import type { Outbound, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { testPothole } from '@guildhall/cases-contract/testing';
import { HttpSubscriptions, MANAGE_SUBSCRIPTIONS, SUBSCRIPTIONS, type SubscriptionsApi } from '@guildhall/subscriptions-contract';
import { ReceivingEnd, subscriptionsKit, type SubscriptionsHarness } from '@guildhall/subscriptions-contract/testing';
import { NO_SECRET, kitTown, machines } from '../test/council';
import { subscriptions } from './index';

const clock = new FixedClock();
const ids = new SeededIds(23);
let receiver: ReceivingEnd;
let running: TestApp;

beforeAll(async () => {
  receiver = await ReceivingEnd.start({ secret: NO_SECRET, now: () => clock.now() });
  const modules = [kitTown(), subscriptions({ privateReceivers: [receiver.origin] }), machines()];
  running = await startTestApp({ councils: ['riverbourne', 'glanafon'].map((slug, at) => testCouncilDefinition(slug, at + 1, modules)), clock });
});
afterAll(async () => {
  await running?.close();
  await receiver?.stop();
});

const client = (slug: string, credential: string): HttpSubscriptions => new HttpSubscriptions({ origin: running.origin(slug), outbound: running.get<Outbound>(OUTBOUND), credential: new Secret(credential) });

/** Begins anew: nobody is told, nothing has happened, and no work waits. */
async function harness(api: SubscriptionsApi): Promise<SubscriptionsHarness> {
  for (const table of ['subscriptions.subscription', 'subscriptions.message', 'kernel.waiting_job']) await running.owner.query(`delete from ${table}`);
  const known: string[] = [];
  receiver.knows();
  receiver.forget();
  receiver.answersAlways({});
  return {
    api, as: (actor) => running.context('riverbourne', { actor }), elsewhere: (actor) => running.context('glanafon', { actor }), newId: () => ids.uuid(), now: () => clock.now(), caseType: testPothole.id,
    happens: (event, data) => running.get(Database).run(running.systemContext(), async (tx) => publish(tx, event, data)),
    work: async () => void (await running.drainJobs()),
    async pass(seconds) { clock.advance(seconds); await running.drainJobs(); },
    receiver: {
      url: receiver.url, knows: (secret) => { known.push(secret); receiver.knows(...known); },
      answers: (does) => receiver.answersAlways(typeof does === 'number' ? { status: does } : { breaks: 'before-taking' }), received: () => receiver.tries,
    },
  };
}

testConformance<SubscriptionsHarness>(subscriptionsKit, { describe: (name, body) => describe(`${name}, the module`, body), it }, {
  abilities: ['two-councils'], open: () => harness(running.get<SubscriptionsApi>(SUBSCRIPTIONS.token)),
});

testConformance<SubscriptionsHarness>(subscriptionsKit, { describe: (name, body) => describe(`${name}, the module over HTTP`, body), it }, {
  abilities: ['two-councils'], open: () => harness(SUBSCRIPTIONS.dispatch(({ council }: RequestContext) => client(council.slug, 'hub.correct'))),
});

describe('the HTTP client of subscriptions', () => {
  it('is let in by its credential, whatever whoever acts may do here', async () => {
    const ctx = running.context('riverbourne', { actor: { kind: 'system', job: 'kit', permissions: new Set([MANAGE_SUBSCRIPTIONS.id]) } });
    await expect(client('riverbourne', 'other.correct').events(ctx)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(client('riverbourne', 'hub.wrong').events(ctx)).rejects.toMatchObject({ code: 'not-authenticated' });
    const nobody = new HttpSubscriptions({ origin: 'http://localhost:9', outbound: running.get<Outbound>(OUTBOUND), credential: new Secret('hub.correct') });
    await expect(nobody.events(ctx)).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('has secrets shown on record', async () => {
    const { api, as, newId, receiver: { url } } = await harness(client('riverbourne', 'hub.correct'));
    const ctx = as({ kind: 'system', job: 'kit', permissions: new Set([MANAGE_SUBSCRIPTIONS.id]) });
    const id = newId();
    for (let times = 0; times < 2; times++) await api.create(ctx, { subscriptionId: id, title: 'Bin lorries', url, eventTypes: ['*'] });
    await api.revealSecret(ctx, id);
    await api.find(ctx, id);
    expect((await running.owner.query<{ action: string }>('select action from kernel.audit where subject_id = $1 order by audit_id', [id])).rows.map(({ action }) => action)).toEqual(['subscriptions.created', 'subscriptions.secret-seen', 'subscriptions.secret-seen']);
  });
});
