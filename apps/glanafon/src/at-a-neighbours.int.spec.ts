import { CaseRefundDue, CASE_PANEL, type CaseView } from '@guildhall/cases-contract';
import { Database, PageRenderer, checkConnections, extensionsOf, publish } from '@guildhall/kernel';
import { catalogFaults, walkTables, type Visitor } from '@guildhall/kernel/testing';
import { paymentId, refundId, type PaymentId, type RefundOrder } from '@guildhall/payments-contract';
import { RESIDENT, credentials, startFarAndNear, type FarAndNear } from '../test/far-and-near';

const HOUR = 3600;
const START = /^POST .*\/start$/;

describe('a council at a neighbour’s payments', () => {
  let running: FarAndNear;
  let payer: Visitor;
  beforeAll(async () => { running = await startFarAndNear('redirect'); });
  afterAll(() => running?.app.close());
  beforeEach(async () => {
    running.provider.clearFaults();
    // Days go by here, and sessions end.
    payer = await running.app.residentVisitor(RESIDENT, 'glanafon');
  });
  afterEach(() => { running.line.isCut = false; });

  const referenceOf = (id: string): string => `GL-${id.slice(-8).toUpperCase()}`;
  async function asked(who: 'resident' | 'nobody' = 'resident'): Promise<PaymentId> {
    const id = paymentId(running.ids.uuid());
    const outcome = await running.payments.request(running.as(who), {
      paymentId: id, idempotencyKey: id, reference: referenceOf(id), description: { en: 'Garden waste', cy: 'Gwastraff gardd' }, subject: { type: 'draft', id }, returnPath: '/services/garden-waste/paid', language: 'en',
      lines: [{ code: 'bins', title: { en: 'Bins', cy: 'Biniau' }, amountInPence: 4200, ledgerCode: 'GW-4410', vatRate: 'standard' }],
    });
    expect(outcome.ok).toBe(true);
    return id;
  }
  const pays = (id: PaymentId): void => { running.provider.payerDoes(running.provider.newest(referenceOf(id)), 'succeed'); };
  async function paid(): Promise<PaymentId> {
    const id = await asked();
    await running.payments.start(running.as('resident'), id);
    pays(id);
    await running.payments.refresh(running.as('resident'), id);
    return id;
  }
  const told = async (id: PaymentId, slug?: string): Promise<readonly string[]> => (await running.published(slug)).filter((event) => event.data.paymentId === id).map((event) => event.type.replace('payments.payment-', ''));
  const refundOf = (id: PaymentId, changes: Partial<RefundOrder> = {}): RefundOrder => { const refund = running.ids.uuid(); return { paymentId: id, refundId: refundId(refund), idempotencyKey: refund, amountInPence: 4200, reason: 'Bins did not come', ...changes }; };
  const check = async (slug = 'glanafon') => (await checkConnections(running.app.systemContext(slug))).find(({ provider }) => provider === 'payments-over-http.far-side');

  describe('publishes what happens there in its own transactions, once', () => {
    it('when nobody comes back, when the answer to the start was lost, and when many look at once', async () => {
      const id = await asked();
      running.line.losesNext = START;
      await expect(running.payments.start(running.as('resident'), id)).rejects.toMatchObject({ code: 'unavailable' });
      pays(id);
      await running.reconcile(2 * 60);
      expect(await told(id)).toEqual(['succeeded']);
      const other = await asked();
      await running.payments.start(running.as('resident'), other);
      pays(other);
      await Promise.all([1, 2, 3, 4].map(() => running.payments.refresh(running.as('resident'), other)));
      await running.reconcile(2 * 60);
      expect(await told(other)).toEqual(['succeeded']);
      // It is a matter of this council's, and no other's; the neighbour has its own.
      expect(await told(other, 'thornby')).toEqual([]);
    });

    it('when an answer comes after a newer one', async () => {
      const id = await asked();
      await running.payments.start(running.as('resident'), id);
      let arrives = (): void => undefined;
      const until = new Promise<void>((resolve) => { arrives = resolve; });
      let old: Promise<unknown> = Promise.resolve();
      await new Promise<void>((isHeld) => {
        running.line.holdsNext = { path: new RegExp(`${id}$`), isHeld, until };
        old = running.payments.find(running.as('resident'), id);
      });
      pays(id);
      expect((await running.payments.refresh(running.as('resident'), id)).state).toBe('succeeded');
      arrives();
      expect(await old).toMatchObject({ state: 'started' });
      await running.reconcile(2 * 60);
      expect(await told(id)).toEqual(['succeeded']);
      expect((await running.app.owner.query('select state from payments_over_http.payment where payment_id = $1', [id])).rows).toEqual([{ state: 'succeeded' }]);
    });

    it('when the transaction that would write it down is lost', async () => {
      const id = await asked();
      await running.payments.start(running.as('resident'), id);
      pays(id);
      await running.app.owner.query(`create function payments_over_http.crash() returns trigger language plpgsql as $$ begin raise exception 'crashed'; end $$; create constraint trigger crash after insert on payments_over_http.told deferrable initially deferred for each row execute function payments_over_http.crash()`);
      await expect(running.payments.refresh(running.as('resident'), id)).rejects.toThrow('crashed');
      await running.app.owner.query('drop trigger crash on payments_over_http.told; drop function payments_over_http.crash()');
      expect(await told(id)).toEqual([]);
      await running.reconcile(2 * 60);
      expect(await told(id)).toEqual(['succeeded']);
    });

    it('when an officer of either council pays back', async () => {
      const id = await paid();
      const { app } = running;
      expect((await running.payments.refund(running.as('far-manager'), refundOf(id, { amountInPence: 1000 }))).ok).toBe(true);
      running.provider.finishRefunds('succeeded');
      await running.reconcile(2 * HOUR);
      expect(await told(id)).toEqual(['succeeded', 'refunded']);
      expect((await running.payments.find(running.as('manager'), id)).refundedInPence).toBe(1000);
      running.line.losesNext = /\/refunds$/;
      const order = refundOf(id, { amountInPence: 500 });
      await expect(running.payments.refund(running.as('manager'), order)).rejects.toMatchObject({ code: 'unavailable' });
      expect((await running.payments.refund(running.as('manager'), order)).ok).toBe(true);
      running.provider.finishRefunds('succeeded');
      await running.reconcile(2 * HOUR);
      expect(await told(id)).toEqual(['succeeded', 'refunded', 'refunded']);
      const far = await app.owner.query<{ requested_by: string }>('select requested_by from payments.refund where refund_id = $1', [order.refundId]);
      expect(far.rows).toEqual([{ requested_by: 'glanafon' }]);
      expect((await app.owner.query('select actor_id, council_id from kernel.audit where action = $1 and subject_id = $2 and council_id = $3', ['payments.refund', id, app.context('glanafon').council.id])).rows).toHaveLength(1);
    });
  });

  async function takeCash(officer: Visitor, id: PaymentId): Promise<void> {
    const receiptId = /name="receiptId" value="([^"]+)"/.exec((await officer.get(`/desk/payments/${id}/counter`)).text)?.[1] ?? '';
    expect((await officer.post(`/desk/payments/${id}/counter`, { receiptId, amountInPence: '4200', means: 'cash', slip: '' })).text).toContain('£42.00 is written down as taken');
  }

  describe('pays back what a step of a case promises', () => {
    const announce = async (data: { readonly caseId: string; readonly paymentId: string }): Promise<void> => {
      await running.app.get(Database).run(running.as('manager'), async (tx) => publish(tx, CaseRefundDue, { caseType: 'garden-waste.subscription', transition: 'decline', transitionTitle: 'Decline: we cannot collect there', entryId: running.ids.uuid(), ...data }));
      await running.app.drainJobs();
    };
    const refundsOf = async (id: PaymentId) => (await running.payments.find(running.as('manager'), id)).refunds.map(({ state, amountInPence, failure }) => [state, amountInPence, ...(failure ? [failure] : [])]);
    async function panelOf(id: PaymentId): Promise<string> {
      const [panel] = extensionsOf(running.as('manager'), CASE_PANEL);
      const content = await panel?.load(running.as('manager'), { paymentId: id, reference: 'GL-7K3F-92QD' } as unknown as CaseView);
      return running.app.get(PageRenderer).render({ ...running.as('manager'), language: 'en' }, content?.template ?? '', { panel: content?.data });
    }

    it('once and whole, however often it is told, and although nobody answers at first or the answer is lost', async () => {
      const id = await paid();
      const due = { caseId: running.ids.uuid(), paymentId: id };
      running.line.isCut = true;
      await announce(due);
      running.line.isCut = false;
      running.line.losesNext = /\/refunds$/;
      await running.reconcile(60);
      expect(running.line.losesNext).toBeUndefined();
      await announce(due);
      await running.reconcile(15 * 60);
      expect(await refundsOf(id)).toEqual([['submitted', 4200]]);
      expect(await panelOf(id)).toContain('£42.00 is being paid back');
      running.provider.finishRefunds('succeeded');
      await running.reconcile(2 * HOUR);
      expect(await told(id)).toEqual(['succeeded', 'refunded']);
      expect(running.provider.payments(referenceOf(id))[0]?.refundedInPence).toBe(4200);
    });

    it('and shows an officer what the other side would not send; where nothing is paid, or nobody knows the payment, there is nothing', async () => {
      const id = await paid();
      await running.payments.refund(running.as('manager'), refundOf(id, { amountInPence: 200 }));
      await announce({ caseId: running.ids.uuid(), paymentId: id });
      expect(await refundsOf(id)).toEqual([['submitted', 200], ['failed', 4000, 'refund-in-progress']]);
      expect(await panelOf(id)).toContain('£40.00 could not be paid back.');
      const unpaid = await asked();
      await announce({ caseId: running.ids.uuid(), paymentId: unpaid });
      await announce({ caseId: running.ids.uuid(), paymentId: running.ids.uuid() });
      expect(await refundsOf(unpaid)).toEqual([]);
      expect((await running.app.owner.query(`select 1 from payments_over_http.case_refund where state = 'wanted'`)).rows).toEqual([]);
    });

    it('and shows an officer that money from the other council’s counter does not go back by itself', async () => {
      const id = await asked();
      await takeCash(await running.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, 'riverbourne'), id);
      expect(await panelOf(id)).not.toContain('Pay money back');
      await announce({ caseId: running.ids.uuid(), paymentId: id });
      expect(await refundsOf(id)).toEqual([['failed', 4200, 'provider-refused']]);
      expect(await panelOf(id)).toContain('£42.00 could not be paid back.');
    });
  });

  describe('has pages of its own', () => {
    it('before and after paying, the receipt in its own name, and the account', async () => {
      const id = await asked();
      const { text, headers } = await payer.get(`/payments/${id}`);
      for (const words of ['Your payment', 'Bins', 'Pay £42.00', referenceOf(id)]) expect(text).toContain(words);
      expect(headers['content-security-policy']).toContain(`form-action 'self' https://pay.example;`);
      const sent = await payer.request(`/payments/${id}/start`, { form: {} });
      expect([sent.status, running.provider.visit(sent.headers['location'] ?? '')]).toEqual([303, true]);
      pays(id);
      const back = await payer.request(`/payments/${id}/return`);
      expect([back.status, back.headers['location']]).toEqual([303, '/services/garden-waste/paid']);
      const receipt = await payer.get(`/payments/${id}/receipt`);
      for (const words of ['glanafon Borough Council', '£42.00', 'Visa card ending in 4242', 'GB 999 9999 74']) expect(receipt.text).toContain(words);
      expect(receipt.text).not.toContain('riverbourne');
      expect((await payer.get('/account/payments')).text).toContain(referenceOf(id));
      expect((await (await running.app.residentVisitor(RESIDENT, 'riverbourne')).get('/account/payments')).text).not.toContain(referenceOf(id));
    });

    it('for officers, who pay back there', async () => {
      const id = await paid();
      const manager = await running.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, 'glanafon');
      const { text } = await manager.get(`/desk/payments/${id}`);
      for (const words of ['£42.00', 'GW-4410', 'payments.redirect', 'Pay money back']) expect(text).toContain(words);
      const form = await manager.get(`/desk/payments/${id}/refund`);
      const fields = { refundId: /name="refundId" value="([^"]+)"/.exec(form.text)?.[1] ?? '', availableInPence: '4200', amount: '12.50', reason: 'A bin less', step: 'confirmed' };
      running.line.losesNext = /\/refunds$/;
      expect((await manager.post(`/desk/payments/${id}/refund`, fields)).text).toContain('it is paid back once');
      expect((await manager.post(`/desk/payments/${id}/refund`, fields)).text).toContain('£12.50 is on its way back to the card.');
      expect(running.provider.payments(referenceOf(id))[0]?.refundedInPence).toBe(1250);
      expect((await manager.request('/desk/ledger')).status).toBe(404);
    });

    it('which say what every keeper of payments knows: the counter is the other council’s, and what is paid there is heard of like any other payment', async () => {
      const id = await asked();
      const officer = (slug: string) => running.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, slug);
      const [ours, theirs] = [await officer('glanafon'), await officer('riverbourne')];
      expect((await ours.get(`/desk/payments/${id}`)).text).not.toContain(`/desk/payments/${id}/counter`);
      expect((await ours.request(`/desk/payments/${id}/counter`)).status).toBe(404);
      expect((await theirs.get(`/desk/payments/${id}`)).text).toContain(`/desk/payments/${id}/counter`);
      await takeCash(theirs, id);
      expect((await payer.request(`/payments/${id}/return`)).headers['location']).toBe('/services/garden-waste/paid');
      expect(await told(id)).toEqual(['succeeded']);
      const receipt = await payer.get(`/payments/${id}/receipt`);
      expect([receipt.text.includes('£42.00'), receipt.text.includes('at our counter')]).toEqual([true, false]);
    });

    it('that are shut to whoever they are not for', async () => {
      const id = await paid();
      const other = await running.app.residentVisitor('01990000-0000-7000-8000-0000000000a2', 'glanafon');
      const thornby = await running.app.residentVisitor(RESIDENT, 'thornby');
      for (const path of [`/payments/${id}`, `/payments/${id}/receipt`, `/payments/${id}/return`]) {
        expect([(await other.request(path)).status, (await thornby.request(path)).status, (await running.app.visitor('riverbourne').request(path)).status, (await running.app.visitor('glanafon').request(path)).status]).toEqual([404, 404, 404, 303]);
      }
      expect([(await payer.request(`/desk/payments/${id}`)).status, (await running.app.visitor('glanafon').request('/account/payments')).status]).toEqual([403, 303]);
    });
  });

  describe('when the other side is away', () => {
    it('tells payers that nothing is lost and to try again, and carries on afterwards', async () => {
      const id = await asked();
      await payer.get(`/payments/${id}`);
      await payer.request(`/payments/${id}/start`, { form: {} });
      running.line.isCut = true;
      const page = await payer.get(`/payments/${id}`);
      expect([page.status, page.text.includes('We cannot show your payment at the moment')]).toEqual([503, true]);
      expect((await payer.request(`/payments/${id}/start`, { form: {} })).status).toBe(503);
      expect((await payer.get(`/payments/${id}/return`)).text).toContain('We are waiting to hear about your payment');
      expect((await payer.request('/account/payments')).status).toBe(503);
      pays(id);
      await running.reconcile(2 * 60);
      expect(await told(id)).toEqual([]);
      running.line.isCut = false;
      await running.reconcile(15 * 60);
      expect(await told(id)).toEqual(['succeeded']);
    });

    it('asks it no more for half a minute when it did not answer three times in a row, and tells payers so at once', async () => {
      const id = await asked();
      running.line.isCut = true;
      for (let time = 1; time <= 3; time++) expect((await payer.get(`/payments/${id}`)).status).toBe(503);
      running.line.isCut = false;
      expect((await payer.get(`/payments/${id}`)).status).toBe(503);
      running.clock.advance(37);
      expect((await payer.get(`/payments/${id}`)).status).toBe(200);
    });

    it('or cannot take payments just now, still shows what was paid and pays back', async () => {
      const [id, other] = [await paid(), await asked()];
      running.provider.failNext('create', 'unavailable', 3);
      for (let time = 1; time <= 4; time++) await expect(running.payments.start(running.as('resident'), other)).rejects.toMatchObject({ code: 'unavailable' });
      expect((await payer.get(`/payments/${id}/receipt`)).status).toBe(200);
      expect((await running.payments.refund(running.as('manager'), refundOf(id))).ok).toBe(true);
      running.clock.advance(37);
      expect((await running.payments.start(running.as('resident'), other)).ok).toBe(true);
    });

    it('or does not let us in, takes nobody to the sign-in page; and the check says what to do, and who', async () => {
      const id = await asked('nobody');
      expect(await check()).toMatchObject({ ok: true });
      const says = async (permissions: readonly string[] | undefined): Promise<string> => {
        if (permissions) credentials.set('glanafon', permissions);
        else credentials.delete('glanafon');
        running.clock.advance(11);
        const { ok, message = '' } = (await check()) ?? {};
        expect(ok).toBe(false);
        return message;
      };
      try {
        expect(await says(undefined)).toContain('Ask its council for a new one');
        expect((await running.app.visitor('glanafon').request(`/payments/${id}`)).status).toBe(503);
        expect(await says(['payments.take'])).toContain('may not see payments');
        expect(await says(['payments.view', 'payments.take'])).toContain('lacks payments.refund');
        expect(await says(['payments.view', 'payments.take', 'payments.refund', 'payments.view-all'])).toContain('opens every payment of its council');
        running.line.isCut = true;
        expect(await says(undefined)).toContain('does not answer');
      } finally {
        credentials.set('glanafon', ['payments.view', 'payments.take', 'payments.refund']);
        running.clock.advance(11);
      }
    });
  });

  it('keeps nothing of the payer’s, in tables that no other council can open', async () => {
    const { rows } = await running.app.owner.query<{ table_name: string; column_name: string }>(`select table_name, column_name from information_schema.columns where table_schema = 'payments_over_http' and column_name ~ 'person|email|name|card|description' and table_name <> 'schema_migration'`);
    expect(rows).toEqual([]);
    expect((await catalogFaults(running.app.owner)).filter((fault) => fault.includes('payments'))).toEqual([]);
    const { open, unproved } = await walkTables(running.app, { stranger: running.app.context('thornby').council.id });
    expect([open.filter(({ table }) => table.startsWith('payments')), unproved.filter((table) => table.startsWith('payments_over_http'))]).toEqual([[], []]);
  });
});

