import { CASE_PANEL } from '@guildhall/cases-contract';
import type { CaseView } from '@guildhall/cases-contract';
import { PageRenderer, extensionsOf } from '@guildhall/kernel';
import type { Visitor } from '@guildhall/kernel/testing';
import { ACCOUNT_SECTION, PRIVACY_NOTE } from '@guildhall/portal-contract';
import { PAYMENTS, paymentId } from '@guildhall/payments-contract';
import type { PaymentId, PaymentOrder, PaymentsApi } from '@guildhall/payments-contract';
import type { PayerDoes } from '@guildhall/payments-contract/testing';
import { runPayments } from '../../test/harness';
import type { RunningPayments } from '../../test/harness';

const OWNER = '01990000-0000-7000-8000-0000000000a1';
const OTHER = '01990000-0000-7000-8000-0000000000a2';
const OFFICER = '01990000-0000-7000-8000-0000000000b1';

let running: RunningPayments;
let payments: PaymentsApi;
let payer: Visitor;
beforeAll(async () => {
  running = await runPayments('redirect');
  payments = running.app.get<PaymentsApi>(PAYMENTS.token);
  payer = await running.app.residentVisitor(OWNER);
});
afterAll(() => running.close());

async function asked(changes: Partial<PaymentOrder> = {}, who: 'resident' | 'nobody' = 'resident'): Promise<PaymentId> {
  const id = paymentId(running.ids.uuid());
  const outcome = await payments.request(running.as(who), {
    paymentId: id, idempotencyKey: id, reference: `RB-${id.slice(-8).toUpperCase()}`, description: { en: 'Garden waste collection', cy: 'Casglu gwastraff gardd' }, subject: { type: 'draft', id }, returnPath: '/services/garden-waste/paid', language: 'en',
    lines: [
      { code: 'first-bin', title: { en: 'First bin', cy: 'Bin cyntaf' }, amountInPence: 4500, ledgerCode: 'GW-4410', vatRate: 'outside-the-scope' },
      { code: 'delivery', title: { en: 'Delivery <of bins>', cy: 'Danfon' }, amountInPence: 1200, ledgerCode: 'GW-4420', vatRate: 'standard' },
    ], ...changes,
  });
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  return id;
}
const referenceOf = (id: PaymentId): string => `RB-${id.slice(-8).toUpperCase()}`;
async function pressPay(id: PaymentId, visitor = payer): Promise<string> {
  await visitor.get(`/payments/${id}`);
  const answer = await visitor.request(`/payments/${id}/start`, { form: {} });
  expect(answer.status).toBe(303);
  return answer.headers['location'] ?? '';
}
async function paid(changes: Partial<PaymentOrder> = {}): Promise<PaymentId> {
  const id = await asked(changes);
  await pressPay(id);
  running.far.payerDoes(running.far.newest(referenceOf(id)), 'succeed');
  await payments.refresh(running.as('resident'), id);
  return id;
}

describe('before paying', () => {
  it('says what will be paid, fee by fee, and one button leads on to the provider', async () => {
    const id = await asked();
    const { status, text } = await payer.get(`/payments/${id}`);
    expect(status).toBe(200);
    for (const words of ['Your payment', 'Garden waste collection', 'First bin', '£45.00', 'Delivery &lt;of bins&gt;', '£12.00', '£57.00', 'Pay £57.00', referenceOf(id)]) expect(text).toContain(words);
    const nextUrl = await pressPay(id);
    expect(running.far.visit(nextUrl)).toBe(true);
  });

  it('says it all in Welsh as well', async () => {
    const id = await asked();
    const { text } = await payer.get(`/payments/${id}?lang=cy`);
    for (const words of ['Eich taliad', 'Casglu gwastraff gardd', 'Bin cyntaf', 'Talu £57.00', '<html lang="cy"']) expect(text).toContain(words);
    await payer.get(`/payments/${id}?lang=en`);
  });

  it('pressing twice, the back button and a second window lead to one payment', async () => {
    const id = await asked();
    await pressPay(id);
    await pressPay(id);
    expect(running.far.payments(referenceOf(id))).toHaveLength(1);
  });

  it('says that the provider does not answer, that nothing is paid, and lets them try again', async () => {
    const id = await asked();
    await payer.get(`/payments/${id}`);
    running.far.failNext('create', 'unavailable');
    const answer = await payer.request(`/payments/${id}/start`, { form: {} });
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('The payment page is not answering');
    expect(answer.text).toContain('Try to pay £57.00 again');
    expect(running.far.visit(await pressPay(id))).toBe(true);
  });

  it('takes no form from elsewhere', async () => {
    const id = await asked();
    await payer.get(`/payments/${id}`);
    const forged = await payer.request(`/payments/${id}/start`, { form: { _csrf: 'guessed' } });
    expect(forged.status).toBe(403);
    expect(running.far.payments(referenceOf(id))).toHaveLength(0);
  });
});

