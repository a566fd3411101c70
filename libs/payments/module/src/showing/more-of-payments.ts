import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, may } from '@guildhall/kernel-contract';
import { PageRenderer, providerIdsOf, providerTitleOf } from '@guildhall/kernel';
import type { Payment } from '@guildhall/payments-contract';
import { PAYMENT_PROVIDER, PAYMENT_STATES, RECEIVE_PAYMENTS, RECONCILE_PAYMENTS, REFUND_PAYMENTS } from '@guildhall/payments-contract';
import type { MoreOfPayment, PaymentPageSettings, PaymentShown } from '@guildhall/payments-pages';
import { formatDate, formatDateTime, formatMoney } from '@guildhall/ui';
import { Inject, Injectable } from '@nestjs/common';
import type { CounterReceipt } from '../counter/counter-receipts';
import { CounterReceipts } from '../counter/counter-receipts';
import type { CounterMeans } from '../counter/means';
import { COUNTER_MEANS, counterOf, meansOf, receiptNumberText } from '../counter/means';
import { isReversible } from '../counter/reverse-receipt';
import { PaymentsSettings } from '../payments.options';
import type { Settled } from '../settling/list-settlements';
import { ListSettlements } from '../settling/list-settlements';

type Facts = NonNullable<MoreOfPayment['facts']>;
type Actions = NonNullable<MoreOfPayment['actions']>;

/** What the pages show of payments that only this module knows: how money came over the counter, when it reached the bank account, and what an officer may do at the counter. */
@Injectable()
export class MoreOfPayments implements PaymentPageSettings {
  constructor(
    @Inject(PaymentsSettings) private readonly settings: PaymentsSettings, @Inject(CounterReceipts) private readonly receipts: CounterReceipts, @Inject(ListSettlements) private readonly settlements: ListSettlements,
    @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  vatNumber(ctx: RequestContext): string | undefined { return this.settings.vatNumber(ctx); }

  async moreOf(ctx: RequestContext, payment: Payment, shown: PaymentShown): Promise<MoreOfPayment> {
    const t = this.words(ctx);
    const means = counterMeansOf(payment);
    // Asked in the same turn, so that both go in one round trip. The panel on a case says no more than the payment itself tells.
    const [receipt, settled] = await Promise.all([
      means && shown.on !== 'case' ? this.receipts.ofPayment(ctx, payment.paymentId) : undefined,
      shown.on === 'desk' && PAYMENT_STATES[payment.state].isPaid && may(ctx, RECONCILE_PAYMENTS) ? this.settlements.settledOf(ctx, payment.paymentId) : undefined,
    ]);
    const byHand = means && { paidBy: t(`receipt.counter.${means}`), givenBack: t(receipt && !receipt.reversedAt ? 'refund.later' : 'refund.counter'), toPayBack: t('counter.paidAtCounter') };
    if (shown.on === 'receipt') return { ...(byHand ? { byHand } : {}), ...(receipt ? { receiptNumber: numberOf(ctx, receipt) } : {}) };
    const news = shown.news === 'taken' && receipt ? 'taken' : shown.news === 'reversed' && receipt?.reversedAt ? 'reversed' : undefined;
    return {
      ...(byHand ? { byHand } : {}), facts: shown.on === 'case' ? this.factsOnCase(ctx, means) : this.facts(ctx, receipt, settled), actions: this.actions(ctx, payment, shown, receipt),
      ...(news ? { news: t(`counter.${news}`, { amount: formatMoney(payment.amountInPence) }) } : {}), providerNames: Object.fromEntries([...COUNTER_MEANS.map((one) => [counterOf(one), t(`counter.means.${one}`)]), ...providerIdsOf(ctx, PAYMENT_PROVIDER).map((id) => [id, providerTitleOf(ctx, id)])]),
    };
  }

  private factsOnCase(ctx: RequestContext, means: CounterMeans | undefined): Facts {
    const t = this.words(ctx);
    return means ? [{ title: t('desk.paidBy'), text: t(`receipt.counter.${means}`) }] : [];
  }

  private facts(ctx: RequestContext, receipt: CounterReceipt | undefined, settled: Settled | undefined): Facts {
    const t = this.words(ctx);
    return [
      ...(receipt ? [
        { title: t('desk.paidBy'), text: t(`counter.means.${receipt.means}`) + (receipt.slip ? ` (${receipt.slip})` : '') },
        { title: t('counter.number'), text: numberOf(ctx, receipt), isNumber: true },
        { title: t('counter.takenBy'), text: receipt.takenBy },
      ] : []),
      ...(receipt?.reversedAt ? [{ title: t('counter.isReversed'), text: t('counter.isReversedBy', { at: formatDateTime(ctx.language, receipt.reversedAt), by: receipt.reversedBy ?? '', reason: receipt.reversalReason ?? '' }) }] : []),
      ...(receipt?.paidBack ?? []).map(({ amountInPence, at, means, number }) => ({ title: t('payBack.done'), text: t('payBack.doneBy', { amount: formatMoney(amountInPence), at: formatDateTime(ctx.language, at), means: t(`payBack.means.${means}`) + (number ? ` (${number})` : '') }) })),
      ...(settled ? [{ title: t('desk.settled'), text: formatDate(ctx.language, settled.on) + (settled.settlementId ? ` (${settled.settlementId})` : '') }] : []),
    ];
  }

  private actions(ctx: RequestContext, { paymentId, state, language, amountInPence, refundedInPence }: Payment, { from }: PaymentShown, receipt: CounterReceipt | undefined): Actions {
    const t = this.words(ctx);
    const back = from ? `?from=${from}` : '';
    return [
      ...(may(ctx, RECEIVE_PAYMENTS) && PAYMENT_STATES[state].canBeTried ? [{ text: t('counter.take'), href: `/desk/payments/${paymentId}/counter${back}`, isMain: true }] : []),
      // In the payer's language, whatever the officer reads.
      ...(receipt ? [{ text: t('counter.openReceipt'), href: `/payments/${paymentId}/receipt?lang=${language}`, isMain: true }] : []),
      ...(may(ctx, REFUND_PAYMENTS) && isReversible(receipt, this.clock.now()) ? [{ text: t('counter.reverse'), href: `/desk/payments/${paymentId}/reversal${back}` }] : []),
      ...(may(ctx, REFUND_PAYMENTS) && receipt && !isReversible(receipt, this.clock.now()) && refundedInPence < amountInPence ? [{ text: t('payBack.action'), href: `/desk/payments/${paymentId}/pay-back${back}` }] : []),
    ];
  }

  private words(ctx: RequestContext): (key: string, values?: Readonly<Record<string, string>>) => string {
    return (key, values) => this.renderer.messages.t(ctx, `payments.${key}`, values);
  }
}

/** How the money that is the council's came over the counter; nothing when a provider took it, or nobody has it yet. */
function counterMeansOf({ tries }: Payment): CounterMeans | undefined {
  const booked = tries.find(({ state, isSurplus }) => state === 'succeeded' && !isSurplus);
  return booked && meansOf(booked.provider);
}

function numberOf(ctx: RequestContext, { number }: CounterReceipt): string { return receiptNumberText(ctx.council.referencePrefix, number); }
