import * as fc from 'fast-check';
import { testOfficer } from '@guildhall/kernel-contract/testing';
import { PAYMENTS, paymentId, refundId, type PaymentId, type PaymentsApi } from '@guildhall/payments-contract';
import { runPayments, type RunningPayments } from '../../test/harness';
import { CASE_PANEL, type CaseView } from '@guildhall/cases-contract';
import { extensionsOf } from '@guildhall/kernel';
import { TakeAtCounter } from './take-at-counter';

const OFFICER = '01990000-0000-7000-8000-0000000000b7';
const OWNER = '01990000-0000-7000-8000-0000000000a1';
let running: RunningPayments;
let payments: PaymentsApi;
beforeAll(async () => {
  running = await runPayments('redirect');
  payments = running.app.get<PaymentsApi>(PAYMENTS.token);
});
afterAll(() => running.close());

const referenceOf = (id: PaymentId): string => `CT-${id.slice(-8).toUpperCase()}`;
async function asked(language: 'en' | 'cy' = 'en'): Promise<PaymentId> {
  const id = paymentId(running.ids.uuid());
  await payments.request(running.as('resident'), {
    paymentId: id, idempotencyKey: id, reference: referenceOf(id), description: { en: 'Garden waste', cy: 'Gwastraff gardd' }, subject: { type: 'draft', id }, returnPath: '/', language,
    lines: [{ code: 'bin', title: { en: 'One bin', cy: 'Un bin' }, amountInPence: 4500, ledgerCode: 'GW-100', vatRate: 'outside-the-scope' }, { code: 'delivery', title: { en: 'Delivery', cy: 'Danfon' }, amountInPence: 1200, ledgerCode: 'GW-200', vatRate: 'standard' }],
  });
  return id;
}
const officer = (roles: readonly string[] = ['team-manager'], slug?: string) => running.app.officerVisitor({ officerId: OFFICER, roles }, slug);
const known = (id: PaymentId) => payments.find(running.as('manager'), id);
const receiptIdIn = (text: string): string => /name="receiptId" value="([^"]+)"/.exec(text)?.[1] ?? '';
const rowsOf = async <Row extends object>(text: string, ...values: unknown[]): Promise<Row[]> => (await running.app.owner.query<Row>(text, values)).rows;
const pressed = async (id: PaymentId): Promise<string> => {
  await payments.start(running.as('resident'), id);
  return running.far.newest(referenceOf(id));
};
/** The officer has £57.00 in hand and presses the button. */
async function takeCash(id: PaymentId, means = 'cash', who = officer()): Promise<{ readonly status: number; readonly text: string; readonly receiptId: string }> {
  const visitor = await who;
  const receiptId = receiptIdIn((await visitor.get(`/desk/payments/${id}/counter`)).text) || running.ids.uuid();
  const { status, text } = await visitor.post(`/desk/payments/${id}/counter`, { receiptId, amountInPence: '5700', means, slip: means === 'cheque' ? '000123' : '' });
  return { status, text, receiptId };
}