describe('coming back', () => {
  it('goes on in the service once it is paid, whatever the address says', async () => {
    const id = await asked();
    await pressPay(id);
    expect((await payer.request(`/payments/${id}/return?status=success`)).status).toBe(200);
    running.far.payerDoes(running.far.newest(referenceOf(id)), 'succeed');
    const back = await payer.request(`/payments/${id}/return`);
    expect([back.status, back.headers['location']]).toEqual([303, '/services/garden-waste/paid']);
  });

  it.each<[PayerDoes, string]>([['decline', 'Your payment was declined'], ['cancel', 'You cancelled your payment'], ['expire', 'Your payment ran out of time'], ['error', 'Something went wrong with your payment']])('after "%s" says "%s", what to do, and that everything is kept', async (does, title) => {
    const id = await asked();
    await pressPay(id);
    running.far.payerDoes(running.far.newest(referenceOf(id)), does);
    const { status, text } = await payer.get(`/payments/${id}/return`);
    expect(status).toBe(200);
    for (const words of [`<title>${title}`, title, 'Everything you told us has been kept', 'Try to pay £57.00 again', referenceOf(id), 'Go back without paying']) expect(text).toContain(words);
    const again = await payer.request(`/payments/${id}/start`, { form: {} });
    expect(running.far.visit(again.headers['location'] ?? '')).toBe(true);
    expect(running.far.payments(referenceOf(id))).toHaveLength(2);
  });

  it('says that nobody has decided yet, and not to pay again; then goes on', async () => {
    const id = await asked();
    await pressPay(id);
    running.far.payerDoes(running.far.newest(referenceOf(id)), 'submit');
    const { text } = await payer.get(`/payments/${id}/return`);
    for (const words of ['We are waiting to hear about your payment', 'Do not pay again', 'Check now']) expect(text).toContain(words);
    expect(text).not.toContain('<form');
    expect((await payer.request(`/payments/${id}/start`, { form: {} })).headers['location']).toBe(`/payments/${id}/return`);
    running.far.payerDoes(running.far.newest(referenceOf(id)), 'succeed');
    expect((await payer.request(`/payments/${id}/return`)).headers['location']).toBe('/services/garden-waste/paid');
  });

  it('waits, rather than guess, when the provider does not answer', async () => {
    const id = await asked();
    await pressPay(id);
    running.far.failNext('fetch', 'lose-answer');
    expect((await payer.get(`/payments/${id}/return`)).text).toContain('We are waiting to hear about your payment');
    expect((await payer.get(`/payments/${id}/return`)).text).toContain('You have not paid yet');
  });

  it('books what was paid by somebody whose session ended meanwhile, asks who they are, and comes back here', async () => {
    const id = await asked();
    await pressPay(id);
    running.far.payerDoes(running.far.newest(referenceOf(id)), 'succeed');
    const stranger = await running.app.visitor().request(`/payments/${id}/return`);
    expect([stranger.status, stranger.headers['location']]).toEqual([303, `/sign-in?next=${encodeURIComponent(`/payments/${id}/return`)}`]);
    expect((await payments.find(running.as('resident'), id)).state).toBe('succeeded');
  });

  it('tells who has withdrawn payments nothing but that', async () => {
    const id = await asked();
    await payments.withdraw(running.as('resident'), id);
    expect((await payer.get(`/payments/${id}`)).text).toContain('You do not have to pay this any more');
    expect((await payer.get(`/payments/${id}/return`)).text).toContain('You do not have to pay this any more');
  });

  it('shows the receipt to somebody who came by a link to the payment alone', async () => {
    const id = paymentId(running.ids.uuid());
    await payments.request(running.as('nobody'), {
      paymentId: id, idempotencyKey: id, reference: referenceOf(id), description: { en: 'Garden waste', cy: 'Gwastraff gardd' }, subject: { type: 'draft', id }, returnPath: `/payments/${id}`, language: 'en',
      lines: [{ code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 4500, ledgerCode: 'GW', vatRate: 'exempt' }],
    });
    const visitor = running.app.visitor();
    await pressPay(id, visitor);
    running.far.payerDoes(running.far.newest(referenceOf(id)), 'succeed');
    const { path, text } = await visitor.get(`/payments/${id}/return`);
    expect(path).toBe(`/payments/${id}/receipt`);
    expect(text).toContain('Receipt');
  });
});

