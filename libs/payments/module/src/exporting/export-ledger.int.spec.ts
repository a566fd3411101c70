import { PAYMENTS, paymentId, refundId, type PaymentsApi } from '@guildhall/payments-contract';
import { runPayments, type RunningPayments } from '../../test/harness';

let running: RunningPayments;
let api: PaymentsApi;
const OFFICER = '01990000-0000-7000-8000-0000000000b7';

beforeAll(async () => {
  running = await runPayments('session');
  api = running.app.get<PaymentsApi>(PAYMENTS.token);
});
afterAll(() => running.close());

/** Somebody pays for two things, one with VAT; some of it may go back. */
async function paid(description: string, backInPence = 0): Promise<void> {
  const id = paymentId(running.ids.uuid());
  await api.request(running.as('resident'), {
    paymentId: id, idempotencyKey: id, reference: `EX-${id.slice(-12)}`, description: { en: description, cy: description }, subject: { type: 'draft', id }, returnPath: '/', language: 'en',
    lines: [{ code: 'bin', title: { en: 'One bin', cy: 'Un bin' }, amountInPence: 5500, ledgerCode: 'GW-100', vatRate: 'standard' }, { code: 'sack', title: { en: 'Sacks', cy: 'Sachau' }, amountInPence: 333, ledgerCode: 'GW-200', vatRate: 'outside-the-scope' }],
  });
  await api.start(running.as('resident'), id);
  running.far.payerDoes(running.far.newest(`EX-${id.slice(-12)}`), 'succeed');
  await api.refresh(running.as('resident'), id);
  if (backInPence) await api.refund(running.as('manager'), { paymentId: id, refundId: refundId(running.ids.uuid()), idempotencyKey: running.ids.uuid(), amountInPence: backInPence, availableInPence: 5833, reason: 'One bin came late' });
  await running.app.drainJobs();
}
const today = (): string => running.clock.now().toISOString().slice(0, 10);
const manager = (slug?: string) => running.app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] }, slug);

/** Of a file without quoted commas. */
function rowsOf(csv: string): readonly Readonly<Record<string, string>>[] {
  const [headings = '', ...rows] = csv.trimEnd().split('\r\n');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, at) => [headings.split(',')[at] ?? '', cell])));
}
const pence = (amount: string | undefined): number => Math.round(Number(amount) * 100);

describe('the ledger for the finance system', () => {
  it('is one file a day that comes to nothing to the penny, with every fee under its own code', async () => {
    await paid('Two bins', 1234);
    await paid('=SUM(A1)');
    const day = today();
    running.clock.advance(24 * 3600 + 900);
    const visitor = await manager();
    const list = await visitor.get('/desk/ledger');
    for (const there of ['£116.66', '£12.34', `/desk/ledger/${day}`]) expect(list.text).toContain(there);
    const file = await visitor.get(`/desk/ledger/${day}`);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.headers['content-disposition']).toContain(`ledger-riverbourne-${day}.csv`);
    const rows = rowsOf(file.text);
    expect(rows.reduce((sum, row) => sum + pence(row.amount), 0)).toBe(0);
    expect(rows.filter((row) => row.account === 'at-provider').reduce((sum, row) => sum + pence(row.amount), 0)).toBe(2 * 5833 - 1234);
    expect(new Set(rows.filter((row) => row.account === 'income').map((row) => row.code))).toEqual(new Set(['GW-100', 'GW-200']));
    expect(rows.some((row) => row.description === "'=SUM(A1)")).toBe(true);
    expect((await visitor.get(`/desk/ledger/${day}`)).text).toBe(file.text);
  });

  it('is read in pieces, and no entry is lost or doubled between them', async () => {
    const day = today();
    await running.app.owner.query(`
      with of as (select council_id, payment_id, number from payments.attempt where money = 'booked' limit 1),
      j as (insert into payments.journal (council_id, journal_id, kind, payment_id, attempt, refund_id, booked_at) select council_id, gen_random_uuid(), 'refund', payment_id, number, gen_random_uuid(), $1::timestamptz + interval '1 microsecond' * (n / 3) from of, generate_series(1, 1200) n returning council_id, journal_id)
      insert into payments.ledger_entry (council_id, journal_id, number, account, detail, amount_in_pence) select council_id, journal_id, side, case side when 1 then 'at-provider' else 'income' end, 'x', case side when 1 then -1 else 1 end from j, generate_series(1, 2) side`, [running.clock.now()]);
    running.clock.advance(24 * 3600 + 900);
    const rows = rowsOf((await (await manager()).get(`/desk/ledger/${day}`)).text);
    expect(rows).toHaveLength(2400);
    expect(new Set(rows.map((row) => `${row.journal} ${row.entry}`)).size).toBe(2400);
  });

  it('gives no day that is not over, and no day that is none', async () => {
    const visitor = await manager();
    for (const day of [today(), '2999-01-01', 'yesterday', '2026-02-30']) expect((await visitor.get(`/desk/ledger/${day}`)).status).toBe(400);
    expect((await visitor.get('/desk/ledger?before=yesterday')).status).toBe(400);
  });

  it('is for whoever may have it: not for nobody, an adviser, a system without the permission, and never another council’s', async () => {
    const [{ day = '' } = {}] = (await running.app.owner.query<{ day: string }>(`select to_char(min(booked_at), 'YYYY-MM-DD') as day from payments.journal`)).rows;
    expect((await running.app.visitor().request(`/desk/ledger/${day}`)).status).toBe(303);
    const adviser = await running.app.officerVisitor({ officerId: OFFICER, roles: ['adviser'] });
    for (const path of ['/desk/ledger', `/desk/ledger/${day}`]) expect((await adviser.get(path)).status).toBe(403);
    for (const path of ['/api/payments/v1/ledger', `/api/payments/v1/ledger/${day}`]) expect((await running.app.visitor().request(path, { headers: { authorization: 'Bearer reader.correct', accept: 'application/json' } })).status).toBe(403);
    const elsewhere = await manager('glanafon');
    expect((await elsewhere.get('/desk/ledger')).text).toContain('Nothing has been booked');
    expect(rowsOf((await elsewhere.get(`/desk/ledger/${day}`)).text)).toEqual([]);
  });

  it('is on record: who took which day', async () => {
    const { rows } = await running.app.owner.query(`select count(*)::int as n from kernel.audit where action = 'payments.export' and actor_kind = 'officer'`);
    expect((rows[0] as { n: number }).n).toBeGreaterThan(2);
  });
});
