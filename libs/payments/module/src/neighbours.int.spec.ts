import type { PersonId } from '@guildhall/kernel-contract';
import { Secret } from '@guildhall/kernel-contract';
import type { Outbound } from '@guildhall/kernel-contract';
import { OUTBOUND } from '@guildhall/kernel';
import { HttpPayments, PAYMENTS, paymentId } from '@guildhall/payments-contract';
import type { PaymentId, PaymentOrder, PaymentsApi } from '@guildhall/payments-contract';
import { runPayments } from '../test/harness';
import type { RunningPayments } from '../test/harness';

const RESIDENT = '01990000-0000-7000-8000-0000000000a1' as PersonId;

describe('another council’s app that takes its payments here', () => {
  let running: RunningPayments;
  let own: PaymentsApi;
  beforeAll(async () => { running = await runPayments('redirect'); own = running.app.get<PaymentsApi>(PAYMENTS.token); });
  afterAll(() => running?.close());

  const as = (clientId: string): HttpPayments => new HttpPayments({ outbound: running.app.get<Outbound>(OUTBOUND), origin: running.app.origin('riverbourne'), credential: new Secret(`${clientId}.correct`) });
  const orderOf = (id: PaymentId): PaymentOrder => ({
    paymentId: id, idempotencyKey: id, reference: `NB-${id.slice(-8).toUpperCase()}`, description: { en: 'Fee', cy: 'Ffi' }, subject: { type: 'draft', id }, returnPath: '/services/allotments/paid', language: 'en',
    lines: [{ code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 3000, ledgerCode: 'X', vatRate: 'exempt' }],
  });
  async function asked(payments: PaymentsApi, who: 'resident' | 'nobody' = 'resident'): Promise<PaymentId> {
    const id = paymentId(running.ids.uuid());
    expect((await payments.request(running.as(who), orderOf(id))).ok).toBe(true);
    return id;
  }

  it('gets its payers back to its own app, which the configuration names, and a system of the council’s own to the council’s', async () => {
    const [theirs, ours] = [await asked(as('neighbour')), await asked(as('kit'))];
    const create = jest.spyOn(running.far, 'create');
    await as('neighbour').start(running.as('resident'), theirs);
    await as('kit').start(running.as('resident'), ours);
    expect(create.mock.calls.map(([, order]) => order.returnUrl)).toEqual([`https://apps.neighbour.example/payments/${theirs}/return`, `${running.app.origin('riverbourne')}/payments/${ours}/return`]);
    create.mockRestore();
  });

  it('asks a service that knows no names and addresses of payers yet without them', async () => {
    const payers: unknown[] = [];
    const outbound = running.app.get<Outbound>(OUTBOUND);
    // As this one answers whoever sends what it has never heard of.
    const older: Outbound = { fetch: async (url, request) => {
      const { payer, ...order } = request?.body as PaymentOrder;
      payers.push(payer);
      const { name, ...known } = payer ?? {};
      const response = await outbound.fetch(url, { ...request, body: { ...order, payer: { ...known, ...(name && { nome: name }) } } });
      return { ...response, json: () => JSON.parse(response.text().replaceAll('nome', 'name')) as unknown };
    } };
    const id = paymentId(running.ids.uuid());
    const payments = new HttpPayments({ outbound: older, origin: running.app.origin('riverbourne'), credential: new Secret('neighbour.correct') });
    expect((await payments.request(running.as('resident'), { ...orderOf(id), payer: { email: 'payer@house.example', name: 'Siân Payer' } })).ok).toBe(true);
    expect(payers).toEqual([{ email: 'payer@house.example', name: 'Siân Payer' }, { email: 'payer@house.example' }]);
  });

  it('is told on what terms: as whom it is known, what it may, where its payers come back to and where they pay', async () => {
    expect(await as('neighbour').terms()).toEqual({ clientId: 'neighbour', permissions: ['payments.refund', 'payments.take', 'payments.view'], payPages: [], returnOrigin: 'https://apps.neighbour.example' });
    expect((await as('other-neighbour').terms()).returnOrigin).toBeUndefined();
    const manager = await running.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] });
    expect((await manager.request('/api/payments/v1/terms')).status).toBe(403);
    expect((await running.app.visitor().request('/api/payments/v1/terms')).status).toBe(401);
  });

  it('knows its own payments and no other, whatever it says for whom it asks', async () => {
    const [theirs, ofAnother, ofCouncil, ofNobody] = [await asked(as('neighbour')), await asked(as('other-neighbour')), await asked(own), await asked(own, 'nobody')];
    expect((await as('neighbour').find(running.as('resident'), theirs)).askedBy).toBeUndefined();
    for (const id of [ofAnother, ofCouncil, ofNobody]) {
      for (const who of ['resident', 'nobody', 'manager'] as const) {
        await expect(as('neighbour').find(running.as(who), id)).rejects.toMatchObject({ code: 'not-found' });
        await expect(as('neighbour').start(running.as(who), id)).rejects.toMatchObject({ code: 'not-found' });
        expect(await as('neighbour').forSubject(running.as(who), { type: 'draft', id })).toEqual([]);
      }
      await expect(as('neighbour').refund(running.as('manager'), { paymentId: id, refundId: running.ids.uuid() as never, idempotencyKey: id, amountInPence: 1, reason: 'None' })).rejects.toMatchObject({ code: 'not-found' });
    }
    expect((await as('neighbour').ofResident(running.as('resident'), { limit: 100 })).map((payment) => payment.paymentId)).toEqual(expect.not.arrayContaining([ofAnother, ofCouncil]));
    expect((await as('own-system').find(running.as('resident'), ofCouncil)).state).toBe('requested');
  });

  it('has payments that none of the council’s own people sees, whatever person they name; its officers see them, and whose they are', async () => {
    const [theirs, ofNobody] = [await asked(as('neighbour')), await asked(as('neighbour'), 'nobody')];
    const resident = await running.app.residentVisitor(RESIDENT);
    expect((await own.ofResident(running.as('resident'), { limit: 100 })).some((payment) => payment.paymentId === theirs)).toBe(false);
    for (const id of [theirs, ofNobody]) {
      await expect(own.find(running.as('resident'), id)).rejects.toMatchObject({ code: 'not-found' });
      for (const path of [`/payments/${id}`, `/payments/${id}/return`]) expect((await resident.request(path)).status).toBe(404);
      expect((await own.find(running.as('manager'), id)).askedBy).toEqual({ clientId: 'neighbour', isElsewhere: true });
    }
    expect((await own.forSubject(running.as('manager'), { type: 'draft', id: theirs })).length).toBe(1);
    expect((await running.app.visitor().request(`/payments/${ofNobody}`)).status).toBe(404);
    expect((await own.find(running.as('resident'), await asked(as('kit')))).askedBy).toEqual({ clientId: 'kit', isElsewhere: false });
  });

  it('may use keys that another uses, and hears nothing of the other', async () => {
    const [one, other] = [paymentId(running.ids.uuid()), paymentId(running.ids.uuid())];
    expect((await as('neighbour').request(running.as('resident'), { ...orderOf(one), idempotencyKey: 'the-same' })).ok).toBe(true);
    expect((await as('other-neighbour').request(running.as('resident'), { ...orderOf(other), idempotencyKey: 'the-same' })).ok).toBe(true);
    expect((await own.request(running.as('resident'), { ...orderOf(paymentId(running.ids.uuid())), idempotencyKey: 'the-same' })).ok).toBe(true);
  });
});