describe('the receipt', () => {
  it('has all that a receipt must have: who, when, what, with what, and the VAT with its number', async () => {
    const id = await paid();
    const { text } = await payer.get(`/payments/${id}/receipt`);
    for (const words of ['riverbourne Borough Council', 'First bin', '£57.00', 'Visa card ending in 4242', referenceOf(id), 'Includes VAT of £2.00.', 'GB 999 9999 73', 'data-prints']) expect(text).toContain(words);
    const welsh = await payer.get(`/payments/${id}/receipt?lang=cy`);
    for (const words of ['Derbynneb', 'Cerdyn Visa yn gorffen â 4242', 'Yn cynnwys TAW o £2.00.']) expect(welsh.text).toContain(words);
    await payer.get(`/payments/${id}/receipt?lang=en`);
  });

  it('leads whoever pays on into their service, and an officer who looks at it nowhere that is not theirs', async () => {
    const id = await paid();
    const officer = await running.app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] });
    expect((await payer.get(`/payments/${id}/receipt`)).text).toContain('href="/services/garden-waste/paid"');
    const looked = await officer.get(`/payments/${id}`);
    expect([looked.path, looked.status]).toEqual([`/payments/${id}/receipt`, 200]);
    expect(looked.text).not.toContain('/services/garden-waste/paid');
  });

  it('shows what was paid back', async () => {
    const id = await paid();
    await payments.refund(running.as('manager'), { paymentId: id, refundId: running.ids.uuid() as never, idempotencyKey: `back-${id}`, amountInPence: 1000, reason: 'A bin less' });
    expect((await payer.get(`/payments/${id}/receipt`)).text).toContain('it takes up to 10 working days');
    running.far.finishRefunds();
    await payments.refresh(running.as('resident'), id);
    const { text } = await payer.get(`/payments/${id}/receipt`);
    for (const words of ['Money paid back', '£10.00', 'Paid back to your card']) expect(text).toContain(words);
    expect(text).not.toContain('A bin less');
  });

  it('is not there before paying, nor for anybody else', async () => {
    const id = await asked();
    expect((await payer.request(`/payments/${id}/receipt`)).headers['location']).toBe(`/payments/${id}`);
    const other = await running.app.residentVisitor(OTHER);
    const paidId = await paid();
    for (const path of [`/payments/${paidId}/receipt`, `/payments/${paidId}`, `/payments/${paidId}/return`]) {
      expect((await other.request(path)).status).toBe(404);
      expect((await running.app.visitor().request(path)).status).toBe(303);
      expect((await running.app.visitor('glanafon').request(path)).status).toBe(404);
    }
    expect((await payer.request('/payments/not-an-id')).status).toBe(404);
    expect((await payer.request(`/payments/${running.ids.uuid()}`)).status).toBe(404);
  });
});

describe('the account', () => {
  it('lists a resident\'s own payments, the newest first, page by page', async () => {
    const person = '01990000-0000-7000-8000-0000000000a9';
    const visitor = await running.app.residentVisitor(person);
    expect((await visitor.get('/account/payments')).text).toContain('You have not paid for anything here yet.');
    const ctx = running.app.context('riverbourne', { actor: { kind: 'resident', personId: person as never, confidence: 'low' } });
    const ids: PaymentId[] = [];
    for (let number = 0; number < 22; number++) {
      const id = paymentId(running.ids.uuid());
      await payments.request(ctx, { paymentId: id, idempotencyKey: id, reference: `PG ${number}`, description: { en: `Fee number ${number}.`, cy: 'Ffi' }, subject: { type: 'draft', id }, returnPath: '/', language: 'en', lines: [{ code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 100 + number, ledgerCode: 'X', vatRate: 'zero' }] });
      ids.push(id);
    }
    const first = await visitor.get('/account/payments');
    expect(first.text.indexOf('Fee number 21.')).toBeLessThan(first.text.indexOf('Fee number 2.'));
    expect(first.text).not.toContain('Fee number 1.');
    expect(first.text).toContain(`before=${ids[2]}`);
    const second = await visitor.get(`/account/payments?before=${ids[2]}`);
    for (const words of ['Fee number 1.', 'Fee number 0.']) expect(second.text).toContain(words);
    expect(second.text).not.toContain('Fee number 2.');
    expect((await running.app.visitor().request('/account/payments')).status).toBe(303);
  });
});

