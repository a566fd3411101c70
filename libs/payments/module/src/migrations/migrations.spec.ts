import { catalogFaults } from '@guildhall/kernel/testing';
import { PAYMENTS } from '@guildhall/payments-contract';
import type { PaymentsApi } from '@guildhall/payments-contract';
import { paymentId } from '@guildhall/payments-contract';
import { runPayments } from '../../test/harness';
import type { RunningPayments } from '../../test/harness';
import { Database } from '@guildhall/kernel';

let running: RunningPayments;
let id: string;
beforeAll(async () => {
  running = await runPayments('session');
  const payments = running.app.get<PaymentsApi>(PAYMENTS.token);
  id = running.ids.uuid();
  await payments.request(running.as('resident'), { paymentId: paymentId(id), idempotencyKey: id, reference: 'RB-1', description: { en: 'Fee', cy: 'Ffi' }, subject: { type: 'draft', id }, returnPath: '/', language: 'en', lines: [{ code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 100, ledgerCode: 'X', vatRate: 'standard' }] });
  await payments.start(running.as('resident'), paymentId(id));
  running.far.payerDoes(running.far.newest('RB-1'), 'succeed');
  await payments.refresh(running.as('resident'), paymentId(id));
});
afterAll(() => running.close());

/** As the application, in the council. */
const asApp = (text: string, values: readonly unknown[] = []): Promise<object[]> => running.app.get(Database).query(running.as('resident'), text, values);
const COUNCIL = '01990000-0000-7000-8000-000000000001';

describe('the schema of payments', () => {
  it('isolates councils in every table, by keys and policies', async () => {
    const faults = await catalogFaults(running.app.owner);
    expect(faults.filter((fault) => JSON.stringify(fault).includes('payments.'))).toEqual([]);
  });

  it('refuses a journal that does not come to nothing, or has one side only', async () => {
    const journal = (kind: string, entries: string) => asApp(`with j as (insert into payments.journal (council_id, journal_id, kind, payment_id, attempt, refund_id, booked_at) select $1, $2, '${kind}', $3, 1, case when '${kind}' = 'refund' then gen_random_uuid() end, now() returning journal_id)
      insert into payments.ledger_entry (council_id, journal_id, number, account, detail, amount_in_pence) values ${entries}`, [COUNCIL, running.ids.uuid(), id]);
    await expect(journal('refund', "($1, $2, 1, 'income', 'X', 100), ($1, $2, 2, 'at-provider', 'p', -99)")).rejects.toThrow('must come to nothing');
    await expect(asApp(`insert into payments.journal (council_id, journal_id, kind, payment_id, attempt, refund_id, booked_at) values ($1, $2, 'refund', $3, 1, gen_random_uuid(), now())`, [COUNCIL, running.ids.uuid(), id])).rejects.toThrow('must come to nothing');
    const [existing] = (await asApp('select journal_id from payments.journal where payment_id = $1', [id])) as { journal_id: string }[];
    await expect(asApp(`insert into payments.ledger_entry (council_id, journal_id, number, account, detail, amount_in_pence) values ($1, $2, 9, 'income', 'X', -1)`, [COUNCIL, existing?.journal_id])).rejects.toThrow('must come to nothing');
  });

  it('refuses to book an attempt twice, a second booked attempt, and a second open one', async () => {
    await expect(asApp(`insert into payments.journal (council_id, journal_id, kind, payment_id, attempt, booked_at) values ($1, $2, 'payment', $3, 1, now())`, [COUNCIL, running.ids.uuid(), id])).rejects.toThrow('journal_attempt');
    await expect(asApp(`insert into payments.attempt (council_id, payment_id, number, provider, state, money, begun_at) values ($1, $2, 2, 'p', 'succeeded', 'booked', now())`, [COUNCIL, id])).rejects.toThrow('attempt_booked');
    await expect(asApp(`insert into payments.attempt (council_id, payment_id, number, provider, state, begun_at) values ($1, $2, 2, 'p', 'created', now()), ($1, $2, 3, 'p', 'intended', now())`, [COUNCIL, id])).rejects.toThrow('attempt_open');
  });

  it('lets the application neither change nor remove what is booked or was asked for', async () => {
    for (const statement of ['update payments.ledger_entry set amount_in_pence = 1', 'delete from payments.ledger_entry', 'update payments.journal set booked_at = now()', 'delete from payments.journal', 'update payments.payment_line set amount_in_pence = 1', 'delete from payments.payment_line', 'delete from payments.payment', 'delete from payments.attempt', 'delete from payments.refund']) {
      await expect(asApp(statement)).rejects.toThrow('permission denied');
    }
  });

  it('forgets the payer\'s email, name and address once it is paid', async () => {
    const payments = running.app.get<PaymentsApi>(PAYMENTS.token);
    const other = running.ids.uuid();
    await payments.request(running.as('resident'), { paymentId: paymentId(other), idempotencyKey: other, reference: 'RB-2', description: { en: 'Fee', cy: 'Ffi' }, subject: { type: 'draft', id: other }, payer: { email: 'payer@house.example', name: 'Siân Payer' }, returnPath: '/', language: 'en', lines: [{ code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 100, ledgerCode: 'X', vatRate: 'standard' }] });
    await payments.start(running.as('resident'), paymentId(other));
    expect(await asApp('select payer_email, payer_details from payments.payment where payment_id = $1', [other])).toEqual([{ payer_email: 'payer@house.example', payer_details: { name: 'Siân Payer' } }]);
    running.far.payerDoes(running.far.newest('RB-2'), 'succeed');
    await payments.refresh(running.as('resident'), paymentId(other));
    expect(await asApp('select payer_email, payer_details from payments.payment where payment_id = $1', [other])).toEqual([{ payer_email: null, payer_details: null }]);
    expect(JSON.stringify(running.app.log.lines)).not.toMatch(/payer@house\.example|Siân Payer/);
  });
});
