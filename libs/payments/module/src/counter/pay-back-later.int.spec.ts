import type { Event } from '@guildhall/kernel-contract';
import { CaseRefundDue } from '@guildhall/cases-contract';
import { Database } from '@guildhall/kernel';
import { PAYMENTS, paymentId, type PaymentId, type PaymentsApi } from '@guildhall/payments-contract';
import { runPayments, type RunningPayments } from '../../test/harness';
import { RefundForCase } from '../refunding/refund-for-case';

const OFFICER = '01990000-0000-7000-8000-0000000000b7';
const OWNER = '01990000-0000-7000-8000-0000000000a1';
let running: RunningPayments;
let payments: PaymentsApi;
beforeAll(async () => {
  running = await runPayments('redirect');
  payments = running.app.get<PaymentsApi>(PAYMENTS.token);
});
afterAll(() => running.close());

const officer = (roles: readonly string[] = ['team-manager'], slug?: string) => running.app.officerVisitor({ officerId: OFFICER, roles }, slug);
const known = (id: PaymentId) => payments.find(running.as('manager'), id);
const fieldIn = (text: string, name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '';
const rowsOf = async <Row extends object>(text: string, ...values: unknown[]): Promise<Row[]> => (await running.app.owner.query<Row>(text, values)).rows;
const refundEvents = async (id: PaymentId): Promise<number> => (await running.published(id)).filter(({ type }) => type === 'payments.payment-refunded').length;
/** What is in each account because of a payment. */
const accounts = async (id: PaymentId): Promise<Record<string, number>> => Object.fromEntries((await rowsOf<{ account: string; pence: number }>('select e.account, sum(e.amount_in_pence)::int as pence from payments.ledger_entry e join payments.journal j using (council_id, journal_id) where j.payment_id = $1 group by 1 order by 1', id)).map(({ account, pence }) => [account, pence]));

/** £57.00 that an officer took over the counter. */
async function taken(means: string): Promise<PaymentId> {
  const id = paymentId(running.ids.uuid());
  await payments.request(running.as('resident'), {
    paymentId: id, idempotencyKey: id, reference: `PB-${id.slice(-8).toUpperCase()}`, description: { en: 'Garden waste', cy: 'Gwastraff gardd' }, subject: { type: 'draft', id }, returnPath: '/', language: 'en',
    lines: [{ code: 'bin', title: { en: 'One bin', cy: 'Un bin' }, amountInPence: 4500, ledgerCode: 'GW-100', vatRate: 'outside-the-scope' }, { code: 'delivery', title: { en: 'Delivery', cy: 'Danfon' }, amountInPence: 1200, ledgerCode: 'GW-200', vatRate: 'standard' }],
  });
  const visitor = await officer();
  const { text } = await visitor.get(`/desk/payments/${id}/counter`);
  await visitor.post(`/desk/payments/${id}/counter`, { receiptId: fieldIn(text, 'receiptId'), amountInPence: '5700', means, slip: '' });
  expect((await known(id)).state).toBe('succeeded');
  return id;
}
async function payBack(id: PaymentId, fields: Record<string, string>, visitor = officer()): Promise<{ readonly status: number; readonly text: string; readonly sent: Record<string, string> }> {
  const who = await visitor;
  const { text } = await who.get(`/desk/payments/${id}/pay-back`);
  // A page without its form has no token; this one has.
  await who.get(`/desk/payments/${id}`);
  const sent = { refundId: fieldIn(text, 'refundId') || running.ids.uuid(), availableInPence: fieldIn(text, 'availableInPence') || '5700', amount: '57.00', means: 'bank-transfer', number: '', reason: 'Moved away', ...fields };
  return { ...(await who.request(`/desk/payments/${id}/pay-back`, { form: sent })), sent };
}

describe('money from the counter that goes back after its day', () => {
  it('is paid back in parts by the finance team, each with a reason and once, and said on the desk and on the receipt', async () => {
    const id = await taken('cash');
    const visitor = await officer();
    expect((await visitor.get(`/desk/payments/${id}`)).text).not.toContain('/pay-back');
    expect((await visitor.get(`/desk/payments/${id}/pay-back`)).text).toContain('give it back at the counter');
    const today = await payBack(id, {});
    expect(today).toMatchObject({ status: 422, text: expect.stringContaining('give it back at the counter') });
    running.clock.advance(24 * 3600);

    const tomorrow = await officer();
    expect((await tomorrow.get(`/desk/payments/${id}`)).text).toContain(`/desk/payments/${id}/pay-back`);
    const wrong = await payBack(id, { amount: '57.01', means: 'card-terminal', number: 'x'.repeat(31), reason: ' ' });
    expect(wrong.status).toBe(422);
    for (const words of ['<title>Error: ', 'Enter £57.00 or less', 'Select how it is paid back', 'at most 30 letters', 'Enter why it is paid back']) expect(wrong.text).toContain(words);
    expect((await known(id)).refundedInPence).toBe(0);

    const { sent, status } = await payBack(id, { amount: '12', number: 'PR-000123', reason: 'The delivery failed' });
    expect(status).toBe(303);
    const again = await officer();
    await again.get(`/desk/payments/${id}`);
    expect((await again.request(`/desk/payments/${id}/pay-back`, { form: sent })).status).toBe(303);
    expect((await again.request(`/desk/payments/${id}/pay-back`, { form: { ...sent, amount: '13' } })).status).toBe(409);
    expect(await refundEvents(id)).toBe(1);
    expect((await known(id)).refunds).toMatchObject([{ amountInPence: 1200, state: 'succeeded', reason: 'The delivery failed' }]);
    const stale = await payBack(id, { availableInPence: '5700', amount: '57' });
    expect(stale).toMatchObject({ status: 422, text: expect.stringContaining('What is left is now £45.00') });

    expect((await payBack(id, { amount: '45.00', means: 'cheque', number: '000777' })).status).toBe(303);
    expect(await known(id)).toMatchObject({ refundedInPence: 5700 });
    expect(await accounts(id)).toEqual({ 'cash-at-counter': 5700, income: 0, 'paid-by-finance': -5700, vat: 0 });
    const shown = (await again.get(`/desk/payments/${id}`)).text;
    for (const words of ['Bank transfer by the finance team (PR-000123)', 'Cheque by the finance team (000777)', 'The delivery failed']) expect(shown).toContain(words);
    expect(shown).not.toContain('/pay-back');
    expect((await payBack(id, { amount: '1' })).text).toContain('What is left is now £0.00');
    const receipt = (await (await running.app.residentVisitor(OWNER)).get(`/payments/${id}/receipt`)).text;
    for (const words of ['Paid back by our finance team', '£12.00', '£45.00']) expect(receipt).toContain(words);
    expect((await rowsOf(`select 1 from kernel.audit where action = 'payments.pay-back-later' and subject_id = $1`, id)).length).toBe(2);
  });

  it('that came by card goes back to that card at the terminal; the day’s file of each balances to the penny', async () => {
    const [card, cash] = [await taken('card-terminal'), await taken('cash')];
    running.clock.advance(24 * 3600);
    const day = running.clock.now().toISOString().slice(0, 10);
    expect((await payBack(card, { amount: '10.01', means: 'card-terminal', number: 'SLIP 9' })).status).toBe(303);
    expect((await payBack(cash, { amount: '33.33' })).status).toBe(303);
    expect((await payBack(cash, { amount: '0.01' })).status).toBe(303);
    running.clock.advance(24 * 3600 + 900);
    const visitor = await officer();
    expect((await visitor.get('/desk/ledger')).text).toContain('£43.35');
    const [headings = '', ...rows] = (await visitor.get(`/desk/ledger/${day}`)).text.trimEnd().split('\r\n');
    const at = (name: string): number => headings.split(',').indexOf(name);
    const sums: Record<string, number> = {};
    for (const cells of rows.map((row) => row.split(','))) sums[cells[at('account')] ?? ''] = (sums[cells[at('account')] ?? ''] ?? 0) + Math.round(Number(cells[at('amount')]) * 100);
    expect(sums).toMatchObject({ 'card-terminal': -1001, 'paid-by-finance': -3334 });
    expect(Object.values(sums).reduce((sum, one) => sum + one, 0)).toBe(0);
    expect(new Set(rows.map((row) => row.split(',')[at('kind')]))).toEqual(new Set(['refund']));
    expect(rows.every((row) => /RI-C\d{6}/.test(row))).toBe(true);
  });

  it('is how an officer makes good what a case should have paid back and could not', async () => {
    const id = await taken('cheque');
    const caseId = running.ids.uuid();
    const due = { id: running.ids.uuid(), type: CaseRefundDue, data: { caseId, paymentId: id, transition: 'cancel', transitionTitle: 'Cancelled' } } as unknown as Event<never>;
    await running.app.get(Database).run(running.app.systemContext('riverbourne'), (tx) => running.app.get(RefundForCase).handle(tx, due));
    expect((await known(id)).refunds).toMatchObject([{ state: 'failed', failure: 'paid-at-counter' }]);
    running.clock.advance(24 * 3600);
    expect((await payBack(id, { reason: 'The case was cancelled' })).status).toBe(303);
    expect((await known(id)).refundedInPence).toBe(5700);
  });

  it('is for whoever may pay back, in their own council, and only what was paid at the counter', async () => {
    const id = await taken('cash');
    running.clock.advance(24 * 3600);
    const form = { refundId: running.ids.uuid(), availableInPence: '5700', amount: '57.00', means: 'bank-transfer', number: '', reason: 'Mine now' };
    for (const visitor of [await officer(['adviser']), await running.app.residentVisitor(OWNER)]) {
      expect((await visitor.request(`/desk/payments/${id}/pay-back`)).status).toBe(403);
      expect((await visitor.request(`/desk/payments/${id}/pay-back`, { form })).status).toBe(403);
    }
    expect((await (await officer(['team-manager'], 'glanafon')).get(`/desk/payments/${id}/pay-back`)).status).toBe(404);
    expect((await known(id)).refundedInPence).toBe(0);
    const online = paymentId(running.ids.uuid());
    await payments.take(running.as('resident'), { paymentId: online, idempotencyKey: online, reference: 'PB-ONLINE', description: { en: 'Fee', cy: 'Ffi' }, subject: { type: 'draft', id: online }, returnPath: '/', language: 'en', lines: [{ code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 5700, ledgerCode: 'X', vatRate: 'standard' }] });
    running.far.payerDoes(running.far.newest('PB-ONLINE'), 'succeed');
    await payments.refresh(running.as('resident'), online);
    expect((await (await officer()).request(`/desk/payments/${online}/pay-back`)).status).toBe(404);
  });
});
