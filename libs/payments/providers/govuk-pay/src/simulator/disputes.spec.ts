import type { OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import type { RunningSimulator } from './simulator';
import { startGovUkPaySimulator } from './simulator';

let running: RunningSimulator;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-23T09:00:00Z');
  running = await startGovUkPaySimulator({ now: () => now, times: { listsLagInSeconds: 60 } });
});
afterEach(() => running.stop());

const api = (path: string, request: OutboundRequest = {}, key = 'api_test_testham'): Promise<OutboundResponse> => plainOutbound.fetch(`${running.origin}/v1${path}`, { ...request, headers: { authorization: `Bearer ${key}` } });
const paid = async (): Promise<string> => {
  const { payment_id: id } = (await api('/payments', { method: 'POST', body: { amount: 5500, reference: 'TE-1', description: 'Garden waste', return_url: 'http://localhost:4000/return' } })).json() as { payment_id: string };
  running.controls.payerDoes(id, 'succeed');
  return id;
};
const disputes = async (query = '', key?: string): Promise<readonly Record<string, unknown>[]> => ((await api(`/disputes${query}`, {}, key)).json() as { results: Record<string, unknown>[] }).results;
const refusal = async (answer: Promise<OutboundResponse>): Promise<readonly unknown[]> => {
  const response = await answer;
  return [response.status, (response.json() as { code: string }).code];
};

describe('the simulator: disputes', () => {
  it('are listed at once, however late other lists are, and to no other account', async () => {
    const id = await paid();
    running.controls.dispute(id, 'duplicate');
    expect(await disputes()).toEqual([{
      dispute_id: expect.stringMatching(/^[a-z0-9]{26}$/) as string, payment_id: id, amount: 5500, fee: 1500, reason: 'duplicate', status: 'needs_response', created_date: '2026-11-23T09:00:00.000Z', evidence_due_date: '2026-11-30T09:00:00.000Z',
      _links: { payment: { href: `${running.origin}/v1/payments/${id}`, method: 'GET' } },
    }]);
    expect(await disputes('', 'api_test_otherham')).toEqual([]);
  });
  it('needs_response, under_review, lost: a lost one costs its amount and a fee, on the day on which it is settled', async () => {
    const id = await paid();
    running.controls.dispute(id);
    running.controls.moveDispute(id, 'under_review', '2026-11-24');
    expect(await disputes('?status=under_review')).toHaveLength(1);
    expect((await disputes())[0]).not.toHaveProperty('net_amount');
    running.controls.moveDispute(id, 'lost', '2026-11-25');
    expect((await disputes('?status=lost&from_settled_date=2026-11-25&to_settled_date=2026-11-26'))[0]).toMatchObject({ net_amount: -7000, settlement_summary: { settled_date: '2026-11-25' } });
    expect(await disputes('?from_settled_date=2026-11-26')).toEqual([]);
    expect(() => running.controls.moveDispute(id, 'won', '2026-11-26')).toThrow(RangeError);
  });
  it('a payment is not refunded while it is disputed: 400 P0603; it is again when the council wins', async () => {
    const id = await paid();
    running.controls.dispute(id);
    const refund = (): Promise<OutboundResponse> => api(`/payments/${id}/refunds`, { method: 'POST', body: { amount: 100, refund_amount_available: 5500 } });
    expect(await refusal(refund())).toEqual([400, 'P0603']);
    expect((await api(`/payments/${id}`)).json()).toMatchObject({ refund_summary: { status: 'unavailable' } });
    running.controls.moveDispute(id, 'won', '2026-11-25');
    expect((await refund()).status).toBe(202);
  });
  it('newest first, by when they were raised; P0401 for what is malformed, P0402 beyond the last page', async () => {
    const [one, other] = [await paid(), await paid()];
    running.controls.dispute(other);
    now = new Date('2026-11-24T09:00:00Z');
    running.controls.dispute(one);
    expect((await disputes()).map(({ payment_id: id }) => id)).toEqual([one, other]);
    expect((await disputes('?from_date=2026-11-24T00:00:00Z')).map(({ payment_id: id }) => id)).toEqual([one]);
    for (const query of ['?status=settled', '?from_date=yesterday', '?page=0']) expect(await refusal(api(`/disputes${query}`))).toEqual([422, 'P0401']);
    expect(await refusal(api('/disputes?page=2'))).toEqual([404, 'P0402']);
  });
  it('are made and decided by a program and on the page, once for each payment that was made', async () => {
    const id = await paid();
    const control = async (path: string, body: object): Promise<number> => (await plainOutbound.fetch(`${running.origin}/simulator/payments/${id}/${path}`, { method: 'POST', headers: { 'simulator-control': 'yes' }, body })).status;
    expect((await plainOutbound.fetch(`${running.origin}/simulator`)).text()).toContain(`action="/simulator/payments/${id}/dispute"`);
    expect(await control('dispute', { reason: 'bored' })).toBe(400);
    expect(await control('dispute', { reason: 'unrecognised' })).toBe(204);
    expect(await control('dispute', {})).toBe(400);
    expect((await plainOutbound.fetch(`${running.origin}/simulator`)).text()).toContain('disputed: needs_response');
    expect(await control('dispute-status', { status: 'needs_response' })).toBe(400);
    expect(await control('dispute-status', { status: 'lost' })).toBe(204);
    expect((await disputes())[0]).toMatchObject({ reason: 'unrecognised', status: 'lost', settlement_summary: { settled_date: '2026-11-23' } });
  });
});