describe('money over the counter', () => {
  it('is found by its reference, taken once however often the button is pressed, booked as what it is, and given a receipt in the payer’s language', async () => {
    const id = await asked('cy');
    const visitor = await officer(['adviser']);
    for (const [reference, words] of [['', 'Enter the payment reference'], ['NO-SUCH', 'There is no payment with this reference']]) expect((await visitor.get(`/desk/counter?reference=${reference ?? ''}`)).text).toContain(words);
    const form = await visitor.get(`/desk/counter?reference=${referenceOf(id).toLowerCase()}`);
    for (const words of ['Take £57.00 at the counter', 'One bin: £45.00', 'I have taken £57.00']) expect(form.text).toContain(words);
    const fields = { receiptId: receiptIdIn(form.text), amountInPence: '5700', slip: '000123' };
    const wrong = await visitor.post(`/desk/payments/${id}/counter`, { ...fields, slip: 'x'.repeat(31) });
    for (const words of ['<title>Error: ', 'href="#means"', 'Select cash, cheque or card', 'href="#slip"']) expect(wrong.text).toContain(words);
    expect(receiptIdIn(wrong.text)).toBe(fields.receiptId);
    expect((await visitor.post(`/desk/payments/${id}/counter`, { ...fields, means: 'cheque' })).text).toContain('£57.00 is written down as taken');
    await visitor.post(`/desk/payments/${id}/counter`, { ...fields, means: 'cheque' });
    expect((await visitor.request(`/desk/payments/${id}/counter`, { form: { ...fields, means: 'cash' } })).status).toBe(409);
    expect(await known(id)).toMatchObject({ state: 'succeeded', attempts: 1 });
    expect((await running.published(id)).filter(({ type }) => type === 'payments.payment-succeeded')).toHaveLength(1);
    expect(await rowsOf('select e.account, e.detail, e.amount_in_pence::int as pence from payments.ledger_entry e join payments.journal j using (council_id, journal_id) where j.payment_id = $1 order by e.number', id)).toEqual([
      { account: 'cheques-at-counter', detail: 'counter', pence: 5700 }, { account: 'income', detail: 'GW-100', pence: -4500 }, { account: 'income', detail: 'GW-200', pence: -1000 }, { account: 'vat', detail: 'standard', pence: -200 },
    ]);
    const shown = await visitor.get(`/desk/payments/${id}`);
    for (const words of ['Cheque (000123)', 'RI-C000001', `/payments/${id}/receipt?lang=cy`]) expect(shown.text).toContain(words);
    const receipt = await visitor.get(`/payments/${id}/receipt?lang=cy`);
    for (const words of ['Derbynneb', 'Siec wrth ein cownter', 'RI-C000001', 'Un bin', '£57.00', '<html lang="cy"']) expect(receipt.text).toContain(words);
    await visitor.get('/desk/counter?lang=en');
    expect((await (await running.app.residentVisitor(OWNER)).get(`/payments/${id}/receipt`)).text).toContain('RI-C000001');
    expect((await (await running.app.residentVisitor('01990000-0000-7000-8000-0000000000a2')).request(`/payments/${id}/receipt`)).status).toBe(404);
    expect((await takeCash(await asked())).text).toContain('is written down as taken');
    expect((await rowsOf('select number from payments.counter_receipt order by number')).length).toBe(2);
  });

  it('stops the payer’s page online first, and what is paid there all the same goes back', async () => {
    const id = await asked();
    const farId = await pressed(id);
    const form = await (await officer()).get(`/desk/payments/${id}/counter`);
    expect(form.text).toContain('The payer has begun to pay this online');
    expect((await takeCash(id)).text).toContain('is written down as taken');
    expect(running.far.payments(referenceOf(id))[0]?.state).toBe('cancelled');
    expect(await known(id)).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(farId).not.toBe('');
    expect((await payments.start(running.as('resident'), id)).ok).toBe(false);
  });

  it.each<[string, (id: PaymentId) => Promise<unknown>, string]>([
    ['the bank has not decided about a card', async (id) => { running.far.payerDoes(await pressed(id), 'submit'); }, 'the bank has not decided yet'],
    ['the provider does not answer', async (id) => { await pressed(id); running.far.failNext('fetch', 'unavailable'); running.far.failNext('fetch', 'unavailable'); }, 'The payment provider does not answer'],
    ['it cannot be stopped for want of an answer', async (id) => { await pressed(id); running.far.failNext('cancel', 'unavailable'); }, 'The payment provider does not answer'],
    ['it has been paid online', async (id) => { running.far.payerDoes(await pressed(id), 'succeed'); }, 'This has been paid meanwhile'],
    ['it has been paid at the counter', (id) => takeCash(id), 'This has been paid meanwhile'],
    ['it has been withdrawn', (id) => payments.withdraw(running.as('adviser'), id), 'does not have to be paid any more'],
  ])('is refused in words when %s', async (_why, before, words) => {
    const id = await asked();
    const visitor = await officer();
    const receiptId = receiptIdIn((await visitor.get(`/desk/payments/${id}/counter`)).text);
    await before(id);
    const answer = await visitor.request(`/desk/payments/${id}/counter`, { form: { receiptId, amountInPence: '5700', means: 'cash', slip: '' } });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    expect(await rowsOf('select 1 from payments.counter_receipt where receipt_id = $1', receiptId)).toEqual([]);
    running.far.clearFaults();
  });

  it('is given back on the same day with a reason, once, and on no other', async () => {
    const id = await asked();
    await takeCash(id);
    const visitor = await officer();
    expect((await visitor.get(`/desk/payments/${id}/reversal`)).text).toContain('Give £57.00 back?');
    expect((await visitor.post(`/desk/payments/${id}/reversal`, { reason: ' ' })).text).toContain('Enter why you give it back');
    expect((await visitor.post(`/desk/payments/${id}/reversal`, { reason: 'Taken for the wrong person' })).text).toContain('£57.00 is written down as given back');
    await visitor.post(`/desk/payments/${id}/reversal`, { reason: 'Taken for the wrong person' });
    expect((await known(id)).refunds).toMatchObject([{ amountInPence: 5700, state: 'succeeded', reason: 'Taken for the wrong person' }]);
    expect((await running.published(id)).filter(({ type }) => type === 'payments.payment-refunded')).toHaveLength(1);
    expect(await rowsOf(`select e.account, sum(e.amount_in_pence)::int as pence from payments.ledger_entry e join payments.journal j using (council_id, journal_id) where j.payment_id = $1 group by 1 having sum(e.amount_in_pence) <> 0`, id)).toEqual([]);
    expect((await visitor.get(`/payments/${id}/receipt?lang=en`)).text).toContain('Given back at our counter');

    const later = await asked();
    await takeCash(later, 'card-terminal');
    // Whoever asked for it, and cannot know of a counter, offers no refund.
    expect((await known(later)).refundableInPence).toBe(0);
    running.clock.advance(24 * 3600);
    expect((await (await officer()).get(`/desk/payments/${later}`)).text).not.toContain('/reversal');
    const tomorrow = await officer();
    await tomorrow.get(`/desk/payments/${later}`);
    expect((await tomorrow.request(`/desk/payments/${later}/reversal`, { form: { reason: 'Too late' } })).text).toContain('that day’s till is closed');
    expect(await payments.refund(running.as('manager'), { paymentId: later, refundId: refundId(running.ids.uuid()), idempotencyKey: `r-${later}`, amountInPence: 100, reason: 'A bin less' })).toMatchObject({ ok: false, refusal: { reason: 'provider-refused' } });
  });

  it('balances in the day’s file with what was paid online and what was given back, to the penny', async () => {
    running.clock.advance(24 * 3600);
    const day = running.clock.now().toISOString().slice(0, 10);
    for (const means of ['cash', 'cheque', 'card-terminal']) await takeCash(await asked(), means);
    const back = await asked();
    await takeCash(back);
    const giving = await officer();
    await giving.get(`/desk/payments/${back}/reversal`);
    await giving.post(`/desk/payments/${back}/reversal`, { reason: 'Wrong person' });
    const online = await asked();
    running.far.payerDoes(await pressed(online), 'succeed');
    await payments.refresh(running.as('resident'), online);
    running.clock.advance(24 * 3600 + 900);
    const visitor = await officer();
    const list = await visitor.get('/desk/ledger');
    for (const words of ['£285.00', '£57.00']) expect(list.text).toContain(words);
    const [headings = '', ...rows] = (await visitor.get(`/desk/ledger/${day}`)).text.trimEnd().split('\r\n');
    const at = (name: string): number => headings.split(',').indexOf(name);
    const sums = new Map<string, number>();
    for (const cells of rows.map((row) => row.split(','))) sums.set(cells[at('account')] ?? '', (sums.get(cells[at('account')] ?? '') ?? 0) + Math.round(Number(cells[at('amount')]) * 100));
    expect(Object.fromEntries(sums)).toEqual({ 'cash-at-counter': 5700, 'cheques-at-counter': 5700, 'card-terminal': 5700, 'at-provider': 5700, income: -4 * 5500, vat: -4 * 200 });
    expect(rows.filter((row) => row.includes('counter.cash') && /RI-C\d{6}/.test(row)).length).toBeGreaterThan(0);
  });

  it('is for whoever may, in their own council: a case officer sees no way to it, and no resident has one', async () => {
    const id = await asked();
    const others = [await officer(['case-officer']), await running.app.residentVisitor(OWNER)];
    for (const visitor of others) {
      for (const path of ['/desk/counter', `/desk/payments/${id}/counter`, `/desk/payments/${id}/reversal`]) expect((await visitor.request(path)).status).toBe(403);
      expect((await visitor.request(`/desk/payments/${id}/counter`, { form: { receiptId: running.ids.uuid(), amountInPence: '5700', means: 'cash' } })).status).toBe(403);
    }
    expect((await running.app.visitor().request(`/desk/payments/${id}/counter`)).status).toBe(303);
    expect((await (await officer(['adviser'])).request(`/desk/payments/${id}/reversal`)).status).toBe(403);
    const theirs = await officer(['team-manager'], 'glanafon');
    expect((await theirs.get(`/desk/payments/${id}/counter`)).status).toBe(404);
    expect((await theirs.get(`/desk/counter?reference=${referenceOf(id)}`)).text).toContain('There is no payment with this reference');
  });

  it('is offered beside the case while it can be paid, and then said there, where nobody is offered to pay it back through a provider', async () => {
    const id = await asked();
    const panel = extensionsOf(running.as('manager'), CASE_PANEL).find(({ id: panelId }) => panelId === 'payments.payment');
    const seen = (...permissions: string[]) => panel?.load(running.app.context('riverbourne', { actor: testOfficer(['payments.view', ...permissions]) }), { paymentId: id, reference: 'RB-7K3F-92QD' } as unknown as CaseView);
    expect((await seen())?.data).toMatchObject({ more: { actions: [] } });
    expect((await seen('payments.receipt'))?.data).toMatchObject({ more: { actions: [{ text: 'Take money at the counter', href: `/desk/payments/${id}/counter?from=/desk/cases/RB-7K3F-92QD` }] } });
    await takeCash(id);
    expect((await seen('payments.receipt', 'payments.refund'))?.data).toMatchObject({ mayRefund: false, facts: [{ key: { text: 'Paid by' }, value: { text: 'Cash at our counter' } }], more: { actions: [] } });
  });

  it('and money online at the same moment: whatever comes first, the council keeps it once', async () => {
    const step = fc.constantFrom('start', 'pay', 'submit', 'decline', 'refresh', 'take', 'take again', 'withdraw');
    await fc.assert(fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 6 }), async (rounds) => {
      const id = await asked();
      const receipts = [running.ids.uuid(), running.ids.uuid()];
      const does = async (what: string): Promise<unknown> => {
        // Where the payer was sent. Two starts at once may have made two payments at a provider; nobody is ever sent to the one that is not ours.
        const open = async (): Promise<string> => (await rowsOf<{ at: string }>(`select provider_payment_id as at from payments.attempt where payment_id = $1 and provider not like 'counter.%' and provider_payment_id is not null order by number desc limit 1`, id))[0]?.at ?? '';
        switch (what) {
          case 'start': return payments.start(running.as('resident'), id);
          case 'refresh': return payments.refresh(running.as('resident'), id);
          case 'withdraw': return payments.withdraw(running.as('adviser'), id);
          case 'take': case 'take again': return running.app.get(TakeAtCounter).take(running.app.systemContext('riverbourne'), { paymentId: id, receiptId: receipts[what === 'take' ? 0 : 1] ?? '', means: 'cash', amountInPence: 5700 });
          default: return running.far.payerDoes(await open(), what === 'pay' ? 'succeed' : what as 'submit');
        }
      };
      // What is done in one round is done at once.
      for (const round of rounds) await Promise.allSettled(round.map(async (what) => does(what)));
      await running.reconcile();
      await running.reconcile();
      const [{ held = 0, taken = 0 } = {}] = await rowsOf<{ held: number; taken: number }>(`
        select (select coalesce(sum(amount_in_pence), 0)::int from payments.counter_receipt where payment_id = $1) as taken,
          (select coalesce(sum(e.amount_in_pence), 0)::int from payments.ledger_entry e join payments.journal j using (council_id, journal_id) where j.payment_id = $1 and e.account in ('at-provider', 'cash-at-counter'))
            - (select coalesce(sum(amount_in_pence), 0)::int from payments.refund where payment_id = $1 and state = 'submitted') as held`, id);
      const far = running.far.payments(referenceOf(id)).reduce((sum, one) => sum + (one.state === 'succeeded' ? 5700 - one.refundedInPence : 0), 0);
      expect([0, 5700]).toContain(taken + far);
      expect(held).toBe(taken + far);
      expect((await known(id)).state === 'succeeded').toBe(taken + far === 5700);
    }), { numRuns: 25 });
  }, 120_000);
});
