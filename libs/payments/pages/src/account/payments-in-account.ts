import type { RequestContext } from '@guildhall/kernel-contract';
import type { AccountPanel, AccountSection } from '@guildhall/portal-contract';
import type { PaymentsApi } from '@guildhall/payments-contract';
import { PAYMENTS, PAYMENT_STATES } from '@guildhall/payments-contract';
import { formatMoney } from '@guildhall/ui';
import { Inject, Injectable } from '@nestjs/common';
import { onPage } from '../http/payment-on-page';

const SHOWN = 5;

/** The latest payments, in the resident's account. */
@Injectable()
export class PaymentsInAccount implements AccountSection {
  readonly id = 'payments.payments';
  readonly order = 200;
  constructor(@Inject(PAYMENTS.token) private readonly payments: PaymentsApi) {}

  async load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    if (ctx.actor.kind !== 'resident') return undefined;
    const payments = await this.payments.ofResident(ctx, { limit: SHOWN + 1 });
    // What a draft is waiting for, the draft itself says.
    const waiting = payments.filter((payment) => PAYMENT_STATES[payment.state].canBeTried && payment.subject.type !== 'draft').map(({ payPath, amountInPence, description }) => ({
      text: { en: `Pay ${formatMoney(amountInPence)}: ${description.en}`, cy: `Talu ${formatMoney(amountInPence)}: ${description.cy}` }, href: payPath,
    }));
    return { titleKey: 'payments.account.title', template: 'payments/account-section.njk', data: { payments: payments.slice(0, SHOWN).map((payment) => onPage(payment, ctx.actor.kind)), hasMore: payments.length > SHOWN }, ...(waiting.length ? { waiting } : {}) };
  }
}