describe('what other modules show of payments', () => {
  const render = (who: 'resident' | 'manager' | 'adviser', view: string, data: object, language: 'en' | 'cy' = 'en'): string => running.app.get(PageRenderer).render({ ...running.as(who), language }, view, { panel: data });

  it('the account: the latest five, with what waits for the resident', async () => {
    const id = await paid();
    const waiting = await asked({ subject: { type: 'permit', id: 'p-1' } });
    const [section] = extensionsOf(running.as('resident'), ACCOUNT_SECTION);
    const panel = await section?.load(running.as('resident'));
    expect(panel?.waiting?.[0]).toEqual({ text: { en: 'Pay £57.00: Garden waste collection', cy: 'Talu £57.00: Casglu gwastraff gardd' }, href: `/payments/${waiting}` });
    const html = render('resident', panel?.template ?? '', panel?.data ?? {}, 'cy');
    for (const words of [`/payments/${id}/receipt`, 'Casglu gwastraff gardd', 'Talwyd', 'Eich holl daliadau']) expect(html).toContain(words);
    expect(await section?.load(running.as('nobody'))).toBeUndefined();
    expect(await section?.load(running.as('manager'))).toBeUndefined();
  });

  it('the case: its payment, and paying back for who may', async () => {
    const id = await paid();
    const [panel] = extensionsOf(running.as('manager'), CASE_PANEL);
    const caseView = { paymentId: id, reference: 'RB-7K3F-92QD' } as unknown as CaseView;
    const content = await panel?.load(running.as('manager'), caseView);
    const html = render('manager', content?.template ?? '', content?.data ?? {});
    for (const words of ['£57.00', 'Paid', 'Visa ending in 4242', `/desk/payments/${id}?from=/desk/cases/RB-7K3F-92QD`, `/desk/payments/${id}/refund?from=/desk/cases/RB-7K3F-92QD`]) expect(html).toContain(words);
    const seen = await panel?.load(running.as('adviser'), caseView);
    expect(render('adviser', seen?.template ?? '', seen?.data ?? {})).not.toContain('/refund');
    expect(await panel?.load(running.as('outsider'), caseView)).toBeUndefined();
    expect(await panel?.load(running.as('manager'), { ...caseView, paymentId: undefined })).toBeUndefined();
  });

  it('the privacy notice: what is kept of payers, in both languages', () => {
    const [note] = extensionsOf(running.as('nobody'), PRIVACY_NOTE);
    expect(note?.data.en).toContain('last four digits');
    expect(note?.keptFor.cy).toContain('Chwe blynedd');
  });
});

describe('the desk', () => {
  let manager: Visitor;
  let adviser: Visitor;
  beforeAll(async () => {
    manager = await running.app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] });
    adviser = await running.app.officerVisitor({ officerId: OFFICER, roles: ['adviser'] });
  });

  it('shows a payment in full, and who looked is on record', async () => {
    const id = await paid();
    const { text } = await manager.get(`/desk/payments/${id}?from=/desk/cases/RB-7K3F-92QD`);
    for (const words of ['£57.00', 'GW-4410', 'Outside the scope', 'payments.redirect', 'href="/desk/cases/RB-7K3F-92QD"', 'Pay money back']) expect(text).toContain(words);
    const { rows } = await running.app.owner.query('select actor_id from kernel.audit where action = $1 and subject_id = $2', ['payments.view', id]);
    expect(rows).toEqual([{ actor_id: OFFICER }]);
  });

  it('pays back in two steps, once, however often the button is pressed', async () => {
    const id = await paid();
    const formPage = await manager.get(`/desk/payments/${id}/refund?from=/desk/cases/RB-7K3F-92QD`);
    const refundId = /name="refundId" value="([^"]+)"/.exec(formPage.text)?.[1] ?? '';
    const fields = { refundId, availableInPence: '5700', amount: '12.50', reason: 'A bin less than asked for', from: '/desk/cases/RB-7K3F-92QD' };
    const confirm = await manager.post(`/desk/payments/${id}/refund`, fields);
    for (const words of ['Pay back £12.50?', 'A bin less than asked for', 'Visa ending in 4242']) expect(confirm.text).toContain(words);
    expect((await payments.find(running.as('manager'), id)).refunds).toHaveLength(0);
    const done = await manager.post(`/desk/payments/${id}/refund`, { ...fields, step: 'confirmed' });
    expect(done.text).toContain('£12.50 is on its way back to the card.');
    await manager.post(`/desk/payments/${id}/refund`, { ...fields, step: 'confirmed' });
    const after = await payments.find(running.as('manager'), id);
    expect(after.refunds.map((refund) => refund.amountInPence)).toEqual([1250]);
    expect(running.far.payments(referenceOf(id))[0]?.refundedInPence).toBe(1250);
  });

  it('names mistakes at their fields, and what has changed meanwhile', async () => {
    const id = await paid();
    await manager.get(`/desk/payments/${id}/refund`);
    const wrong = await manager.post(`/desk/payments/${id}/refund`, { refundId: running.ids.uuid(), availableInPence: '5700', amount: '60', reason: '' });
    for (const words of ['<title>Error: ', 'href="#amount"', 'Enter £57.00 or less', 'href="#reason"', 'Enter why you are paying it back']) expect(wrong.text).toContain(words);
    running.far.refundOutside(running.far.newest(referenceOf(id)), 700);
    await payments.refresh(running.as('manager'), id);
    const late = await manager.post(`/desk/payments/${id}/refund`, { refundId: running.ids.uuid(), availableInPence: '5700', amount: '57', reason: 'All of it', step: 'confirmed' });
    expect(late.text).toContain('Somebody has paid money back meanwhile');
    expect(late.text).toContain('£50.00 of £57.00');
  });

  it('is closed to who may not pay back, and to everybody from outside', async () => {
    const id = await paid();
    expect((await adviser.get(`/desk/payments/${id}`)).text).not.toContain(`/desk/payments/${id}/refund`);
    expect((await adviser.request(`/desk/payments/${id}/refund`)).status).toBe(403);
    expect((await adviser.request(`/desk/payments/${id}/refund`, { form: { step: 'confirmed' } })).status).toBe(403);
    expect((await payer.request(`/desk/payments/${id}`)).status).toBe(403);
    expect((await running.app.visitor().request(`/desk/payments/${id}`)).status).toBe(303);
  });

  it('asks the provider again when told to', async () => {
    const id = await asked();
    await pressPay(id);
    running.far.payerDoes(running.far.newest(referenceOf(id)), 'succeed');
    await manager.get(`/desk/payments/${id}`);
    expect((await manager.post(`/desk/payments/${id}/ask`, {})).text).toContain('The provider was asked');
    expect((await payments.find(running.as('manager'), id)).state).toBe('succeeded');
  });
});

