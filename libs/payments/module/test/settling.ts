import { CASES, CASE_PERMISSIONS, CaseMoved, type CasesApi } from '@guildhall/cases-contract';
import { inMemoryCases } from '@guildhall/cases-contract/testing';
import { defineModule, implement } from '@guildhall/kernel';
import { Unavailable, defineProvider, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { PAYMENT_PROVIDER, type PaymentProvider, type SettledItem, type SettlementPage, type SettlementPeriod } from '@guildhall/payments-contract';
import { Injectable, Module } from '@nestjs/common';
import { payments } from '../src';
import { settlementDifference } from '../src/settling/difference-case-type';

export const PROVIDER = 'payments.scripted';

/** A provider that settles what a test tells it to, some items to a page, and fails when told. */
export class ScriptedLists {
  readonly lists = new Map<string, SettledItem[]>();
  itemsAPage = 2;
  /** What becomes of the calls to come, one after another: nothing out of the ordinary once it is used up. */
  readonly faults: ('crash' | 'unavailable' | undefined)[] = [];
  calls = 0;

  put(day: string, item: Omit<SettledItem, 'settledOn'>): void { this.lists.set(day, [...(this.lists.get(day) ?? []), { ...item, settledOn: day }]); }

  installation(id = PROVIDER) {
    const settlements = async (_ctx: RequestContext, { from, after }: SettlementPeriod): Promise<SettlementPage> => {
      this.calls += 1;
      const fault = this.faults.shift();
      if (fault === 'crash') throw new Error('The process dies here.');
      if (fault === 'unavailable') throw new Unavailable('The provider does not answer.');
      const [at, all] = [Number(after ?? 0), this.lists.get(from) ?? []];
      return { items: all.slice(at, at + this.itemsAPage), ...(at + this.itemsAPage < all.length ? { next: String(at + this.itemsAPage) } : {}) };
    };
    return defineProvider<PaymentProvider>({ port: PAYMENT_PROVIDER, id, title: { en: `Bank of ${id}`, cy: `Banc ${id}` }, isSandbox: true, create: () => ({ abilities: ['settlements'], settlements, fetch: () => Promise.reject(new Unavailable('The provider does not answer.')) }) as unknown as PaymentProvider });
  }
}

/** Riverbourne has cases; Glanafon has none, and a provider of its own. */
export interface SettlingApp { readonly app: TestApp; readonly clock: FixedClock; readonly far: ScriptedLists; readonly cases: CasesApi; readonly ids: SeededIds; readonly answers: Answers }

/** Of so many calls to the cases the answers are lost: what was asked is done, and nobody hears of it. */
export interface Answers { lost: number }

export async function startSettlingApp(unsettledAfterDays?: number): Promise<SettlingApp> {
  const clock = new FixedClock();
  const far = new ScriptedLists();
  const cases = inMemoryCases({ types: [settlementDifference], clock, ids: new SeededIds(61) });
  const answers: Answers = { lost: 0 };
  const heard = <Given, Answer>(does: (ctx: RequestContext, given: Given) => Promise<Answer>) => async (ctx: RequestContext, given: Given): Promise<Answer> => {
    const answer = await does.call(cases, ctx, given);
    if (answers.lost-- > 0) throw new Unavailable('The answer is lost.');
    return answer;
  };
  const unreliable: Pick<CasesApi, 'open' | 'find' | 'move' | 'note'> = { open: heard(cases.open), find: (ctx, which) => cases.find(ctx, which), move: heard(cases.move), note: heard(cases.note) };
  @Injectable() class FakeCases {}
  @Module({ providers: [{ provide: FakeCases, useValue: unreliable }] })
  class FakeCasesModule {}
  const fakeCases = defineModule({ id: 'cases', version: '0.1.0', packageFolder: __dirname, nest: FakeCasesModule, provides: [implement(CASES, FakeCases as never)], permissions: [...CASE_PERMISSIONS], events: [CaseMoved] });
  const options = { ...(unsettledAfterDays === undefined ? {} : { unsettledAfterDays }) };
  const app = await startTestApp({
    clock, councils: [
      testCouncilDefinition('riverbourne', 1, [payments({ providers: [far.installation()], ...options }), fakeCases()]),
      testCouncilDefinition('glanafon', 2, [payments({ providers: [far.installation('payments.elsewhere')], ...options })]),
    ],
  });
  return { app, clock, far, cases, ids: new SeededIds(62), answers };
}

/** A payment of ours as it stands after it was taken, or while it is not. */
export async function paymentOfOurs({ app, ids }: SettlingApp, taken: { readonly providerPaymentId: string; readonly amountInPence: number; readonly at: Date; readonly isPaid?: boolean; readonly slug?: string; readonly provider?: string }): Promise<string> {
  const { providerPaymentId, amountInPence, at, isPaid = true, slug = 'riverbourne', provider = PROVIDER } = taken;
  const [council, id] = [app.context(slug).council.id, ids.uuid()];
  await app.owner.query(`insert into payments.payment (council_id, payment_id, reference, description_en, description_cy, state, amount_in_pence, subject_type, subject_id, language, return_path, requested_at, paid_at, request_key, request_hash)
    values ($1, $2, $3, 'Fee', 'Ffi', $4, $5, 'draft', 'd', 'en', '/', $6, case when $4 = 'succeeded' then $6::timestamptz end, $7, 'h')`, [council, id, `S-${id.slice(-12)}`, isPaid ? 'succeeded' : 'submitted', amountInPence, at, id]);
  await app.owner.query(`insert into payments.attempt (council_id, payment_id, number, provider, state, money, provider_payment_id, taken_in_pence, begun_at, finished_at) values ($1, $2, 1, $3, $4, $5, $6, $7, $8, case when $5 = 'booked' then $8::timestamptz end)`,
    [council, id, provider, isPaid ? 'succeeded' : 'submitted', isPaid ? 'booked' : 'none', providerPaymentId, isPaid ? amountInPence : 0, at]);
  return id;
}

/** A refund of such a payment. */
export async function refundOfOurs({ app, ids }: SettlingApp, given: { readonly paymentId: string; readonly providerRefundId: string; readonly amountInPence: number; readonly at: Date }): Promise<void> {
  await app.owner.query(`insert into payments.refund (council_id, refund_id, payment_id, attempt, amount_in_pence, reason, is_of_surplus, state, provider_refund_id, requested_at, finished_at) values ($1, $2, $3, 1, $4, 'Why', false, 'succeeded', $5, $6, $6)`,
    [app.context('riverbourne').council.id, ids.uuid(), given.paymentId, given.amountInPence, given.providerRefundId, given.at]);
}
