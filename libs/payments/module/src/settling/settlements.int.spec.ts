import * as fc from 'fast-check';
import { CaseMoved, type CaseView } from '@guildhall/cases-contract';
import { Database, publish } from '@guildhall/kernel';
import { PROVIDER, paymentOfOurs, refundOfOurs, startSettlingApp, type SettlingApp } from '../../test/settling';
import { daysAfter, lastClosedDay } from '../exporting/days';
import { PlanSettlements } from './plan-settlements';
import { ReadSettlements } from './read-settlements';

const OFFICER = '01990000-0000-7000-8000-0000000000b7';
let settling: SettlingApp;
beforeAll(async () => { settling = await startSettlingApp(); });
afterAll(() => settling.app.close());
beforeEach(async () => {
  await settling.app.owner.query('truncate payments.settlement_day, payments.settled_item, payments.settlement_difference, payments.ledger_entry, payments.journal, payments.refund, payments.attempt, payments.payment_line, payments.payment cascade');
  settling.far.lists.clear();
  settling.far.faults.length = 0;
});

const ctx = () => settling.app.systemContext('riverbourne');
const yesterday = (): string => lastClosedDay(settling.clock.now());
const plan = async (slug = 'riverbourne'): Promise<void> => { await settling.app.get(PlanSettlements).run(settling.app.systemContext(slug)); await settling.app.drainJobs(); };
const nextDay = async (): Promise<void> => { settling.clock.advance(24 * 3600); await plan(); };
interface DifferenceRow { difference_id: string; item: string; kind: string; state: string; ours: number | null; theirs: number | null; case_reference: string | null }
const differences = async (): Promise<readonly DifferenceRow[]> => (await settling.app.owner.query<DifferenceRow>(`select difference_id, provider_payment_id || provider_refund_id as item, kind, state, ours_in_pence::int as ours, theirs_in_pence::int as theirs, case_reference from payments.settlement_difference order by found_at, item, kind`)).rows;
const found = async (): Promise<readonly string[]> => (await differences()).map(({ item, kind, state }) => `${item} ${kind} ${state}`);
const caseOf = async (id: string): Promise<CaseView | undefined> => settling.cases.find(ctx(), { caseId: id });
const manager = (slug?: string) => settling.app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] }, slug);

