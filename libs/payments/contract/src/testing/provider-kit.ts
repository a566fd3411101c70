import assert from 'node:assert/strict';
import { format } from 'node:util';
import type { ConformanceCase, Ids, Outcome, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import type { NewProviderPayment, NewProviderRefund, PaymentProvider, ProviderPayment, ProviderPaymentSearch, SettledItem } from '../index';
import type { PaymentFarEnd } from './far-end';

/**
 * What the kit needs of a provider under test: the provider, and its far end to play with.
 * Abilities are the provider's own, `late-success` where the far end can pay what has expired, and `disputes` where a payer's bank can take a payment back there.
 * @public
 */
export interface PaymentProviderHarness {
  readonly ctx: RequestContext;
  readonly ids: Ids;
  readonly provider: PaymentProvider;
  readonly farEnd: PaymentFarEnd;
  /** Everything that the provider wrote to the log that it was given, as text; nothing where it was given none. What it says on the console the kit hears itself. */
  logged?(): string;
}

const order = (harness: PaymentProviderHarness, changes: Partial<NewProviderPayment> = {}): NewProviderPayment => {
  const id = harness.ids.uuid();
  return {
    key: `${id}-1`, amountInPence: 5500, description: 'Garden waste collection, 1 bin', reference: `TE-${id.slice(-12)}`,
    returnUrl: `${harness.ctx.council.origin}/payments/${id}/return`, language: 'en', ...changes,
  };
};

function value<Value>(outcome: Outcome<Value>): Value {
  assert.ok(outcome.ok, outcome.ok ? '' : `refused: ${outcome.refusal.reason}: ${outcome.refusal.message}`);
  return outcome.value;
}
function reason(outcome: Outcome<unknown, Refusal>): string {
  assert.ok(!outcome.ok, 'it was accepted and should have been refused');
  return outcome.refusal.reason;
}
/** What is said on the console meanwhile, with what came of it. */
async function heard<Value>(work: () => Promise<Value>): Promise<{ readonly value: Value; readonly written: string }> {
  const ways = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const heardOn = console;
  const before = ways.map((way) => heardOn[way]);
  const lines: string[] = [];
  for (const way of ways) heardOn[way] = (...said: readonly unknown[]): void => void lines.push(format(...said));
  try {
    return { value: await work(), written: lines.join('\n') };
  } finally {
    ways.forEach((way, at) => { heardOn[way] = before[at] ?? heardOn[way]; });
  }
}
async function failsWith(code: string, doing: () => Promise<unknown>): Promise<string> {
  try { await doing(); } catch (error) {
    assert.ok(isGuildhallError(error), `it threw something that is not one of the six errors: ${String(error)}`);
    assert.equal(error.code, code);
    return error.message;
  }
  assert.fail(`it should have thrown ${code}`);
}
async function created(harness: PaymentProviderHarness, changes: Partial<NewProviderPayment> = {}): Promise<{ readonly asked: NewProviderPayment; readonly payment: ProviderPayment }> {
  const asked = order(harness, changes);
  return { asked, payment: value(await harness.provider.create(harness.ctx, asked)) };
}
async function paid(harness: PaymentProviderHarness, changes: Partial<NewProviderPayment> = {}): Promise<{ readonly asked: NewProviderPayment; readonly payment: ProviderPayment }> {
  const { asked, payment } = await created(harness, changes);
  await harness.farEnd.payerDoes(payment.providerPaymentId, 'succeed');
  return { asked, payment: await harness.provider.fetch(harness.ctx, payment.providerPaymentId) };
}
async function refund(harness: PaymentProviderHarness, payment: ProviderPayment, changes: Partial<NewProviderRefund> = {}) {
  assert.ok(harness.provider.refund, 'it has the ability "refunds" and no method refund');
  return harness.provider.refund(harness.ctx, { providerPaymentId: payment.providerPaymentId, key: harness.ids.uuid(), amountInPence: payment.amountInPence, availableInPence: payment.amountInPence, ...changes });
}
async function refundsOf(harness: PaymentProviderHarness, payment: ProviderPayment) {
  assert.ok(harness.provider.refunds, 'it has the ability "refunds" and no method refunds');
  return harness.provider.refunds(harness.ctx, payment.providerPaymentId);
}
async function searched(harness: PaymentProviderHarness, search: ProviderPaymentSearch): Promise<readonly ProviderPayment[]> {
  const found: ProviderPayment[] = [];
  for (let after: string | undefined, pages = 0; pages < 50; pages++) {
    assert.ok(harness.provider.search, 'it has the ability "search" and no method search');
    const page = await harness.provider.search(harness.ctx, { ...search, ...(after === undefined ? {} : { after }) });
    found.push(...page.payments);
    if (page.next === undefined) return found;
    after = page.next;
  }
  assert.fail('the list has no end');
}
async function settled(harness: PaymentProviderHarness, from: string, before: string): Promise<readonly SettledItem[]> {
  const found: SettledItem[] = [];
  for (let after: string | undefined, pages = 0; pages < 50; pages++) {
    assert.ok(harness.provider.settlements, 'it has the ability "settlements" and no method settlements');
    const page = await harness.provider.settlements(harness.ctx, { from, before, ...(after === undefined ? {} : { after }) });
    found.push(...page.items);
    if (page.next === undefined) return found;
    after = page.next;
  }
  assert.fail('the list has no end');
}
async function farPayment(harness: PaymentProviderHarness, reference: string) {
  const payments = await harness.farEnd.payments(reference);
  assert.equal(payments.length, 1, `the far end has ${payments.length} payments with the reference ${reference}`);
  const [payment] = payments;
  assert.ok(payment);
  return payment;
}

const cases: readonly ConformanceCase<PaymentProviderHarness>[] = [
  {
    id: 'PAY-001', title: 'a new payment has the amount and reference that were asked for, and a page to pay on',
    run: async (harness) => {
      const { asked, payment } = await created(harness);
      assert.equal(payment.amountInPence, asked.amountInPence);
      assert.equal(payment.reference, asked.reference);
      assert.ok(payment.state === 'created' || payment.state === 'started', payment.state);
      assert.ok(payment.nextUrl && /^https?:\/\//.test(payment.nextUrl));
      assert.equal(payment.refundableInPence, 0);
      assert.equal((await farPayment(harness, asked.reference)).amountInPence, asked.amountInPence);
    },
  },
  {
    id: 'PAY-002', title: 'the same key never charges twice', needs: 'idempotent-create',
    run: async (harness) => {
      const { asked, payment } = await created(harness);
      const again = value(await harness.provider.create(harness.ctx, asked));
      assert.equal(again.providerPaymentId, payment.providerPaymentId);
      await farPayment(harness, asked.reference);
    },
  },
  {
    id: 'PAY-003', title: 'the same key with another amount is refused, and the first payment stays as it was', needs: 'idempotent-create',
    run: async (harness) => {
      const { asked } = await created(harness);
      assert.equal(reason(await harness.provider.create(harness.ctx, { ...asked, amountInPence: asked.amountInPence + 1 })), 'key-reused');
      assert.equal((await farPayment(harness, asked.reference)).amountInPence, asked.amountInPence);
    },
  },
  {
    id: 'PAY-004', title: 'a payment whose creation was accepted but never answered is found again by its key', needs: 'idempotent-create',
    run: async (harness) => {
      const asked = order(harness);
      await harness.farEnd.failNext('create', 'lose-answer');
      await failsWith('unavailable', () => harness.provider.create(harness.ctx, asked));
      const accepted = await farPayment(harness, asked.reference);
      const again = value(await harness.provider.create(harness.ctx, asked));
      assert.equal(again.providerPaymentId, accepted.providerPaymentId);
      await farPayment(harness, asked.reference);
    },
  },
  {
    id: 'PAY-005', title: 'a request that never arrives is Unavailable, makes nothing, and can be sent again',
    run: async (harness) => {
      const asked = order(harness);
      await harness.farEnd.failNext('create', 'lose-request');
      await failsWith('unavailable', () => harness.provider.create(harness.ctx, asked));
      assert.equal((await harness.farEnd.payments(asked.reference)).length, 0);
      value(await harness.provider.create(harness.ctx, asked));
      await farPayment(harness, asked.reference);
    },
  },
  {
    id: 'PAY-006', title: 'a paid payment says so, with what may be paid back and no more of the card than its brand and last digits',
    run: async (harness) => {
      const { asked, payment } = await paid(harness);
      assert.equal(payment.state, 'succeeded');
      assert.equal(payment.amountInPence, asked.amountInPence);
      assert.equal(payment.nextUrl, undefined);
      assert.equal(payment.canBeCancelled, false);
      assert.equal(payment.refundableInPence, harness.provider.abilities.includes('refunds') ? asked.amountInPence : 0);
      if (payment.method) assert.match(payment.method.lastDigits, /^\d{0,4}$/);
    },
  },
  ...([['PAY-007', 'decline'], ['PAY-008', 'cancel'], ['PAY-009', 'expire'], ['PAY-010', 'error']] as const).map(([id, does]): ConformanceCase<PaymentProviderHarness> => ({
    id, title: `when the end is "${does}", the payment is over, cannot be paid and has nothing to pay back`,
    run: async (harness) => {
      const { payment } = await created(harness);
      await harness.farEnd.payerDoes(payment.providerPaymentId, does);
      const after = await harness.provider.fetch(harness.ctx, payment.providerPaymentId);
      assert.equal(after.state, { decline: 'failed', cancel: 'cancelled', expire: 'expired', error: 'error' }[does]);
      assert.equal(after.nextUrl, undefined);
      assert.equal(after.canBeCancelled, false);
      assert.equal(after.refundableInPence, 0);
      assert.ok(payment.nextUrl);
      assert.equal(await harness.farEnd.visit(payment.nextUrl), false, 'the old address still leads to a page to pay on');
    },
  })),
  {
    id: 'PAY-011', title: 'while nobody has decided it is submitted and cannot be paid again; then it succeeds',
    run: async (harness) => {
      const { payment } = await created(harness);
      await harness.farEnd.payerDoes(payment.providerPaymentId, 'submit');
      const waiting = await harness.provider.fetch(harness.ctx, payment.providerPaymentId);
      assert.equal(waiting.state, 'submitted');
      assert.equal(waiting.nextUrl, undefined);
      assert.equal(waiting.refundableInPence, 0);
      await harness.farEnd.payerDoes(payment.providerPaymentId, 'succeed');
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).state, 'succeeded');
    },
  },
  {
    id: 'PAY-012', title: 'a success that comes after expiry is told', needs: 'late-success',
    run: async (harness) => {
      const { asked, payment } = await created(harness);
      await harness.farEnd.payerDoes(payment.providerPaymentId, 'expire');
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).state, 'expired');
      await harness.farEnd.payerDoes(payment.providerPaymentId, 'succeed');
      const late = await harness.provider.fetch(harness.ctx, payment.providerPaymentId);
      assert.equal(late.state, 'succeeded');
      assert.equal(late.amountInPence, asked.amountInPence);
    },
  },
  {
    id: 'PAY-013', title: 'a state that nobody documented is "unknown", and no failure',
    run: async (harness) => {
      const { payment } = await created(harness);
      await harness.farEnd.failNext('fetch', 'unknown-state');
      const odd = await harness.provider.fetch(harness.ctx, payment.providerPaymentId);
      assert.equal(odd.state, 'unknown');
      assert.notEqual((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).state, 'unknown');
    },
  },
  {
    id: 'PAY-014', title: 'a payment that the provider does not have is NotFound',
    run: async (harness) => {
      await failsWith('not-found', () => harness.provider.fetch(harness.ctx, `none-${harness.ids.token(9)}`));
    },
  },
  {
    id: 'PAY-015', title: 'an id with a path or a query in it is NotFound, and leads nowhere else',
    run: async (harness) => {
      const { payment } = await created(harness);
      await failsWith('not-found', () => harness.provider.fetch(harness.ctx, `../${payment.providerPaymentId}`));
      await failsWith('not-found', () => harness.provider.fetch(harness.ctx, `${payment.providerPaymentId}?x=1`));
    },
  },
  {
    id: 'PAY-016', title: 'a provider that is busy, down or answers nonsense is Unavailable, and afterwards all is as before',
    run: async (harness) => {
      const { payment } = await created(harness);
      for (const fault of ['unavailable', 'nonsense', 'lose-answer'] as const) {
        await harness.farEnd.failNext('fetch', fault);
        await failsWith('unavailable', () => harness.provider.fetch(harness.ctx, payment.providerPaymentId));
      }
      const asked = order(harness);
      for (const fault of ['unavailable', 'nonsense'] as const) {
        await harness.farEnd.failNext('create', fault);
        await failsWith('unavailable', () => harness.provider.create(harness.ctx, asked));
      }
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).amountInPence, payment.amountInPence);
    },
  },
  {
    id: 'PAY-017', title: 'as long as it can be paid, fetching gives an address that works',
    run: async (harness) => {
      const { payment } = await created(harness);
      assert.ok(payment.nextUrl);
      assert.equal(await harness.farEnd.visit(payment.nextUrl), true);
      const again = await harness.provider.fetch(harness.ctx, payment.providerPaymentId);
      assert.ok(again.state === 'created' || again.state === 'started', again.state);
      assert.ok(again.nextUrl);
      assert.equal(await harness.farEnd.visit(again.nextUrl), true);
    },
  },
  {
    id: 'PAY-018', title: 'an address that works once does not work twice', needs: 'single-use-next-url',
    run: async (harness) => {
      const { payment } = await created(harness);
      assert.ok(payment.nextUrl);
      assert.equal(await harness.farEnd.visit(payment.nextUrl), true);
      assert.equal(await harness.farEnd.visit(payment.nextUrl), false);
    },
  },
  {
    id: 'PAY-019', title: 'one penny and a hundred thousand pounds are taken as they are, or not at all',
    run: async (harness) => {
      for (const amountInPence of [1, 10_000_000]) {
        const asked = order(harness, { amountInPence });
        const outcome = await harness.provider.create(harness.ctx, asked);
        if (outcome.ok) assert.equal(outcome.value.amountInPence, amountInPence);
        else assert.equal(outcome.refusal.reason, 'not-accepted');
      }
    },
  },
  {
    id: 'PAY-020', title: 'Welsh letters and 255 characters arrive whole',
    run: async (harness) => {
      const { asked, payment } = await created(harness, { language: 'cy', description: `Gwastraff gardd: tŷ, ŵyr, môr, sïon ${'â'.repeat(219)}`.slice(0, 255) });
      assert.equal(payment.reference, asked.reference);
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).amountInPence, asked.amountInPence);
    },
  },
  {
    id: 'PAY-021', title: 'keys sent at the same time still make one payment', needs: 'idempotent-create',
    run: async (harness) => {
      const asked = order(harness);
      const made = await Promise.all([1, 2, 3, 4].map(() => harness.provider.create(harness.ctx, asked)));
      assert.equal(new Set(made.map((outcome) => value(outcome).providerPaymentId)).size, 1);
      await farPayment(harness, asked.reference);
    },
  },
  {
    id: 'PAY-022', title: 'another key is another payment, even with the same reference',
    run: async (harness) => {
      const { asked, payment } = await created(harness);
      await harness.farEnd.payerDoes(payment.providerPaymentId, 'decline');
      const second = value(await harness.provider.create(harness.ctx, { ...asked, key: asked.key.replace(/-1$/, '-2') }));
      assert.notEqual(second.providerPaymentId, payment.providerPaymentId);
      assert.equal((await harness.farEnd.payments(asked.reference)).length, 2);
      await harness.farEnd.payerDoes(second.providerPaymentId, 'succeed');
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).state, 'failed');
      assert.equal((await harness.provider.fetch(harness.ctx, second.providerPaymentId)).state, 'succeeded');
    },
  },
  {
    id: 'PAY-023', title: 'an open payment that is cancelled can no longer be paid', needs: 'cancel',
    run: async (harness) => {
      const { payment } = await created(harness);
      assert.equal(payment.canBeCancelled, true);
      assert.ok(harness.provider.cancel && payment.nextUrl);
      assert.equal(value(await harness.provider.cancel(harness.ctx, payment.providerPaymentId)).state, 'cancelled');
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).state, 'cancelled');
      assert.equal(await harness.farEnd.visit(payment.nextUrl), false);
    },
  },
  {
    id: 'PAY-024', title: 'what is paid cannot be cancelled', needs: 'cancel',
    run: async (harness) => {
      const { payment } = await paid(harness);
      assert.ok(harness.provider.cancel);
      assert.equal(reason(await harness.provider.cancel(harness.ctx, payment.providerPaymentId)), 'not-cancellable');
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).state, 'succeeded');
    },
  },
  {
    id: 'PAY-025', title: 'a cancellation whose answer was lost has happened, and asking again does no harm', needs: 'cancel',
    run: async (harness) => {
      const { payment } = await created(harness);
      const { provider } = harness;
      assert.ok(provider.cancel);
      await harness.farEnd.failNext('cancel', 'lose-answer');
      await failsWith('unavailable', async () => provider.cancel?.(harness.ctx, payment.providerPaymentId));
      await provider.cancel(harness.ctx, payment.providerPaymentId);
      assert.equal((await provider.fetch(harness.ctx, payment.providerPaymentId)).state, 'cancelled');
    },
  },
  {
    id: 'PAY-030', title: 'paying all of it back leaves nothing to pay back', needs: 'refunds',
    run: async (harness) => {
      const { asked, payment } = await paid(harness);
      const made = value(await refund(harness, payment));
      assert.equal(made.amountInPence, payment.amountInPence);
      assert.ok(made.state === 'submitted' || made.state === 'succeeded', made.state);
      await harness.farEnd.finishRefunds('succeeded');
      assert.deepEqual((await refundsOf(harness, payment)).map(({ providerRefundId, state }) => ({ providerRefundId, state })), [{ providerRefundId: made.providerRefundId, state: 'succeeded' }]);
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).refundableInPence, 0);
      assert.equal((await farPayment(harness, asked.reference)).refundedInPence, payment.amountInPence);
    },
  },
  {
    id: 'PAY-031', title: 'parts are paid back one after another, listed with the oldest first', needs: 'partial-refunds',
    run: async (harness) => {
      const { payment } = await paid(harness);
      value(await refund(harness, payment, { amountInPence: 1500 }));
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).refundableInPence, payment.amountInPence - 1500);
      value(await refund(harness, payment, { amountInPence: 500, availableInPence: payment.amountInPence - 1500 }));
      assert.deepEqual((await refundsOf(harness, payment)).map((made) => made.amountInPence), [1500, 500]);
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).refundableInPence, payment.amountInPence - 2000);
    },
  },
  {
    id: 'PAY-032', title: 'more than is left is refused, and nothing moves', needs: 'refunds',
    run: async (harness) => {
      const { asked, payment } = await paid(harness);
      assert.equal(reason(await refund(harness, payment, { amountInPence: payment.amountInPence + 1 })), 'more-than-left');
      assert.equal((await farPayment(harness, asked.reference)).refundedInPence, 0);
    },
  },
  {
    id: 'PAY-033', title: 'the same refund asked for twice is paid back once', needs: 'partial-refunds',
    run: async (harness) => {
      const { asked, payment } = await paid(harness);
      const key = harness.ids.uuid();
      const first = value(await refund(harness, payment, { key, amountInPence: 1000 }));
      const second = await refund(harness, payment, { key, amountInPence: 1000 });
      if (second.ok) assert.equal(second.value.providerRefundId, first.providerRefundId);
      else assert.equal(second.refusal.reason, 'amount-changed');
      assert.equal((await farPayment(harness, asked.reference)).refundedInPence, 1000);
    },
  },
  {
    id: 'PAY-034', title: 'a refund that was accepted but never answered is paid back once, and found in the list', needs: 'refunds',
    run: async (harness) => {
      const { asked, payment } = await paid(harness);
      const key = harness.ids.uuid();
      await harness.farEnd.failNext('refund', 'lose-answer');
      await failsWith('unavailable', () => refund(harness, payment, { key }));
      const listed = await refundsOf(harness, payment);
      assert.equal(listed.length, 1);
      const again = await refund(harness, payment, { key });
      if (again.ok) assert.equal(again.value.providerRefundId, listed[0]?.providerRefundId);
      else assert.ok(['amount-changed', 'more-than-left'].includes(again.refusal.reason), again.refusal.reason);
      assert.equal((await farPayment(harness, asked.reference)).refundedInPence, payment.amountInPence);
    },
  },
  {
    id: 'PAY-035', title: 'a refund that reckons with an older amount than is left is refused', needs: 'partial-refunds',
    run: async (harness) => {
      const { asked, payment } = await paid(harness);
      await harness.farEnd.refundOutside(payment.providerPaymentId, 2000);
      assert.equal(reason(await refund(harness, payment, { amountInPence: 500, availableInPence: payment.amountInPence })), 'amount-changed');
      assert.equal((await farPayment(harness, asked.reference)).refundedInPence, 2000);
      assert.equal((await refundsOf(harness, payment)).length, 1);
    },
  },
  {
    id: 'PAY-036', title: 'what was not paid cannot be paid back', needs: 'refunds',
    run: async (harness) => {
      const { payment } = await created(harness);
      assert.equal(reason(await refund(harness, payment)), 'not-refundable');
      await harness.farEnd.payerDoes(payment.providerPaymentId, 'decline');
      assert.equal(reason(await refund(harness, payment)), 'not-refundable');
    },
  },
  {
    id: 'PAY-037', title: 'of two refunds at the same time that are too much together, one is refused', needs: 'refunds',
    run: async (harness) => {
      const { asked, payment } = await paid(harness);
      const outcomes = await Promise.all([refund(harness, payment), refund(harness, payment)]);
      assert.equal(outcomes.filter((outcome) => outcome.ok).length, 1);
      assert.equal((await farPayment(harness, asked.reference)).refundedInPence, payment.amountInPence);
    },
  },
  {
    id: 'PAY-038', title: 'a refund key with another amount is refused', needs: 'idempotent-refunds',
    run: async (harness) => {
      const { asked, payment } = await paid(harness);
      const key = harness.ids.uuid();
      value(await refund(harness, payment, { key, amountInPence: 1000 }));
      assert.equal(reason(await refund(harness, payment, { key, amountInPence: 999, availableInPence: payment.amountInPence - 1000 })), 'key-reused');
      assert.equal((await farPayment(harness, asked.reference)).refundedInPence, 1000);
    },
  },
  {
    id: 'PAY-039', title: 'a refund that the bank sends back is an error, and its money can be paid back again', needs: 'refunds-can-fail',
    run: async (harness) => {
      const { payment } = await paid(harness);
      value(await refund(harness, payment));
      await harness.farEnd.finishRefunds('error');
      assert.deepEqual((await refundsOf(harness, payment)).map((made) => made.state), ['error']);
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).refundableInPence, payment.amountInPence);
      value(await refund(harness, payment));
    },
  },
  {
    id: 'PAY-040', title: 'a genuine webhook tells which payment to fetch', needs: 'webhooks',
    run: async (harness) => {
      const { payment } = await created(harness);
      const { readWebhook, delivery } = await webhook(harness, payment);
      const notice = value(await readWebhook(delivery));
      assert.equal(notice.providerPaymentId, payment.providerPaymentId);
      assert.ok(notice.eventId.length > 0);
    },
  },
  {
    id: 'PAY-041', title: 'the same event delivered twice has the same id, and another event another', needs: 'webhooks',
    run: async (harness) => {
      const { payment } = await created(harness);
      const { readWebhook, delivery } = await webhook(harness, payment);
      assert.equal(value(await readWebhook(delivery)).eventId, value(await readWebhook(delivery)).eventId);
      const other = await webhook(harness, payment);
      assert.notEqual(value(await readWebhook(other.delivery)).eventId, value(await readWebhook(delivery)).eventId);
    },
  },
  {
    id: 'PAY-042', title: 'a webhook with one byte changed is forged', needs: 'webhooks',
    run: async (harness) => {
      const { payment } = await created(harness);
      const { readWebhook, delivery } = await webhook(harness, payment);
      for (const at of [0, Math.floor(delivery.rawBody.length / 2), delivery.rawBody.length - 1]) {
        const rawBody = Uint8Array.from(delivery.rawBody);
        rawBody[at] = (rawBody[at] ?? 0) ^ 1;
        assert.equal(reason(await readWebhook({ ...delivery, rawBody })), 'forged');
      }
    },
  },
  {
    id: 'PAY-043', title: 'the same JSON written with other spaces is forged: the bytes are what is signed', needs: 'webhooks',
    run: async (harness) => {
      const { payment } = await created(harness);
      const { readWebhook, delivery } = await webhook(harness, payment);
      const rewritten = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(delivery.rawBody).toString('utf8')), null, 1));
      assert.equal(reason(await readWebhook({ ...delivery, rawBody: rewritten })), 'forged');
    },
  },
  {
    id: 'PAY-044', title: 'a webhook without a signature, or with an empty, short, long or foreign one, is forged', needs: 'webhooks',
    run: async (harness) => {
      const { payment } = await created(harness);
      const { readWebhook, delivery } = await webhook(harness, payment);
      assert.equal(reason(await readWebhook({ ...delivery, headers: {} })), 'forged');
      for (const change of [() => '', () => 'x', (text: string) => text.slice(0, -1), (text: string) => `${text}0`, (text: string) => text.replace(/[0-9a-f](?=[^0-9a-f]*$)/, (digit) => (digit === '0' ? '1' : '0'))]) {
        const headers = Object.fromEntries(Object.entries(delivery.headers).map(([name, text]) => [name, /sign/i.test(name) ? change(text) : text]));
        assert.equal(reason(await readWebhook({ ...delivery, headers })), 'forged');
      }
    },
  },
  {
    id: 'PAY-045', title: 'a webhook that was signed long ago, or dated in the future, is too old', needs: 'webhook-timestamps',
    run: async (harness) => {
      const { payment } = await created(harness);
      for (const secondsAgo of [3600, -3600]) {
        const { readWebhook, delivery } = await webhook(harness, payment, { secondsAgo });
        assert.equal(reason(await readWebhook(delivery)), 'too-old');
      }
    },
  },
  {
    id: 'PAY-046', title: 'signed nonsense is malformed and breaks nothing', needs: 'webhooks',
    run: async (harness) => {
      const { farEnd, provider } = harness;
      assert.ok(farEnd.signed && provider.readWebhook);
      for (const body of ['', 'not json', '[]', 'null', '"text"', '{}', '{"id":7}']) {
        assert.equal(reason(await provider.readWebhook(harness.ctx, await farEnd.signed(Buffer.from(body)))), 'malformed', body);
      }
    },
  },
  {
    id: 'PAY-047', title: 'what a webhook claims is not believed: the payment is as it is when fetched', needs: 'webhooks',
    run: async (harness) => {
      const { payment } = await created(harness);
      const { readWebhook, delivery } = await webhook(harness, payment, { claims: 'succeeded' });
      const notice = value(await readWebhook(delivery));
      assert.deepEqual(Object.keys(notice).sort(), ['eventId', 'providerPaymentId']);
      assert.notEqual((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).state, 'succeeded');
    },
  },
  {
    id: 'PAY-050', title: 'it has the methods of its abilities, and no others',
    run: async ({ provider }) => {
      assert.equal(provider.cancel !== undefined, provider.abilities.includes('cancel'));
      assert.equal(provider.refund !== undefined && provider.refunds !== undefined, provider.abilities.includes('refunds'));
      assert.equal(provider.readWebhook !== undefined, provider.abilities.includes('webhooks'));
      assert.equal(provider.search !== undefined, provider.abilities.includes('search'));
      assert.equal(provider.settlements !== undefined, provider.abilities.includes('settlements'));
      assert.ok(!provider.abilities.includes('partial-refunds') || provider.abilities.includes('refunds'));
    },
  },
  {
    id: 'PAY-051', title: 'neither the address to pay at nor the payer\'s email is logged or put into an error',
    run: async (harness) => {
      const email = 'payer@house.example';
      const { written, value: { payment, failure, other } } = await heard(async () => {
        const { asked, payment } = await created(harness, { email });
        await harness.farEnd.failNext('create', 'unavailable');
        const failure = await failsWith('unavailable', () => harness.provider.create(harness.ctx, { ...asked, key: `${asked.key}1` }));
        await harness.farEnd.failNext('fetch', 'nonsense');
        return { payment, failure, other: await failsWith('unavailable', () => harness.provider.fetch(harness.ctx, payment.providerPaymentId)) };
      });
      for (const text of [failure, other, written, harness.logged?.() ?? '']) {
        assert.ok(!text.includes(email), 'the email is in it');
        assert.ok(payment.nextUrl && !text.includes(payment.nextUrl), 'the address to pay at is in it');
      }
    },
  },
  {
    id: 'PAY-052', title: 'a payment by telephone is one at the far end too, and one online is not', needs: 'telephone',
    run: async (harness) => {
      const spoken = await created(harness, { isByTelephone: true });
      const online = await created(harness);
      assert.equal((await farPayment(harness, spoken.asked.reference)).isByTelephone, true);
      assert.notEqual((await farPayment(harness, online.asked.reference)).isByTelephone, true);
    },
  },
  {
    id: 'PAY-053', title: 'the finance team\'s words arrive as they are', needs: 'metadata',
    run: async (harness) => {
      const metadata = { ledger_codes: 'GW-4410', payment_id: harness.ids.uuid(), note: 'Tŷ & Gardd' };
      const { asked } = await created(harness, { metadata });
      assert.deepEqual({ ...(await farPayment(harness, asked.reference)).metadata }, metadata);
    },
  },
  {
    id: 'PAY-054', title: 'what the payer told us stands on the page already', needs: 'prefilled-payer',
    run: async (harness) => {
      const payer = { name: 'Siân Example', address: { line1: '1 Bridge Street', town: 'Testham', postcode: 'ZZ99 1AA', country: 'GB' } };
      const { asked } = await created(harness, { payer });
      assert.deepEqual((await farPayment(harness, asked.reference)).payer, payer);
    },
  },
  {
    id: 'PAY-055', title: 'a search finds every payment of a reference, the newest first, as it stands and without an address to pay at', needs: 'search',
    run: async (harness) => {
      const { asked, payment } = await created(harness);
      await harness.farEnd.payerDoes(payment.providerPaymentId, 'decline');
      const second = value(await harness.provider.create(harness.ctx, { ...asked, key: asked.key.replace(/-1$/, '-2') }));
      await created(harness);
      const found = await searched(harness, { reference: asked.reference });
      assert.deepEqual(found.map(({ providerPaymentId, state }) => ({ providerPaymentId, state })), [{ providerPaymentId: second.providerPaymentId, state: second.state }, { providerPaymentId: payment.providerPaymentId, state: 'failed' }]);
      assert.ok(found.every(({ nextUrl }) => nextUrl === undefined), 'an address to pay at is in a list');
      assert.deepEqual(await searched(harness, { reference: `${asked.reference}-none` }), []);
    },
  },
  {
    id: 'PAY-056', title: 'what reached the bank on a day is listed on that day, payments and refunds, each once and on no other', needs: 'settlements',
    run: async (harness) => {
      const { payment } = await paid(harness);
      const unsettled = await paid(harness);
      const made = harness.provider.abilities.includes('partial-refunds') ? value(await refund(harness, payment, { amountInPence: 1500 })) : undefined;
      await harness.farEnd.finishRefunds('succeeded');
      assert.ok(harness.farEnd.settle, 'the far end cannot settle');
      await harness.farEnd.settle(payment.providerPaymentId, '2026-11-27');
      const items = await settled(harness, '2026-11-27', '2026-11-28');
      assert.deepEqual(items.map(({ kind, providerPaymentId, providerRefundId, amountInPence, settledOn }) => ({ kind, providerPaymentId, ...(providerRefundId ? { providerRefundId } : {}), amountInPence, settledOn })), [
        { kind: 'payment', providerPaymentId: payment.providerPaymentId, amountInPence: payment.amountInPence, settledOn: '2026-11-27' },
        ...(made ? [{ kind: 'refund', providerPaymentId: payment.providerPaymentId, providerRefundId: made.providerRefundId, amountInPence: 1500, settledOn: '2026-11-27' }] : []),
      ]);
      // Not every provider says it of a single payment; none may say another day.
      assert.equal((await harness.provider.fetch(harness.ctx, payment.providerPaymentId)).settledOn ?? '2026-11-27', '2026-11-27');
      assert.equal((await harness.provider.fetch(harness.ctx, unsettled.payment.providerPaymentId)).settledOn, undefined);
      assert.deepEqual(await settled(harness, '2026-11-28', '2026-12-31'), []);
      assert.deepEqual(await settled(harness, '2026-11-01', '2026-11-27'), []);
    },
  },
  {
    id: 'PAY-057', title: 'what a payer’s bank takes back is listed on the day on which it leaves the bank account, with its fee, each time as the same movement, and as no refund', needs: 'disputes',
    run: async (harness) => {
      const { payment } = await paid(harness);
      assert.ok(harness.farEnd.settle && harness.farEnd.dispute, 'the far end cannot settle, or nobody can dispute there');
      await harness.farEnd.settle(payment.providerPaymentId, '2026-11-27');
      await harness.farEnd.dispute(payment.providerPaymentId, '2026-11-28');
      const items = await settled(harness, '2026-11-28', '2026-11-29');
      const [item] = items;
      assert.deepEqual(items.map(({ kind, providerPaymentId, providerRefundId, amountInPence, settledOn }) => ({ kind, providerPaymentId, providerRefundId, amountInPence, settledOn })), [
        { kind: 'other', providerPaymentId: payment.providerPaymentId, providerRefundId: undefined, amountInPence: -payment.amountInPence, settledOn: '2026-11-28' },
      ]);
      assert.match(item?.movement?.what ?? '', /^[a-z][a-z_]{0,59}$/);
      assert.ok((item?.feeInPence ?? 0) >= 0, 'the fee of what was taken back is less than nothing');
      assert.deepEqual(await settled(harness, '2026-11-28', '2026-11-29'), items);
      assert.deepEqual((await settled(harness, '2026-11-27', '2026-11-28')).map(({ kind }) => kind), ['payment']);
    },
  },
];

async function webhook(harness: PaymentProviderHarness, payment: ProviderPayment, options?: { readonly claims?: 'succeeded'; readonly secondsAgo?: number }) {
  const { provider, farEnd, ctx } = harness;
  assert.ok(provider.readWebhook && farEnd.webhook, 'it has the ability "webhooks" and no method readWebhook');
  const delivery = await farEnd.webhook(payment.providerPaymentId, options);
  return { delivery, readWebhook: async (given: typeof delivery) => { assert.ok(provider.readWebhook); return provider.readWebhook(ctx, given); } };
}

/** The rules of the port PaymentProvider, executable. @public */
export const PAYMENT_PROVIDER_KIT = defineKit<PaymentProviderHarness>({ id: 'payments.payment-provider', contract: 'payments', version: '0.1.0', cases });
