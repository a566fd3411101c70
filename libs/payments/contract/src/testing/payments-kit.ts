import assert from 'node:assert/strict';
import type { ConformanceCase, Ids, Outcome, PersonId, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import type { FeeLine, Payment, PaymentOrder, PaymentsApi, PaymentsPage, RefundOrder, WebhookDelivery } from '../index';
import { paymentId, refundId } from '../index';
import type { Awaitable } from './awaitable';
import type { PaymentFarEnd } from './far-end';

/**
 * Who calls: a resident and another one; nobody, in a session; an adviser (view, take); a manager (view, take, refund); an officer with no permission here;
 * and a resident of another council.
 * @public
 */
export type PaymentsCaller = 'resident' | 'another-resident' | 'nobody' | 'adviser' | 'manager' | 'outsider' | 'elsewhere';

/**
 * What the kit needs of payments under test. Abilities are those of the provider behind them, `late-success`, `refunds-can-fail` and `two-councils`.
 * @public
 */
export interface PaymentsHarness {
  readonly payments: PaymentsApi;
  readonly ids: Ids;
  readonly farEnd: PaymentFarEnd;
  as(who: PaymentsCaller): RequestContext;
  /** Lets every job run that is due, and the reconciling one as if its time had come. */
  reconcile(): Promise<void>;
  /** Delivers a webhook and lets what follows from it happen. Needs `webhooks`. */
  webhook?(delivery: WebhookDelivery): Promise<void>;
  /** Every event of payments so far, the oldest first. */
  published(): Awaitable<readonly { readonly type: string; readonly data: { readonly paymentId: string; readonly amountInPence: number } }[]>;
}

const LINES: readonly FeeLine[] = [
  { code: 'first-bin', title: { en: 'First bin', cy: 'Bin cyntaf' }, amountInPence: 4500, ledgerCode: 'GW-4410', vatRate: 'outside-the-scope' },
  { code: 'delivery', title: { en: 'Delivery', cy: 'Danfon' }, amountInPence: 1000, ledgerCode: 'GW-4420', vatRate: 'standard' },
];

const PAYER = { name: 'Siân Example', address: { line1: '1 Bridge Street', line2: 'Flat 2', town: 'Testham', postcode: 'ZZ99 1AA', country: 'GB' } };

function orderFor(harness: PaymentsHarness, changes: Partial<PaymentOrder> = {}): PaymentOrder {
  const id = harness.ids.uuid();
  return {
    paymentId: paymentId(id), idempotencyKey: `request-${id}`, reference: `TE-${id.slice(-12)}`, description: { en: 'Garden waste', cy: 'Gwastraff gardd' }, lines: LINES,
    subject: { type: 'draft', id: harness.ids.uuid() }, returnPath: '/services/garden-waste/paid', language: 'en', ...changes,
  };
}
function refundFor(harness: PaymentsHarness, payment: Payment, changes: Partial<RefundOrder> = {}): RefundOrder {
  const id = harness.ids.uuid();
  return { paymentId: payment.paymentId, refundId: refundId(id), idempotencyKey: `refund-${id}`, amountInPence: payment.amountInPence, reason: 'The bins could not be delivered', ...changes };
}
function value<Value>(outcome: Outcome<Value>): Value {
  assert.ok(outcome.ok, outcome.ok ? '' : `refused: ${outcome.refusal.reason}: ${outcome.refusal.message}`);
  return outcome.value;
}
function reason(outcome: Outcome<unknown, Refusal>): string {
  assert.ok(!outcome.ok, 'it was accepted and should have been refused');
  return outcome.refusal.reason;
}
async function failsWith(code: string, doing: Promise<unknown>): Promise<void> {
  try { await doing; } catch (error) {
    assert.ok(isGuildhallError(error), `it threw something that is not one of the six errors: ${String(error)}`);
    assert.equal(error.code, code);
    return;
  }
  assert.fail(`it should have thrown ${code}`);
}
async function requested(harness: PaymentsHarness, changes: Partial<PaymentOrder> = {}): Promise<Payment> {
  return value(await harness.payments.request(harness.as('resident'), orderFor(harness, changes)));
}
async function started(harness: PaymentsHarness): Promise<Payment> {
  const payment = await requested(harness);
  value(await harness.payments.start(harness.as('resident'), payment.paymentId));
  return harness.payments.find(harness.as('resident'), payment.paymentId);
}
async function newest(harness: PaymentsHarness, payment: Payment): Promise<string> {
  const found = (await harness.farEnd.payments(payment.reference)).at(-1);
  assert.ok(found, 'the far end has no such payment');
  return found.providerPaymentId;
}
async function paid(harness: PaymentsHarness): Promise<Payment> {
  const payment = await started(harness);
  await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
  return harness.payments.refresh(harness.as('resident'), payment.paymentId);
}
async function events(harness: PaymentsHarness, payment: Payment): Promise<readonly string[]> {
  return (await harness.published()).filter((event) => event.data.paymentId === payment.paymentId).map((event) => event.type.replace('payments.payment-', ''));
}
/** What the far end has of a payment's money after what it gave back. */
async function farBalance(harness: PaymentsHarness, payment: Payment): Promise<number> {
  return (await harness.farEnd.payments(payment.reference)).reduce((sum, far) => sum + (far.state === 'succeeded' ? far.amountInPence : 0) - far.refundedInPence, 0);
}

const cases: readonly ConformanceCase<PaymentsHarness>[] = [
  {
    id: 'PAPI-001', title: 'what is asked for is kept as it was asked for, and is not yet paid',
    run: async (harness) => {
      const order = orderFor(harness);
      const payment = value(await harness.payments.request(harness.as('resident'), order));
      const { paymentId: id, reference, description, lines, subject, returnPath, language } = await harness.payments.find(harness.as('resident'), order.paymentId);
      assert.deepEqual({ paymentId: id, reference, description, lines, subject, returnPath, language }, {
        paymentId: order.paymentId, reference: order.reference, description: order.description, lines: order.lines, subject: order.subject, returnPath: order.returnPath, language: order.language,
      });
      assert.equal(payment.state, 'requested');
      assert.equal(payment.amountInPence, 5500);
      assert.equal(payment.attempts, 0);
      assert.equal(payment.refundableInPence, 0);
      assert.equal(payment.receiptPath, undefined);
      assert.ok(payment.requestedAt instanceof Date);
      assert.equal((await harness.farEnd.payments(order.reference)).length, 0);
    },
  },
  {
    id: 'PAPI-002', title: 'the same request again gives the same payment',
    run: async (harness) => {
      const order = orderFor(harness);
      const first = value(await harness.payments.request(harness.as('resident'), order));
      assert.deepEqual(value(await harness.payments.request(harness.as('resident'), order)), first);
      assert.equal((await harness.payments.forSubject(harness.as('resident'), order.subject)).length, 1);
    },
  },
  {
    id: 'PAPI-003', title: 'the same key with another order is a Conflict, and so is the same id under another key',
    run: async (harness) => {
      const order = orderFor(harness);
      value(await harness.payments.request(harness.as('resident'), order));
      await failsWith('conflict', harness.payments.request(harness.as('resident'), { ...order, returnPath: '/elsewhere' }));
      await failsWith('conflict', harness.payments.request(harness.as('resident'), { ...order, idempotencyKey: 'another-key', reference: 'TE-OTHER' }));
    },
  },
  {
    id: 'PAPI-004', title: 'requests at the same time under one key make one payment',
    run: async (harness) => {
      const order = orderFor(harness);
      const outcomes = await Promise.all([1, 2, 3].map(() => harness.payments.request(harness.as('resident'), order)));
      assert.deepEqual([...new Set(outcomes.map((outcome) => value(outcome).paymentId))], [order.paymentId]);
      assert.equal((await harness.payments.forSubject(harness.as('resident'), order.subject)).length, 1);
    },
  },
  {
    id: 'PAPI-005', title: 'an order with a mistake is InvalidInput: another site to return to, half a penny, no words, a line break in the reference',
    run: async (harness) => {
      const line = LINES[0];
      assert.ok(line);
      const wrong: readonly Partial<PaymentOrder>[] = [
        { returnPath: 'https://elsewhere.example/' }, { returnPath: '//elsewhere.example' }, { returnPath: '/\\elsewhere.example' }, { returnPath: 'services' }, { reference: 'a\nb' }, { reference: '' },
        { description: { en: '', cy: 'x' } }, { lines: [{ ...line, amountInPence: 0.5 }] }, { lines: [{ ...line, amountInPence: -100 }, line] }, { lines: [{ ...line, ledgerCode: '' }] },
        { subject: { type: 'Draft', id: 'x' } }, { payer: { email: 'nobody' } }, { payer: { name: ' ' } }, { payer: { address: { ...PAYER.address, line1: 'a\nb' } } }, { payer: { address: { ...PAYER.address, country: 'Wales' } } }, { idempotencyKey: 'with space' },
      ];
      for (const changes of wrong) await failsWith('invalid-input', harness.payments.request(harness.as('resident'), orderFor(harness, changes)));
    },
  },
  {
    id: 'PAPI-006', title: 'nothing to pay, and more than one payment may be, are refused',
    run: async (harness) => {
      const [line] = LINES;
      assert.ok(line);
      assert.equal(reason(await harness.payments.request(harness.as('resident'), orderFor(harness, { lines: [] }))), 'nothing-to-pay');
      assert.equal(reason(await harness.payments.request(harness.as('resident'), orderFor(harness, { lines: [{ ...line, amountInPence: 10_000_001 }] }))), 'too-much');
      const most = value(await harness.payments.request(harness.as('resident'), orderFor(harness, { lines: [{ ...line, amountInPence: 10_000_000 }] })));
      assert.equal(most.amountInPence, 10_000_000);
    },
  },
  {
    id: 'PAPI-007', title: 'a reference belongs to one payment, until that is withdrawn',
    run: async (harness) => {
      const first = await requested(harness);
      assert.equal(reason(await harness.payments.request(harness.as('resident'), orderFor(harness, { reference: first.reference }))), 'reference-taken');
      value(await harness.payments.withdraw(harness.as('resident'), first.paymentId));
      const second = await requested(harness, { reference: first.reference });
      assert.equal(second.reference, first.reference);
    },
  },
  {
    id: 'PAPI-010', title: 'starting leads to the provider\'s page',
    run: async (harness) => {
      const payment = await requested(harness);
      const { nextUrl } = value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      assert.equal(await harness.farEnd.visit(nextUrl), true);
      const after = await harness.payments.find(harness.as('resident'), payment.paymentId);
      assert.equal(after.state, 'started');
      assert.equal(after.attempts, 1);
      const [far] = await harness.farEnd.payments(payment.reference);
      assert.equal(far?.amountInPence, payment.amountInPence);
    },
  },
  {
    id: 'PAPI-011', title: 'starting again (back button, second tab) leads to the same payment at the provider',
    run: async (harness) => {
      const payment = await requested(harness);
      const first = value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      assert.equal(await harness.farEnd.visit(first.nextUrl), true);
      const second = value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      assert.equal(await harness.farEnd.visit(second.nextUrl), true);
      assert.equal((await harness.farEnd.payments(payment.reference)).length, 1);
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).attempts, 1);
    },
  },
  {
    id: 'PAPI-012', title: 'starting at the same time makes one attempt',
    run: async (harness) => {
      const payment = await requested(harness);
      const outcomes = await Promise.all([1, 2, 3].map(() => harness.payments.start(harness.as('resident'), payment.paymentId)));
      for (const outcome of outcomes) assert.equal(await harness.farEnd.visit(value(outcome).nextUrl), true);
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).attempts, 1);
      const visited = (await harness.farEnd.payments(payment.reference)).filter((far) => far.state === 'started');
      assert.equal(visited.length, 1, 'payers were sent to different payments');
    },
  },
  {
    id: 'PAPI-013', title: 'once paid it says so, with a receipt, and tells it once however often it is asked',
    run: async (harness) => {
      const payment = await paid(harness);
      assert.equal(payment.state, 'succeeded');
      assert.ok(payment.paidAt instanceof Date);
      assert.ok(payment.receiptPath?.startsWith('/payments/'));
      assert.equal(payment.refundableInPence, payment.amountInPence);
      for (let i = 0; i < 3; i++) await harness.payments.refresh(harness.as('resident'), payment.paymentId);
      await harness.reconcile();
      assert.deepEqual(await events(harness, payment), ['succeeded']);
      assert.equal(await farBalance(harness, payment), payment.amountInPence);
    },
  },
  {
    id: 'PAPI-014', title: 'a declined card fails the attempt; the next one can pay',
    run: async (harness) => {
      const payment = await started(harness);
      await harness.farEnd.payerDoes(await newest(harness, payment), 'decline');
      assert.equal((await harness.payments.refresh(harness.as('resident'), payment.paymentId)).state, 'failed');
      value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).attempts, 2);
      await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
      assert.equal((await harness.payments.refresh(harness.as('resident'), payment.paymentId)).state, 'succeeded');
      assert.deepEqual(await events(harness, payment), ['failed', 'succeeded']);
      assert.equal(await farBalance(harness, payment), payment.amountInPence);
    },
  },
  ...([['PAPI-015', 'cancel', 'cancelled'], ['PAPI-016', 'expire', 'expired'], ['PAPI-017', 'error', 'error']] as const).map(([id, does, state]): ConformanceCase<PaymentsHarness> => ({
    id, title: `after "${does}" nothing is lost and it can be tried again`,
    run: async (harness) => {
      const payment = await started(harness);
      await harness.farEnd.payerDoes(await newest(harness, payment), does);
      const over = await harness.payments.refresh(harness.as('resident'), payment.paymentId);
      assert.equal(over.state, state);
      assert.deepEqual(over.lines, payment.lines);
      const again = value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      assert.equal(await harness.farEnd.visit(again.nextUrl), true);
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).state, 'started');
    },
  })),
  {
    id: 'PAPI-018', title: 'starting finds out by itself that the attempt before has failed meanwhile',
    run: async (harness) => {
      const payment = await started(harness);
      await harness.farEnd.payerDoes(await newest(harness, payment), 'decline');
      const again = value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      assert.equal(await harness.farEnd.visit(again.nextUrl), true);
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).attempts, 2);
    },
  },
  {
    id: 'PAPI-019', title: 'while the provider is deciding, nobody can pay again or withdraw',
    run: async (harness) => {
      const payment = await started(harness);
      await harness.farEnd.payerDoes(await newest(harness, payment), 'submit');
      assert.equal((await harness.payments.refresh(harness.as('resident'), payment.paymentId)).state, 'submitted');
      assert.equal(reason(await harness.payments.start(harness.as('resident'), payment.paymentId)), 'being-processed');
      assert.equal(reason(await harness.payments.withdraw(harness.as('resident'), payment.paymentId)), 'being-processed');
      await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
      assert.equal((await harness.payments.refresh(harness.as('resident'), payment.paymentId)).state, 'succeeded');
    },
  },
  {
    id: 'PAPI-020', title: 'what is paid cannot be started or withdrawn, even when only the provider knows that it is paid',
    run: async (harness) => {
      const payment = await started(harness);
      await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
      assert.equal(reason(await harness.payments.withdraw(harness.as('resident'), payment.paymentId)), 'already-paid');
      assert.equal(reason(await harness.payments.start(harness.as('resident'), payment.paymentId)), 'already-paid');
      assert.deepEqual(await events(harness, payment), ['succeeded']);
    },
  },
  {
    id: 'PAPI-021', title: 'what is withdrawn cannot be paid, and withdrawing twice is withdrawing once', needs: 'cancel',
    run: async (harness) => {
      const payment = await requested(harness);
      const { nextUrl } = value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      assert.equal(value(await harness.payments.withdraw(harness.as('resident'), payment.paymentId)).state, 'withdrawn');
      assert.equal(value(await harness.payments.withdraw(harness.as('resident'), payment.paymentId)).state, 'withdrawn');
      await harness.reconcile();
      assert.equal(await harness.farEnd.visit(nextUrl), false);
      assert.equal(reason(await harness.payments.start(harness.as('resident'), payment.paymentId)), 'withdrawn');
      assert.deepEqual(await events(harness, payment), []);
    },
  },
  {
    id: 'PAPI-022', title: 'money that arrives after withdrawal goes back', needs: 'refunds',
    run: async (harness) => {
      const payment = await started(harness);
      await harness.farEnd.failNext('cancel', 'lose-request');
      value(await harness.payments.withdraw(harness.as('resident'), payment.paymentId));
      await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
      await harness.reconcile();
      await harness.farEnd.finishRefunds('succeeded');
      await harness.reconcile();
      const after = await harness.payments.find(harness.as('resident'), payment.paymentId);
      assert.equal(after.state, 'withdrawn');
      assert.equal(await farBalance(harness, payment), 0);
      assert.deepEqual(after.refunds.map(({ isOfSurplus, amountInPence, state }) => ({ isOfSurplus, amountInPence, state })), [{ isOfSurplus: true, amountInPence: payment.amountInPence, state: 'succeeded' }]);
      assert.deepEqual(await events(harness, payment), []);
    },
  },
  {
    id: 'PAPI-023', title: 'a success after expiry is booked', needs: 'late-success',
    run: async (harness) => {
      const payment = await started(harness);
      const far = await newest(harness, payment);
      await harness.farEnd.payerDoes(far, 'expire');
      assert.equal((await harness.payments.refresh(harness.as('resident'), payment.paymentId)).state, 'expired');
      await harness.farEnd.payerDoes(far, 'succeed');
      assert.equal((await harness.payments.refresh(harness.as('resident'), payment.paymentId)).state, 'succeeded');
      assert.deepEqual(await events(harness, payment), ['expired', 'succeeded'].map((state) => (state === 'expired' ? 'failed' : state)));
    },
  },
  {
    id: 'PAPI-024', title: 'when an expired attempt is paid while another is open, the payment is paid and the open one is stopped', needs: 'late-success',
    run: async (harness) => {
      const payment = await started(harness);
      const far = await newest(harness, payment);
      await harness.farEnd.payerDoes(far, 'expire');
      const { nextUrl } = value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      await harness.farEnd.payerDoes(far, 'succeed');
      assert.equal((await harness.payments.refresh(harness.as('resident'), payment.paymentId)).state, 'succeeded');
      await harness.reconcile();
      assert.equal(await harness.farEnd.visit(nextUrl), false, 'the second attempt can still be paid');
      assert.equal(await farBalance(harness, payment), payment.amountInPence);
      assert.deepEqual(await events(harness, payment), ['failed', 'succeeded']);
    },
  },
  {
    id: 'PAPI-025', title: 'when two attempts are paid one is booked, and the other goes back', needs: 'late-success',
    run: async (harness) => {
      const payment = await started(harness);
      const far = await newest(harness, payment);
      await harness.farEnd.payerDoes(far, 'expire');
      value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
      await harness.payments.refresh(harness.as('resident'), payment.paymentId);
      await harness.farEnd.payerDoes(far, 'succeed');
      await harness.payments.refresh(harness.as('resident'), payment.paymentId);
      await harness.reconcile();
      await harness.farEnd.finishRefunds('succeeded');
      await harness.reconcile();
      const after = await harness.payments.find(harness.as('resident'), payment.paymentId);
      assert.equal(await farBalance(harness, payment), payment.amountInPence);
      assert.equal(after.refundableInPence, payment.amountInPence, 'what was booked is touched');
      assert.deepEqual(after.refunds.map(({ isOfSurplus, state }) => ({ isOfSurplus, state })), [{ isOfSurplus: true, state: 'succeeded' }]);
      assert.equal((await events(harness, payment)).filter((type) => type === 'succeeded').length, 1);
    },
  },
  ...([['PAPI-026', 'lose-answer'], ['PAPI-027', 'lose-request'], ['PAPI-028', 'unavailable']] as const).map(([id, fault]): ConformanceCase<PaymentsHarness> => ({
    id, title: `a start that ends in "${fault}" can be done again, and is paid once`,
    run: async (harness) => {
      const payment = await requested(harness);
      await harness.farEnd.failNext('create', fault);
      await failsWith('unavailable', harness.payments.start(harness.as('resident'), payment.paymentId));
      const { nextUrl } = value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      assert.equal(await harness.farEnd.visit(nextUrl), true);
      await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
      const after = await harness.payments.refresh(harness.as('resident'), payment.paymentId);
      assert.equal(after.state, 'succeeded');
      assert.equal(after.attempts, 1);
      assert.equal(await farBalance(harness, payment), payment.amountInPence);
    },
  })),
  {
    id: 'PAPI-029', title: 'when the provider does not answer, or says something unheard of, nothing changes and what we know can still be read',
    run: async (harness) => {
      const payment = await started(harness);
      await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
      await harness.farEnd.failNext('fetch', 'unavailable');
      await failsWith('unavailable', harness.payments.refresh(harness.as('resident'), payment.paymentId));
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).state, 'started');
      await harness.farEnd.failNext('fetch', 'unknown-state');
      assert.equal((await harness.payments.refresh(harness.as('resident'), payment.paymentId)).state, 'started');
      assert.equal((await harness.payments.refresh(harness.as('resident'), payment.paymentId)).state, 'succeeded');
    },
  },
  {
    id: 'PAPI-030', title: 'nobody asks, and the payment is booked all the same',
    run: async (harness) => {
      const payment = await started(harness);
      await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
      await harness.reconcile();
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).state, 'succeeded');
      assert.deepEqual(await events(harness, payment), ['succeeded']);
    },
  },
  {
    id: 'PAPI-040', title: 'all of it is paid back', needs: 'refunds',
    run: async (harness) => {
      const payment = await paid(harness);
      const given = value(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment)));
      assert.equal(given.refundableInPence, 0);
      await harness.farEnd.finishRefunds('succeeded');
      await harness.reconcile();
      const after = await harness.payments.find(harness.as('resident'), payment.paymentId);
      assert.equal(after.state, 'succeeded');
      assert.equal(after.refundedInPence, payment.amountInPence);
      assert.deepEqual(after.refunds.map(({ amountInPence, state, isOfSurplus }) => ({ amountInPence, state, isOfSurplus })), [{ amountInPence: payment.amountInPence, state: 'succeeded', isOfSurplus: false }]);
      assert.equal(await farBalance(harness, payment), 0);
      assert.deepEqual(await events(harness, payment), ['succeeded', 'refunded']);
    },
  },
  {
    id: 'PAPI-041', title: 'parts are paid back until nothing is left', needs: 'partial-refunds',
    run: async (harness) => {
      const payment = await paid(harness);
      for (const amountInPence of [1, 2000, 3499]) {
        value(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment, { amountInPence })));
        await harness.farEnd.finishRefunds('succeeded');
        await harness.reconcile();
      }
      assert.equal((await harness.payments.find(harness.as('manager'), payment.paymentId)).refundableInPence, 0);
      assert.equal(reason(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment, { amountInPence: 1 }))), 'more-than-left');
      assert.equal(await farBalance(harness, payment), 0);
    },
  },
  {
    id: 'PAPI-042', title: 'what was not paid, and more than was paid, is not paid back', needs: 'refunds',
    run: async (harness) => {
      const unpaid = await started(harness);
      assert.equal(reason(await harness.payments.refund(harness.as('manager'), refundFor(harness, unpaid))), 'not-paid');
      const payment = await paid(harness);
      assert.equal(reason(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment, { amountInPence: payment.amountInPence + 1 }))), 'more-than-left');
      assert.equal(await farBalance(harness, payment), payment.amountInPence);
    },
  },
  {
    id: 'PAPI-043', title: 'the same refund again pays back once; its key with another amount is a Conflict', needs: 'partial-refunds',
    run: async (harness) => {
      const payment = await paid(harness);
      const order = refundFor(harness, payment, { amountInPence: 1000 });
      value(await harness.payments.refund(harness.as('manager'), order));
      value(await harness.payments.refund(harness.as('manager'), order));
      await failsWith('conflict', harness.payments.refund(harness.as('manager'), { ...order, amountInPence: 1001 }));
      await failsWith('conflict', harness.payments.refund(harness.as('manager'), { ...order, idempotencyKey: 'another-key' }));
      await harness.reconcile();
      assert.equal(await farBalance(harness, payment), payment.amountInPence - 1000);
    },
  },
  ...([['PAPI-044', 'lose-answer'], ['PAPI-045', 'lose-request']] as const).map(([id, fault]): ConformanceCase<PaymentsHarness> => ({
    id, title: `a refund that ends in "${fault}" is carried on with later, and pays back once`, needs: 'partial-refunds',
    run: async (harness) => {
      const payment = await paid(harness);
      await harness.farEnd.failNext('refund', fault);
      const waiting = value(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment, { amountInPence: 1000 })));
      assert.equal(waiting.refundableInPence, payment.amountInPence - 1000);
      assert.equal(reason(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment, { amountInPence: 1000 }))), 'refund-in-progress');
      await harness.reconcile();
      await harness.farEnd.finishRefunds('succeeded');
      await harness.reconcile();
      const after = await harness.payments.find(harness.as('manager'), payment.paymentId);
      assert.deepEqual(after.refunds.map((given) => given.state), ['succeeded']);
      assert.equal(await farBalance(harness, payment), payment.amountInPence - 1000);
    },
  })),
  {
    id: 'PAPI-046', title: 'an officer who saw another amount left is told', needs: 'partial-refunds',
    run: async (harness) => {
      const payment = await paid(harness);
      assert.equal(reason(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment, { amountInPence: 1000, availableInPence: 1000 }))), 'amount-changed');
      value(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment, { amountInPence: 1000, availableInPence: payment.amountInPence })));
    },
  },
  {
    id: 'PAPI-047', title: 'of refunds at the same time that are too much together, one is done', needs: 'refunds',
    run: async (harness) => {
      const payment = await paid(harness);
      const outcomes = await Promise.all([1, 2, 3].map(() => harness.payments.refund(harness.as('manager'), refundFor(harness, payment))));
      assert.equal(outcomes.filter((outcome) => outcome.ok).length, 1);
      assert.equal(await farBalance(harness, payment), 0);
    },
  },
  {
    id: 'PAPI-048', title: 'money that somebody paid back at the provider itself is counted', needs: 'partial-refunds',
    run: async (harness) => {
      const payment = await paid(harness);
      await harness.farEnd.refundOutside(await newest(harness, payment), 1500);
      const after = await harness.payments.refresh(harness.as('manager'), payment.paymentId);
      assert.equal(after.refundableInPence, payment.amountInPence - 1500);
      value(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment, { amountInPence: payment.amountInPence - 1500 })));
      assert.equal(await farBalance(harness, payment), 0);
    },
  },
  {
    id: 'PAPI-049', title: 'a refund that the bank sends back can be made again', needs: 'refunds-can-fail',
    run: async (harness) => {
      const payment = await paid(harness);
      value(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment)));
      await harness.farEnd.finishRefunds('error');
      await harness.reconcile();
      const after = await harness.payments.find(harness.as('manager'), payment.paymentId);
      assert.equal(after.refundableInPence, payment.amountInPence);
      value(await harness.payments.refund(harness.as('manager'), refundFor(harness, payment)));
      assert.equal(await farBalance(harness, payment), 0);
    },
  },
  {
    id: 'PAPI-050', title: 'only those who may pay money back can: others are NotAllowed, and who has not signed in is NotAuthenticated', needs: 'refunds',
    run: async (harness) => {
      const payment = await paid(harness);
      for (const who of ['resident', 'adviser', 'outsider'] as const) await failsWith('not-allowed', harness.payments.refund(harness.as(who), refundFor(harness, payment)));
      await failsWith('not-authenticated', harness.payments.refund(harness.as('nobody'), refundFor(harness, payment)));
      assert.equal(await farBalance(harness, payment), payment.amountInPence);
    },
  },
  {
    id: 'PAPI-051', title: 'another resident\'s payment is NotFound, whatever one does with it',
    run: async (harness) => {
      const payment = await requested(harness);
      for (const who of ['another-resident', 'nobody', 'outsider'] as const) {
        await failsWith('not-found', harness.payments.find(harness.as(who), payment.paymentId));
        await failsWith('not-found', harness.payments.refresh(harness.as(who), payment.paymentId));
        assert.deepEqual(await harness.payments.forSubject(harness.as(who), payment.subject), []);
      }
      for (const who of ['another-resident', 'nobody'] as const) {
        await failsWith('not-found', harness.payments.start(harness.as(who), payment.paymentId));
        await failsWith('not-found', harness.payments.withdraw(harness.as(who), payment.paymentId));
      }
      await failsWith('not-found', harness.payments.find(harness.as('resident'), paymentId(harness.ids.uuid())));
    },
  },
  {
    id: 'PAPI-052', title: 'a payment of nobody is seen by whoever knows its id, also after signing in',
    run: async (harness) => {
      const payment = value(await harness.payments.request(harness.as('nobody'), orderFor(harness)));
      assert.equal(payment.personId, undefined);
      assert.equal((await harness.payments.find(harness.as('nobody'), payment.paymentId)).state, 'requested');
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).state, 'requested');
      value(await harness.payments.start(harness.as('resident'), payment.paymentId));
    },
  },
  {
    id: 'PAPI-053', title: 'officers see every payment with the permission, and none without; taking needs its own',
    run: async (harness) => {
      const payment = await requested(harness);
      assert.equal((await harness.payments.find(harness.as('adviser'), payment.paymentId)).reference, payment.reference);
      assert.equal((await harness.payments.forSubject(harness.as('adviser'), payment.subject)).length, 1);
      await failsWith('not-allowed', harness.payments.request(harness.as('outsider'), orderFor(harness)));
      await failsWith('not-allowed', harness.payments.start(harness.as('outsider'), payment.paymentId));
      await failsWith('not-allowed', harness.payments.withdraw(harness.as('outsider'), payment.paymentId));
    },
  },
  {
    id: 'PAPI-054', title: 'an adviser may ask on a resident\'s behalf; a resident may not on another\'s',
    run: async (harness) => {
      const resident = harness.as('resident').actor;
      const other = harness.as('another-resident').actor;
      assert.ok(resident.kind === 'resident' && other.kind === 'resident');
      const assisted = value(await harness.payments.request(harness.as('adviser'), orderFor(harness, { payer: { personId: resident.personId } })));
      assert.equal((await harness.payments.find(harness.as('resident'), assisted.paymentId)).personId, resident.personId);
      await failsWith('not-found', harness.payments.find(harness.as('another-resident'), assisted.paymentId));
      await failsWith('not-allowed', harness.payments.request(harness.as('resident'), orderFor(harness, { payer: { personId: other.personId } })));
      await failsWith('not-allowed', harness.payments.request(harness.as('nobody'), orderFor(harness, { payer: { personId: other.personId as PersonId } })));
    },
  },
  {
    id: 'PAPI-055', title: 'the payments for one thing come with the newest first',
    run: async (harness) => {
      const subject = { type: 'draft', id: harness.ids.uuid() };
      const first = await requested(harness, { subject });
      const second = await requested(harness, { subject });
      await requested(harness);
      assert.deepEqual((await harness.payments.forSubject(harness.as('resident'), subject)).map((payment) => payment.paymentId), [second.paymentId, first.paymentId]);
    },
  },
  {
    id: 'PAPI-056', title: 'another council knows nothing of it, and may use the same reference and key', needs: 'two-councils',
    run: async (harness) => {
      const order = orderFor(harness);
      const payment = value(await harness.payments.request(harness.as('nobody'), order));
      await failsWith('not-found', harness.payments.find(harness.as('elsewhere'), payment.paymentId));
      await failsWith('not-found', harness.payments.start(harness.as('elsewhere'), payment.paymentId));
      assert.deepEqual(await harness.payments.forSubject(harness.as('elsewhere'), order.subject), []);
      value(await harness.payments.request(harness.as('elsewhere'), { ...order, paymentId: paymentId(harness.ids.uuid()) }));
    },
  },
  {
    id: 'PAPI-057', title: 'a resident has a list of their own payments, the newest first and page by page; nobody else has one',
    run: async (harness) => {
      const made = [await requested(harness), await requested(harness), await requested(harness)].map((payment) => payment.paymentId).reverse();
      const [newestOne, second, third] = made;
      const list = async (page: PaymentsPage): Promise<readonly string[]> => (await harness.payments.ofResident(harness.as('resident'), page)).map((payment) => payment.paymentId);
      assert.deepEqual(await list({ limit: 2 }), [newestOne, second]);
      assert.equal((await list({ limit: 1, before: second as PaymentsPage['before'] }))[0], third);
      const others = await harness.payments.ofResident(harness.as('another-resident'), { limit: 100 });
      assert.deepEqual(others.filter((payment) => made.includes(payment.paymentId)), []);
      await failsWith('not-authenticated', harness.payments.ofResident(harness.as('nobody'), { limit: 1 }));
      await failsWith('not-allowed', harness.payments.ofResident(harness.as('manager'), { limit: 1 }));
    },
  },
  {
    id: 'PAPI-058', title: 'each time that the payer was sent to pay is told with what became of it',
    run: async (harness) => {
      const payment = await started(harness);
      await harness.farEnd.payerDoes(await newest(harness, payment), 'decline');
      await harness.payments.refresh(harness.as('resident'), payment.paymentId);
      value(await harness.payments.start(harness.as('resident'), payment.paymentId));
      await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
      const { tries, surplusInPence } = await harness.payments.refresh(harness.as('adviser'), payment.paymentId);
      assert.deepEqual(tries.map(({ number, state, isSurplus }) => ({ number, state, isSurplus })), [{ number: 1, state: 'failed', isSurplus: false }, { number: 2, state: 'succeeded', isSurplus: false }]);
      assert.ok(tries.every(({ begunAt, finishedAt, provider }) => begunAt instanceof Date && finishedAt instanceof Date && provider.startsWith('payments.')));
      assert.equal(surplusInPence, 0);
    },
  },
  {
    id: 'PAPI-060', title: 'webhooks that come twice, late, forged or lying book the money once, and only when it is there', needs: 'webhooks',
    run: async (harness) => {
      const { farEnd } = harness;
      assert.ok(harness.webhook && farEnd.webhook);
      const payment = await started(harness);
      const far = await newest(harness, payment);
      await harness.webhook(await farEnd.webhook(far, { claims: 'succeeded' }));
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).state, 'started');
      await farEnd.payerDoes(far, 'succeed');
      const genuine = await farEnd.webhook(far);
      await harness.webhook({ ...genuine, rawBody: Buffer.concat([Buffer.from(genuine.rawBody), Buffer.from(' ')]) });
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).state, 'started');
      for (let i = 0; i < 3; i++) await harness.webhook(genuine);
      await harness.webhook(await farEnd.webhook(far));
      assert.equal((await harness.payments.find(harness.as('resident'), payment.paymentId)).state, 'succeeded');
      assert.deepEqual(await events(harness, payment), ['succeeded']);
    },
  },
  {
    id: 'PAPI-070', title: 'taking asks for the payment as it was ordered, and leads to the provider\'s page',
    run: async (harness) => {
      const order = orderFor(harness);
      const { nextUrl } = value(await harness.payments.take(harness.as('resident'), order));
      assert.equal(await harness.farEnd.visit(nextUrl), true);
      const { reference, description, lines, subject, returnPath, language, state, attempts, amountInPence, personId } = await harness.payments.find(harness.as('resident'), order.paymentId);
      const resident = harness.as('resident').actor;
      assert.ok(resident.kind === 'resident');
      assert.deepEqual({ reference, description, lines, subject, returnPath, language, state, attempts, amountInPence, personId }, {
        reference: order.reference, description: order.description, lines: order.lines, subject: order.subject, returnPath: order.returnPath, language: order.language, state: 'started', attempts: 1, amountInPence: 5500, personId: resident.personId,
      });
      assert.deepEqual((await harness.farEnd.payments(order.reference)).map((far) => far.amountInPence), [5500]);
    },
  },
  {
    id: 'PAPI-071', title: 'taking again (back button, second tab), or starting what was taken, leads to the same payment at the provider',
    run: async (harness) => {
      const order = orderFor(harness);
      for (const again of [() => harness.payments.take(harness.as('resident'), order), () => harness.payments.take(harness.as('resident'), order), () => harness.payments.start(harness.as('resident'), order.paymentId)]) assert.equal(await harness.farEnd.visit(value(await again()).nextUrl), true);
      assert.equal((await harness.farEnd.payments(order.reference)).length, 1);
      assert.equal((await harness.payments.find(harness.as('resident'), order.paymentId)).attempts, 1);
      const asked = await requested(harness);
      const { paymentId: id, reference, description, lines, subject, returnPath, language } = asked;
      await failsWith('conflict', harness.payments.take(harness.as('resident'), { paymentId: id, idempotencyKey: 'another-key', reference, description, lines, subject, returnPath, language }));
      assert.equal((await harness.payments.find(harness.as('resident'), id)).state, 'requested');
    },
  },
  {
    id: 'PAPI-072', title: 'taking at the same time (a double press) makes one payment and one attempt',
    run: async (harness) => {
      const order = orderFor(harness);
      const outcomes = await Promise.all([1, 2, 3].map(() => harness.payments.take(harness.as('resident'), order)));
      for (const outcome of outcomes) assert.equal(await harness.farEnd.visit(value(outcome).nextUrl), true);
      assert.equal((await harness.payments.forSubject(harness.as('resident'), order.subject)).length, 1);
      assert.equal((await harness.payments.find(harness.as('resident'), order.paymentId)).attempts, 1);
      assert.equal((await harness.farEnd.payments(order.reference)).filter((far) => far.state === 'started').length, 1, 'payers were sent to different payments');
    },
  },
  {
    id: 'PAPI-073', title: 'taking is refused as asking is, and as starting is: paid, withdrawn, another\'s reference, nothing to pay',
    run: async (harness) => {
      const order = orderFor(harness);
      value(await harness.payments.take(harness.as('resident'), order));
      const payment = await harness.payments.find(harness.as('resident'), order.paymentId);
      await harness.farEnd.payerDoes(await newest(harness, payment), 'succeed');
      assert.equal((await harness.payments.refresh(harness.as('resident'), order.paymentId)).state, 'succeeded');
      assert.equal(reason(await harness.payments.take(harness.as('resident'), order)), 'already-paid');
      assert.equal(reason(await harness.payments.take(harness.as('resident'), orderFor(harness, { reference: order.reference }))), 'reference-taken');
      const free = orderFor(harness, { lines: [] });
      assert.equal(reason(await harness.payments.take(harness.as('resident'), free)), 'nothing-to-pay');
      await failsWith('not-found', harness.payments.find(harness.as('resident'), free.paymentId));
      await failsWith('invalid-input', harness.payments.take(harness.as('resident'), orderFor(harness, { returnPath: 'https://elsewhere.example/' })));
      const other = orderFor(harness);
      value(await harness.payments.request(harness.as('resident'), other));
      value(await harness.payments.withdraw(harness.as('resident'), other.paymentId));
      assert.equal(reason(await harness.payments.take(harness.as('resident'), other)), 'withdrawn');
      await failsWith('not-allowed', harness.payments.take(harness.as('outsider'), orderFor(harness)));
      assert.equal(await farBalance(harness, payment), 5500);
    },
  },
  {
    id: 'PAPI-074', title: 'what was asked for by a resident is taken by nobody else, whatever they know of it: to them it is NotFound',
    run: async (harness) => {
      const order = orderFor(harness);
      value(await harness.payments.request(harness.as('resident'), order));
      for (const who of ['another-resident', 'nobody'] as const) await failsWith('not-found', harness.payments.take(harness.as(who), order));
      assert.equal((await harness.payments.find(harness.as('resident'), order.paymentId)).state, 'requested');
      assert.deepEqual(await harness.farEnd.payments(order.reference), []);
    },
  },
  {
    id: 'PAPI-078', title: 'the payer\'s name and address stand on the provider\'s page already, each time that they are sent there', needs: 'prefilled-payer',
    run: async (harness) => {
      const order = orderFor(harness, { payer: PAYER });
      value(await harness.payments.take(harness.as('resident'), order));
      await harness.farEnd.payerDoes(await newest(harness, await harness.payments.find(harness.as('resident'), order.paymentId)), 'decline');
      await harness.payments.refresh(harness.as('resident'), order.paymentId);
      value(await harness.payments.take(harness.as('resident'), order));
      assert.deepEqual((await harness.farEnd.payments(order.reference)).map(({ payer }) => payer), [PAYER, PAYER]);
    },
  },
  {
    id: 'PAPI-079', title: 'an order is the same with and without the payer\'s name and address, and another one with another payer',
    run: async (harness) => {
      const order = orderFor(harness);
      value(await harness.payments.request(harness.as('resident'), order));
      assert.equal(value(await harness.payments.request(harness.as('resident'), { ...order, payer: PAYER })).paymentId, order.paymentId);
      await failsWith('conflict', harness.payments.request(harness.as('resident'), { ...order, payer: { ...PAYER, email: 'another@payer.example' } }));
    },
  },
  ...([['PAPI-075', 'lose-answer'], ['PAPI-076', 'lose-request'], ['PAPI-077', 'unavailable']] as const).map(([id, fault]): ConformanceCase<PaymentsHarness> => ({
    id, title: `a taking that ends in "${fault}" can be done again, and is paid once`,
    run: async (harness) => {
      const order = orderFor(harness);
      await harness.farEnd.failNext('create', fault);
      await failsWith('unavailable', harness.payments.take(harness.as('resident'), order));
      assert.equal(await harness.farEnd.visit(value(await harness.payments.take(harness.as('resident'), order)).nextUrl), true);
      await harness.farEnd.payerDoes(await newest(harness, await harness.payments.find(harness.as('resident'), order.paymentId)), 'succeed');
      const after = await harness.payments.refresh(harness.as('resident'), order.paymentId);
      assert.equal(after.state, 'succeeded');
      assert.equal(after.attempts, 1);
      assert.equal(await farBalance(harness, after), after.amountInPence);
    },
  })),
];

/** The rules of PaymentsApi, executable: for the module, for a client over HTTP and for the payments in memory. @public */
export const PAYMENTS_KIT = defineKit<PaymentsHarness>({ id: 'payments.payments-api', contract: 'payments', version: '0.1.0', cases });