describe('the REST API', () => {
  const call = (path: string, credential: string | undefined, json?: object, headers: Record<string, string> = {}) => running.app.visitor().request(`/api/payments/v1/payments${path}`, {
    method: json ? 'POST' : 'GET', ...(json ? { json } : {}), headers: { accept: 'application/json', ...(credential ? { authorization: `Bearer ${credential}` } : {}), ...headers },
  });
  const order = (id: string): object => ({ paymentId: id, reference: `API-${id.slice(-6)}`, description: { en: 'Fee', cy: 'Ffi' }, subject: { type: 'permit', id }, returnPath: '/', language: 'en', lines: [{ code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 100, ledgerCode: 'X', vatRate: 'zero' }] });

  it('needs a key to repeat by, and a permission', async () => {
    const id = running.ids.uuid();
    expect((await call('', 'kit.correct', order(id))).status).toBe(400);
    expect((await call('', 'kit.correct', order(id), { 'idempotency-key': 'k-1' })).status).toBe(201);
    expect((await call('', 'reader.correct', order(running.ids.uuid()), { 'idempotency-key': 'k-2' })).status).toBe(403);
    expect((await call(`/${id}`, undefined)).status).toBe(401);
    expect((await call(`/${id}`, 'reader.correct')).json<{ state: string }>().state).toBe('requested');
  });

  it('refuses what it does not know, field by field', async () => {
    const answer = await call('', 'kit.correct', { ...order(running.ids.uuid()), currency: 'EUR' }, { 'idempotency-key': 'k-3' });
    expect(answer.status).toBe(400);
    expect(answer.json<{ errors: { field: string }[] }>().errors.map((error) => error.field)).toEqual(['currency']);
  });

  it('lets a system do for a resident what the resident may, and no more', async () => {
    const id = await asked();
    expect((await call(`/${id}`, 'own-system.correct', undefined, { 'guildhall-on-behalf-of': `resident ${OWNER}` })).status).toBe(200);
    expect((await call(`/${id}`, 'own-system.correct', undefined, { 'guildhall-on-behalf-of': `resident ${OTHER}` })).status).toBe(404);
    expect((await call(`/${id}`, 'own-system.correct', undefined, { 'guildhall-on-behalf-of': 'nobody' })).status).toBe(404);
    expect((await call(`/${id}`, 'own-system.correct', undefined, { 'guildhall-on-behalf-of': 'officer' })).status).toBe(400);
    expect((await call(`/${id}`, 'reader.correct', undefined, { 'guildhall-on-behalf-of': `resident ${OWNER}` })).status).toBe(400);
  });
});
