import type { PageResult } from '@guildhall/kernel';
import { Ctx, ForResidents, page } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { PaymentsApi } from '@guildhall/payments-contract';
import { PAYMENTS } from '@guildhall/payments-contract';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { paymentIdIn } from './payment-id';
import { onPage } from './payment-on-page';

const A_PAGE = 20;

/** All of a resident's payments. */
@Controller('account/payments')
export class AccountController {
  constructor(@Inject(PAYMENTS.token) private readonly payments: PaymentsApi) {}

  @Get() @ForResidents()
  async list(@Ctx() ctx: RequestContext, @Query('before') before?: unknown): Promise<PageResult> {
    const payments = await this.payments.ofResident(ctx, { limit: A_PAGE + 1, ...(typeof before === 'string' ? { before: paymentIdIn(before) } : {}) });
    const shown = payments.slice(0, A_PAGE);
    return page('payments/account-payments', { payments: shown.map((payment) => onPage(payment, ctx.actor.kind)), next: payments.length > A_PAGE ? shown.at(-1)?.paymentId : undefined, isFirst: before === undefined });
  }
}
