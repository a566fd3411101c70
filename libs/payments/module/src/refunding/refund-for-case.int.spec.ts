import type { CaseView } from '@guildhall/cases-contract';
import { CASE_PANEL, CaseRefundDue } from '@guildhall/cases-contract';
import { Database, PageRenderer, extensionsOf, publish } from '@guildhall/kernel';
import { PAYMENTS, paymentId } from '@guildhall/payments-contract';
import type { PaymentId, PaymentsApi } from '@guildhall/payments-contract';
import { runPayments } from '../../test/harness';
import type { RunningPayments } from '../../test/harness';
import { RefundForCase } from './refund-for-case';

describe('money that a step of a case promises back', () => {
  let running: RunningPayments;
  let payments: PaymentsApi;
  beforeAll(async () => { running = await runPayments('redirect'); payments = running.app.get<PaymentsApi>(PAYMENTS.token); });
  afterAll(() => running?.close());
  beforeEach(() => running.far.clearFaults());

  async function asked(): Promise<PaymentId> {
    const id = paymentId(running.ids.uuid());
    await payments.request(running.as('resident'), {
      paymentId: id, idempotencyKey: id, reference: referenceOf(id), description: { en: 'Garden waste', cy: 'Gwastraff gardd' }, subject: { type: 'draft', id }, returnPath: '/services/garden-waste/paid', language: 'en',
      lines: [{ code: 'bins', title: { en: 'Bins', cy: 'Biniau' }, amountInPence: 8500, ledgerCode: 'GW-4410', vatRate: 'outside-the-scope' }],
    });
    return id;
  }
  async function paid(): Promise<PaymentId> {
    const id = await asked();
    await payments.start(running.as('resident'), id);
    running.far.payerDoes(running.far.newest(referenceOf(id)), 'succeed');
    await payments.refresh(running.as('resident'), id);
    return id;
  }
  const referenceOf = (id: PaymentId): string => `RB-${id.slice(-8).toUpperCase()}`;
  const due = (id: string, caseId: string = running.ids.uuid()) => ({ caseId, caseType: 'garden-waste.subscription', transition: 'decline', transitionTitle: 'Decline: we cannot collect there', paymentId: id, entryId: running.ids.uuid() });
  const announce = (data: ReturnType<typeof due>): Promise<void> => running.app.get(Database).run(running.as('manager'), async (tx) => publish(tx, CaseRefundDue, data));
  const refundsOf = async (id: PaymentId) => (await payments.find(running.as('manager'), id)).refunds.map(({ state, amountInPence }) => [state, amountInPence]);
  async function panelOf(id: PaymentId, who: 'manager' | 'adviser' = 'manager'): Promise<string> {
    const [panel] = extensionsOf(running.as(who), CASE_PANEL);
    const content = await panel?.load(running.as(who), { paymentId: id, reference: 'RB-7K3F-92QD' } as unknown as CaseView);
    return running.app.get(PageRenderer).render(running.as(who), content?.template ?? '', { panel: content?.data });
  }

  it('goes back once and whole, however often the step is told, and the case shows how far it is', async () => {
    const id = await paid();
    const told = due(id);
    await announce(told);
    await announce(told);
    await running.app.drainJobs();
    const event = { id: running.ids.uuid(), type: 'cases.case-refund-due', at: new Date(), data: told };
    await running.app.get(Database).run(running.as('manager'), (tx) => running.app.get(RefundForCase).handle(tx, event));
    await running.app.drainJobs();
    expect(await refundsOf(id)).toEqual([['submitted', 8500]]);
    expect(running.far.payments(referenceOf(id))[0]?.refundedInPence).toBe(8500);
    const coming = await panelOf(id);
    expect(coming).toContain('£85.00 is being paid back');
    expect(coming).not.toContain('/refund?');
    running.far.finishRefunds('succeeded');
    await running.reconcile();
    const back = await panelOf(id);
    expect(back).toContain('Paid back');
    expect(back).not.toContain('is being paid back');
  });

  it('is nothing where nothing was paid, where it has gone back already, or where another system holds the payment', async () => {
    const unpaid = await asked();
    await announce(due(unpaid));
    const returned = await paid();
    await payments.refund(running.as('manager'), { paymentId: returned, refundId: running.ids.uuid() as never, idempotencyKey: 'by-hand', amountInPence: 8500, reason: 'Asked on the telephone' });
    await announce(due(returned));
    await announce(due(running.ids.uuid()));
    await running.app.drainJobs();
    expect(await refundsOf(unpaid)).toEqual([]);
    expect(await refundsOf(returned)).toEqual([['submitted', 8500]]);
  });

  it('that the provider does not send back, or that another refund stands in the way of, is shown on the case with what to do', async () => {
    const outside = await paid();
    running.far.refundOutside(running.far.newest(referenceOf(outside)), 700);
    await announce(due(outside));
    const halfway = await paid();
    await payments.refund(running.as('manager'), { paymentId: halfway, refundId: running.ids.uuid() as never, idempotencyKey: 'a-part', amountInPence: 500, reason: 'One bin less' });
    await announce(due(halfway));
    await running.app.drainJobs();
    expect(await refundsOf(outside)).toContainEqual(['failed', 8500]);
    expect(await refundsOf(halfway)).toEqual([['submitted', 500], ['failed', 8000]]);
    const seen = await panelOf(halfway);
    for (const words of ['£80.00 could not be paid back.', 'Choose “Pay money back” to try again.', `/desk/payments/${halfway}/refund?`]) expect(seen).toContain(words);
    expect(await panelOf(halfway, 'adviser')).toContain('Ask somebody who may pay money back');
  });
});