describe('a day’s settled list', () => {
  it('marks what agrees as settled, and makes one case of each thing that differs, however often it is read', async () => {
    const { far } = settling;
    const [day, at] = [yesterday(), settling.clock.now()];
    const agrees = await paymentOfOurs(settling, { providerPaymentId: 'p-agrees', amountInPence: 5500, at });
    const less = await paymentOfOurs(settling, { providerPaymentId: 'p-less', amountInPence: 700, at });
    await paymentOfOurs(settling, { providerPaymentId: 'p-open', amountInPence: 900, at, isPaid: false });
    await refundOfOurs(settling, { paymentId: agrees, providerRefundId: 'r-agrees', amountInPence: 500, at });
    await refundOfOurs(settling, { paymentId: less, providerRefundId: 'r-more', amountInPence: 200, at });
    far.put(day, { kind: 'payment', providerPaymentId: 'p-agrees', amountInPence: 5500, feeInPence: 20, settlementId: 'payout-1' });
    far.put(day, { kind: 'payment', providerPaymentId: 'p-less', amountInPence: 650 });
    far.put(day, { kind: 'payment', providerPaymentId: 'p-open', amountInPence: 900 });
    far.put(day, { kind: 'payment', providerPaymentId: 'p-strange', amountInPence: 100 });
    far.put(day, { kind: 'refund', providerPaymentId: 'p-agrees', providerRefundId: 'r-agrees', amountInPence: 500 });
    far.put(day, { kind: 'refund', providerPaymentId: 'p-less', providerRefundId: 'r-more', amountInPence: 250 });
    far.put(day, { kind: 'refund', providerPaymentId: 'p-less', providerRefundId: 'r-strange', amountInPence: 10 });
    await plan();
    const all = ['p-less amount open', 'p-lessr-more refund-amount open', 'p-lessr-strange refund-unknown open', 'p-open not-paid-here open', 'p-strange unknown open'];
    expect(await found()).toEqual(all);
    const cases = await Promise.all((await differences()).map(({ difference_id: id }) => caseOf(id)));
    expect(cases.map((one) => [one?.state, one?.caseType])).toEqual(all.map(() => ['found', 'payments.settlement-difference']));
    expect(JSON.stringify(cases[0])).toMatch(/£7\.00.*£6\.50.*\/desk\/payments\//s);
    await nextDay();
    await nextDay();
    expect(await found()).toEqual(all);

    const visitor = await manager();
    const page = await visitor.get('/desk/reconciliation');
    for (const words of ['5 open differences', '5 open of 5', '£71.50 (4)', '£7.60 (3)', '£63.70', 'Run again', `Bank of ${PROVIDER}`]) expect(page.text).toContain(words);
    const list = await visitor.get('/desk/reconciliation/differences');
    for (const words of ['Settled with another amount', '£7.00', '£6.50', `/desk/payments/${less}`, `/desk/cases/${(await differences())[0]?.case_reference ?? '?'}`, 'At the provider: p-strange', `Bank of ${PROVIDER}`]) expect(list.text).toContain(words);
    expect((await visitor.get(`/desk/payments/${agrees}`)).text).toContain('(payout-1)');
    expect((await visitor.get(`/desk/payments/${less}`)).text).not.toContain('Settled to');
  });

  it('takes from what reached the bank what a payer’s bank took back, makes a case of it, closes that when the money has come back, and makes none of a fee for the account', async () => {
    const { far } = settling;
    const [day, at] = [yesterday(), settling.clock.now()];
    for (const providerPaymentId of ['p-disputed', 'p-good']) await paymentOfOurs(settling, { providerPaymentId, amountInPence: 10_000, at });
    for (const providerPaymentId of ['p-disputed', 'p-good']) far.put(day, { kind: 'payment', providerPaymentId, amountInPence: 10_000 });
    far.put(day, { kind: 'other', providerPaymentId: 'p-disputed', movement: { id: 't-taken', what: 'dispute' }, amountInPence: -10_000, feeInPence: 2000 });
    far.put(day, { kind: 'other', providerPaymentId: 't-month', movement: { id: 't-month', what: 'fee' }, amountInPence: 0, feeInPence: 500 });
    await plan();
    expect(await found()).toEqual(['p-disputedt-taken other open']);
    const [difference] = await differences();
    const opened = await caseOf(difference?.difference_id ?? '');
    expect([opened?.state, opened?.summary]).toEqual(['found', expect.objectContaining({ en: expect.stringMatching(/^Not a payment: the payer’s bank took the money back: S-/) as string })]);
    const visitor = await manager();
    const page = (await visitor.get('/desk/reconciliation')).text;
    for (const words of ['£200.00 (2)', '−£100.00 (1)', '£25.00', '£75.00']) expect(page).toContain(words);
    expect((await visitor.get('/desk/reconciliation/differences')).text).toContain('Not a payment: the payer’s bank took the money back');
    await nextDay();
    expect(await found()).toEqual(['p-disputedt-taken other open']);
    far.put(yesterday(), { kind: 'other', providerPaymentId: 'p-disputed', movement: { id: 't-back', what: 'dispute_reversal' }, amountInPence: 10_000 });
    // Read again on the days after, it stays so.
    await nextDay();
    await nextDay();
    await nextDay();
    expect(await found()).toEqual(['p-disputedt-taken other agreed']);
    expect((await caseOf(difference?.difference_id ?? ''))?.state).toBe('agreed');
  });

  it('closes the case when both sides agree later, notes it on one that somebody has closed, and opens it again when they differ again', async () => {
    const { far, app } = settling;
    const [day, at] = [yesterday(), settling.clock.now()];
    far.put(day, { kind: 'payment', providerPaymentId: 'p-late', amountInPence: 100 });
    far.put(day, { kind: 'payment', providerPaymentId: 'p-by-hand', amountInPence: 200 });
    await plan();
    const [byHand, late] = await differences();
    await settling.cases.move(app.context('riverbourne', { actor: { ...ctx().actor, kind: 'machine', clientId: 'finance' } as never }), { caseId: byHand?.difference_id ?? '', transition: 'clear-up', reasons: 'Paid by the market stall', idempotencyKey: 'closed-by-hand' });
    for (const providerPaymentId of ['p-late', 'p-by-hand']) await paymentOfOurs(settling, { providerPaymentId, amountInPence: providerPaymentId === 'p-late' ? 100 : 200, at });
    await nextDay();
    expect(await found()).toEqual(['p-by-hand unknown agreed', 'p-late unknown agreed']);
    expect((await caseOf(late?.difference_id ?? ''))?.state).toBe('agreed');
    expect((await caseOf(byHand?.difference_id ?? ''))?.state).toBe('cleared-up');
    expect((await settling.cases.timeline(ctx(), { caseId: byHand?.difference_id ?? '' })).items[0]).toMatchObject({ kind: 'note', text: expect.stringContaining('now the same') as string });
    await app.owner.query(`delete from payments.attempt where provider_payment_id = 'p-late'`);
    await nextDay();
    expect((await caseOf(late?.difference_id ?? ''))?.state).toBe('found');
  });

  it('is open no longer once finance has closed its case, however often it is read, until it comes to something else or the case is opened again', async () => {
    const { far, app } = settling;
    const day = yesterday();
    far.put(day, { kind: 'other', providerPaymentId: 'p-disputed', movement: { id: 't-taken', what: 'dispute' }, amountInPence: -10_000 });
    far.put(day, { kind: 'payment', providerPaymentId: 'p-strange', amountInPence: 100 });
    await plan();
    const [disputed, strange] = await differences();
    const moves = async (one: DifferenceRow | undefined, transition: 'clear-up' | 'open-again'): Promise<void> => {
      const caseId = one?.difference_id ?? '';
      const before = await caseOf(caseId);
      await settling.cases.move(app.context('riverbourne', { actor: { ...ctx().actor, kind: 'machine', clientId: 'finance' } as never }), { caseId, transition, ...(transition === 'clear-up' && { reasons: 'The bank decided so' }), idempotencyKey: `${caseId}-${before?.state ?? ''}-${settling.ids.uuid()}` });
      await app.get(Database).run(ctx(), async (tx) => { publish(tx, CaseMoved, { caseId, caseType: 'payments.settlement-difference', caseTypeVersion: 1, transition, from: before?.state ?? '', to: (await caseOf(caseId))?.state ?? '', entryId: settling.ids.uuid() }); });
      await app.drainJobs();
    };
    for (const one of [disputed, strange]) await moves(one, 'clear-up');
    await nextDay();
    await nextDay();
    expect(await found()).toEqual(['p-disputedt-taken other cleared-up', 'p-strange unknown cleared-up']);
    const visitor = await manager();
    expect((await visitor.get('/desk/reconciliation')).text).toContain('Nothing differs at the moment');
    expect((await visitor.get('/desk/reconciliation/differences')).text).not.toContain('p-strange');
    expect((await visitor.get(`/desk/reconciliation/differences?provider=${PROVIDER}&day=${day}`)).text).toContain('Cleared up');
    await moves(disputed, 'open-again');
    far.lists.set(day, (far.lists.get(day) ?? []).map((item) => (item.providerPaymentId === 'p-strange' ? { ...item, amountInPence: 150 } : item)));
    await nextDay();
    expect(await found()).toEqual(['p-disputedt-taken other open', 'p-strange unknown open']);
    expect((await caseOf(strange?.difference_id ?? ''))?.state).toBe('found');
  });

  it('stands as its case does, also where finance closed that before this was heeded, and where what finance did was heard in the wrong order', async () => {
    const { far, app } = settling;
    for (const providerPaymentId of ['p-before', 'p-disordered', 'p-erased', 'p-open', 'p-untold']) far.put(yesterday(), { kind: 'payment', providerPaymentId, amountInPence: 100 });
    await plan();
    const [before, disordered, , , untold] = await differences();
    const closes = (one: DifferenceRow | undefined, transition: 'clear-up' | 'open-again' = 'clear-up'): Promise<unknown> => settling.cases.move(app.context('riverbourne', { actor: { ...ctx().actor, kind: 'machine', clientId: 'finance' } as never }), { caseId: one?.difference_id ?? '', transition, ...(transition === 'clear-up' && { reasons: 'The bank decided so' }), idempotencyKey: settling.ids.uuid() });
    await closes(before);
    for (const transition of ['clear-up', 'open-again'] as const) await closes(disordered, transition);
    for (const [from, to, transition] of [['cleared-up', 'found', 'open-again'], ['found', 'cleared-up', 'clear-up']] as const) {
      await app.get(Database).run(ctx(), (tx) => { publish(tx, CaseMoved, { caseId: disordered?.difference_id ?? '', caseType: 'payments.settlement-difference', caseTypeVersion: 1, transition, from, to, entryId: settling.ids.uuid() }); return Promise.resolve(); });
      await app.drainJobs();
    }
    await closes(untold);
    await app.owner.query(`update payments.settlement_difference set difference_id = '01990000-0000-7000-8000-0000000000e9', state = 'cleared-up' where provider_payment_id = 'p-erased'`);
    const heeded = ['p-before unknown cleared-up', 'p-disordered unknown open', 'p-erased unknown cleared-up', 'p-open unknown open'];
    const standing = async (): Promise<readonly string[]> => (await found()).filter((one) => !one.startsWith('p-untold'));
    expect(await standing()).toEqual(['p-before unknown open', 'p-disordered unknown cleared-up', 'p-erased unknown cleared-up', 'p-open unknown open']);
    // It has come to something else, of which the closed case has not heard yet.
    await app.owner.query(`update payments.settlement_difference set version = version + 1 where provider_payment_id = 'p-untold'`);
    await app.get(PlanSettlements).run(ctx());
    expect([await standing(), (await found()).at(-1)]).toEqual([heeded, 'p-untold unknown open']);
    await nextDay();
    expect(await standing()).toEqual(heeded);
    // However many that are newer stand open.
    await app.owner.query(`insert into payments.settlement_difference (council_id, difference_id, provider, provider_payment_id, kind, day, version, told_version, case_reference, found_at)
      select council_id, ('ffffffff-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, provider, 'p-many-' || n, kind, day, 1, 1, 'RB-' || n, found_at from payments.settlement_difference, generate_series(1, 501) n where provider_payment_id = 'p-open'`);
    await app.owner.query(`update payments.settlement_difference set state = 'open' where provider_payment_id = 'p-before'`);
    await app.get(PlanSettlements).run(ctx());
    await app.owner.query(`delete from payments.settlement_difference where provider_payment_id like 'p-many-%'`);
    expect(await standing()).toEqual(heeded);
  });

  it('says so when the provider lists a thing on two days, and takes it back when it was only moved', async () => {
    const { far } = settling;
    const [first, at] = [yesterday(), settling.clock.now()];
    await paymentOfOurs(settling, { providerPaymentId: 'p-twice', amountInPence: 100, at });
    far.put(first, { kind: 'payment', providerPaymentId: 'p-twice', amountInPence: 100 });
    far.put(daysAfter(first, 1), { kind: 'payment', providerPaymentId: 'p-twice', amountInPence: 100 });
    await plan();
    await nextDay();
    expect(await found()).toEqual(['p-twice settled-twice open']);
    far.lists.delete(first);
    await nextDay();
    await nextDay();
    expect(await found()).toEqual(['p-twice settled-twice agreed']);
  });

  it('finds what was paid, or paid back, and is not settled after five days, but not while a list could not be read, and not of a provider that tells of nothing', async () => {
    const { far, clock } = settling;
    await plan();
    const at = new Date(clock.now().getTime() + 3600_000);
    const paid = await paymentOfOurs(settling, { providerPaymentId: 'p-unsettled', amountInPence: 100, at });
    await refundOfOurs(settling, { paymentId: paid, providerRefundId: 'r-unsettled', amountInPence: 40, at });
    for (let days = 0; days < 7; days++) await nextDay();
    expect(await found()).toEqual([]);
    far.put(yesterday(), { kind: 'payment', providerPaymentId: 'p-other', amountInPence: 5 });
    await paymentOfOurs(settling, { providerPaymentId: 'p-other', amountInPence: 5, at: new Date(clock.now().getTime() - 40 * 24 * 3600_000) });
    far.faults.push(...Array.from({ length: 50 }, () => 'unavailable' as const));
    await nextDay();
    expect(await found()).toEqual([]);
    expect((await (await manager()).get('/desk/reconciliation')).text).toContain('The provider did not answer.');
    far.faults.length = 0;
    await nextDay();
    expect(await found()).toEqual(['p-unsettled not-settled open', 'p-unsettledr-unsettled refund-not-settled open']);
    far.put(yesterday(), { kind: 'payment', providerPaymentId: 'p-unsettled', amountInPence: 100 });
    far.put(yesterday(), { kind: 'refund', providerPaymentId: 'p-unsettled', providerRefundId: 'r-unsettled', amountInPence: 40 });
    await nextDay();
    expect(await found()).toEqual(['p-unsettled not-settled agreed', 'p-unsettledr-unsettled refund-not-settled agreed']);
  });

  it('that could not be read in a month is caught up with no more, and keeps nothing after it from being looked for', async () => {
    const { far, clock } = settling;
    await plan();
    const paidOn = async (providerPaymentId: string): Promise<void> => { await paymentOfOurs(settling, { providerPaymentId, amountInPence: 100, at: new Date(clock.now().getTime() + 3600_000) }); };
    await paidOn('p-failed-day');
    far.faults.push(...Array.from({ length: 50 }, () => 'unavailable' as const));
    await nextDay();
    far.faults.length = 0;
    clock.advance(40 * 24 * 3600);
    await paidOn('p-later');
    for (let days = 0; days < 7; days++) {
      far.put(daysAfter(yesterday(), 1), { kind: 'payment', providerPaymentId: `p-${days}`, amountInPence: 100 });
      await paidOn(`p-${days}`);
      await nextDay();
    }
    expect(await found()).toEqual(['p-failed-day not-settled open', 'p-later not-settled open']);
  });

  it('is read again when an officer says so, once, and only by whoever may; a council without cases has its differences on the page, and nobody else’s', async () => {
    const { far, app } = settling;
    const day = yesterday();
    far.put(day, { kind: 'payment', providerPaymentId: 'p-strange', amountInPence: 100 });
    await plan();
    await plan('glanafon');
    const again = { provider: PROVIDER, day };
    const visitor = await manager();
    await visitor.get('/desk/reconciliation');
    const pressed = await visitor.post('/desk/reconciliation', again);
    expect(pressed.text).toContain('The list is being read again');
    expect((await visitor.post('/desk/reconciliation', again)).text).toContain('That list is being read already');
    const before = far.calls;
    await app.drainJobs();
    expect(far.calls - before).toBe(1);
    for (const wrong of [{ ...again, day: '2999-01-01' }, { ...again, day: 'x' }, { ...again, provider: 'payments.elsewhere' }]) expect((await visitor.request('/desk/reconciliation', { form: wrong })).status).toBe(400);
    for (const wrong of ['?before=x', '/differences?before=x', '/differences?provider=x&day=y']) expect((await visitor.get(`/desk/reconciliation${wrong}`)).status).toBe(400);

    const theirs = await manager('glanafon');
    const page = await theirs.get('/desk/reconciliation/differences');
    expect(page.text).toContain('At the provider: p-strange');
    expect(page.text).toContain('payments.elsewhere');
    expect(page.text).not.toContain(PROVIDER);
    expect(page.text).not.toContain('/desk/cases/');
    const adviser = await app.officerVisitor({ officerId: OFFICER, roles: ['adviser', 'case-officer'] });
    for (const path of ['/desk/reconciliation', '/desk/reconciliation/differences']) {
      expect((await adviser.get(path)).status).toBe(403);
      expect((await app.visitor().request(path)).status).toBe(303);
    }
    expect((await adviser.request('/desk/reconciliation', { form: again })).status).toBe(403);
  });
});

/** What may happen, in any order. */
const KEYS = ['a', 'b', 'c', 'd'] as const;
const key = fc.constantFrom(...KEYS);
const dayAt = fc.integer({ min: 0, max: 2 });
const step = fc.oneof(
  fc.record({ does: fc.constant('settle' as const), key, day: dayAt, amount: fc.constantFrom(100, 150) }),
  fc.record({ does: fc.constant('unsettle' as const), key }),
  fc.record({ does: fc.constant('pay' as const), key }),
  fc.record({ does: fc.constant('begin' as const), day: dayAt }),
  // Work that waits is done, and of some calls to the cases the answer is lost: such a job is gone, as if it had failed too often.
  fc.record({ does: fc.constant('work' as const), lost: fc.constantFrom(0, 0, 1, 2) }),
  // The job that was handed out, once more, or beside another worker; dying or unanswered after so many pages.
  fc.record({ does: fc.constant('read' as const), day: dayAt, back: fc.constantFrom(0, 0, 1), beside: fc.boolean(), fault: fc.constantFrom('crash' as const, 'unavailable' as const, undefined), after: fc.integer({ min: 0, max: 2 }) }),
);

it('in whatever order lists change, are read, are read again and workers die between their pages: each difference is one case, and each payment is settled once', async () => {
  const { app, far, clock } = settling;
  const [plans, reads] = [app.get(PlanSettlements), app.get(ReadSettlements)];
  far.itemsAPage = 1;
  let round = 0;
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
    round += 1;
    await app.owner.query('truncate payments.settlement_day, payments.settled_item, payments.settlement_difference, payments.attempt, payments.payment cascade');
    await app.owner.query(`delete from kernel.waiting_job where kind like 'do:payments.%'`);
    far.lists.clear();
    far.faults.length = 0;
    const days = [0, 1, 2].map((back) => daysAfter(yesterday(), -back));
    const dayOf = (at: number): string => days[at] ?? '';
    const idOf = (one: string): string => `${one}-${round}`;
    const settled = new Map<string, { day: string; amount: number }>();
    const paid = new Set<string>();
    const work = (): Promise<unknown> => app.drainJobs().catch(() => undefined);
    const write = (): void => {
      far.lists.clear();
      for (const [one, { day, amount }] of settled) far.put(day, { kind: 'payment', providerPaymentId: idOf(one), amountInPence: amount });
    };
    for (const one of steps) {
      if (one.does === 'settle') { settled.set(one.key, { day: dayOf(one.day), amount: one.amount }); write(); }
      else if (one.does === 'unsettle') { settled.delete(one.key); write(); }
      else if (one.does === 'pay' && !paid.has(one.key)) { paid.add(one.key); await paymentOfOurs(settling, { providerPaymentId: idOf(one.key), amountInPence: 100, at: clock.now() }); }
      else if (one.does === 'begin') await plans.begin(ctx(), PROVIDER, dayOf(one.day));
      else if (one.does === 'work') {
        settling.answers.lost = one.lost;
        await work();
        settling.answers.lost = 0;
      }
      else if (one.does === 'read') {
        const { rows } = await app.owner.query<{ reading: number }>('select reading from payments.settlement_day where provider = $1 and day = $2', [PROVIDER, dayOf(one.day)]);
        const job = { provider: PROVIDER, day: dayOf(one.day), reading: (rows[0]?.reading ?? 0) - one.back };
        if (one.fault) far.faults.push(...Array.from({ length: one.after }, () => undefined), one.fault);
        await Promise.allSettled([reads.run(ctx(), job), ...(one.beside ? [reads.run(ctx(), job)] : [])]);
        far.faults.length = 0;
      }
    }
    // Whoever was dying is dead by now; every day is read again, twice, because what moved to an earlier day is seen there only when it has left the later one.
    for (let pass = 0; pass < 2; pass++) {
      clock.advance(2 * 3600);
      for (const day of days) { await plans.begin(ctx(), PROVIDER, day); await work(); }
    }
    // What was never told for too long is told again by the plan.
    await plans.run(ctx());
    await work();
    const wanted = [...settled].flatMap(([one, { amount }]) => (!paid.has(one) ? [`${idOf(one)} unknown`] : amount !== 100 ? [`${idOf(one)} amount`] : []));
    const rows = await differences();
    expect(rows.filter(({ state }) => state === 'open').map(({ item, kind }) => `${item} ${kind}`).sort()).toEqual(wanted.sort());
    const cases = (await settling.cases.list(ctx(), { status: 'any', limit: 100, sort: 'moved' })).items.filter((one) => JSON.stringify(one.summary).includes(`-${round}"`) || rows.some(({ difference_id: own }) => own === one.id));
    for (const row of rows) {
      const own = cases.filter(({ id }) => id === row.difference_id);
      if (row.state === 'open') expect(own.map((one) => one.state)).toEqual(['found']);
      else expect(own.map((one) => one.state).filter((state) => state !== 'agreed')).toEqual([]);
    }
    expect(cases.filter((one) => !rows.some(({ difference_id: own }) => own === one.id))).toEqual([]);
    const marks = (await app.owner.query<{ item: string; on: string }>(`select provider_payment_id as item, settled_on::text as on from payments.settled_item where is_listed and difference is null order by 1`)).rows.map(({ item, on }) => `${item} ${on}`);
    expect(marks).toEqual([...settled].filter(([one, { amount }]) => paid.has(one) && amount === 100).map(([one, { day }]) => `${idOf(one)} ${day}`).sort());
  }), { numRuns: 15 });
}, 120_000);
