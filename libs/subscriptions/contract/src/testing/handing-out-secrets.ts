import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import type { RollSecret } from '../requests';
import { accepted, assertThrows, deliveriesOf, emptied, faultOfLast, managing, request, subscribed, type SubscriptionsHarness } from './subscriptions-harness';

const HOUR = 3600;

/** The secret by which a receiver knows the council. */
export const handingOutSecrets: readonly ConformanceCase<SubscriptionsHarness>[] = [
  { id: 'SUB-030', title: 'a secret is in the answer of who makes, rolls or reveals it, and in no other', async run(harness) {
    const { api } = harness;
    const ctx = managing(harness);
    const { id, subscription } = await subscribed(harness);
    const { secret } = await api.rollSecret(ctx, id, {});
    await emptied(harness, 'bin-1');
    const [sent] = await deliveriesOf(harness, id);
    const { subscriptionId: _, ...fields } = request(harness);
    const answers = [
      await api.list(ctx), await api.find(ctx, id), await api.change(ctx, id, { ...fields, version: subscription.version + 1 }), await api.pause(ctx, id), await api.resume(ctx, id), await api.test(ctx, id), await api.deliveries(ctx, id),
      await api.delivery(ctx, id, sent?.eventId ?? ''), await api.replayOne(ctx, id, sent?.eventId ?? ''), await api.events(ctx),
    ];
    assert.ok(!JSON.stringify(answers).includes('whsec_'), 'a secret was shown to somebody who had not asked for it');
    assert.ok(!JSON.stringify(harness.receiver.received().map(({ headers, body }) => [headers, Buffer.from(body).toString('utf8')])).includes(secret), 'a secret was sent with an event');
  } },
  { id: 'SUB-031', title: 'revealing a secret gives the one that signs, and changes nothing', async run(harness) {
    const { id, secret, subscription } = await subscribed(harness);
    for (let times = 0; times < 2; times++) assert.deepEqual(await harness.api.revealSecret(managing(harness), id), { subscription, secret });
    await emptied(harness, 'bin-1');
    assert.equal(faultOfLast(harness, secret), undefined);
  } },
  { id: 'SUB-032', title: 'a new secret takes the place of the old: both sign until the time that was asked for, then the new one alone', async run(harness) {
    const { id, secret: former, subscription } = await subscribed(harness);
    const rolled = await harness.api.rollSecret(managing(harness), id, { formerSecretForHours: 2 });
    harness.receiver.knows(rolled.secret);
    assert.notEqual(rolled.secret, former);
    assert.deepEqual(rolled.subscription, { ...subscription, version: 2, formerSecretUntil: new Date(harness.now().getTime() + 2 * HOUR * 1000) });
    assert.deepEqual(await harness.api.revealSecret(managing(harness), id), rolled);
    await emptied(harness, 'bin-1');
    assert.deepEqual([faultOfLast(harness, former), faultOfLast(harness, rolled.secret)], [undefined, undefined]);
    await harness.pass(2 * HOUR + 1);
    await emptied(harness, 'bin-2');
    assert.deepEqual([faultOfLast(harness, former), faultOfLast(harness, rolled.secret)], ['wrong-signature', undefined]);
    assert.equal((await harness.api.find(managing(harness), id)).formerSecretUntil, undefined);
  } },
  { id: 'SUB-033', title: 'the old secret signs for a day unless told, and not at all when somebody else knows it', async run(harness) {
    const { id, secret: former } = await subscribed(harness);
    const { subscription } = await harness.api.rollSecret(managing(harness), id, {});
    assert.deepEqual(subscription.formerSecretUntil, new Date(harness.now().getTime() + 24 * HOUR * 1000));
    const { secret, subscription: now } = await harness.api.rollSecret(managing(harness), id, { formerSecretForHours: 0 });
    harness.receiver.knows(secret);
    assert.equal(now.formerSecretUntil, undefined);
    await emptied(harness, 'bin-1');
    assert.deepEqual([faultOfLast(harness, former), faultOfLast(harness, secret)], ['wrong-signature', undefined]);
  } },
  { id: 'SUB-034', title: 'of three secrets the oldest signs no more, though its time is not over', async run(harness) {
    const { id, secret: first } = await subscribed(harness);
    const { secret: second } = await harness.api.rollSecret(managing(harness), id, { formerSecretForHours: 168 });
    const { secret: third } = await harness.api.rollSecret(managing(harness), id, { formerSecretForHours: 168 });
    harness.receiver.knows(third);
    assert.equal(new Set([first, second, third]).size, 3);
    await emptied(harness, 'bin-1');
    assert.deepEqual([first, second, third].map((secret) => faultOfLast(harness, secret)), ['wrong-signature', undefined, undefined]);
  } },
  { id: 'SUB-035', title: 'a time for the old secret that is none, negative or longer than a week is refused by name', async run(harness) {
    const { id, secret } = await subscribed(harness);
    for (const formerSecretForHours of [-1, 1.5, 169, '24'] as number[]) await assertThrows(harness.api.rollSecret(managing(harness), id, { formerSecretForHours }), 'invalid-input', 'formerSecretForHours');
    await assertThrows(harness.api.rollSecret(managing(harness), id, { secret: 'whsec_mine' } as RollSecret), 'invalid-input', 'secret');
    assert.equal((await harness.api.revealSecret(managing(harness), id)).secret, secret);
  } },
  { id: 'SUB-036', title: 'each has a secret of its own; who asks again after it was rolled gets the one that signs', async run(harness) {
    const asked = request(harness);
    const { id, secret } = await subscribed(harness, asked);
    assert.notEqual((await subscribed(harness)).secret, secret);
    const rolled = await harness.api.rollSecret(managing(harness), id, {});
    assert.equal(accepted(await harness.api.create(managing(harness), asked)).secret, rolled.secret);
  } },
];
