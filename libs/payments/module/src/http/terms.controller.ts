import type { JsonResult } from '@guildhall/kernel';
import { Ctx, Requires, formOriginsOf, json } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { NotAllowed } from '@guildhall/kernel-contract';
import { PAYMENT_PROVIDER, VIEW_PAYMENTS } from '@guildhall/payments-contract';
import type { PaymentsTerms } from '@guildhall/payments-contract';
import { Controller, Get, Inject } from '@nestjs/common';
import { PaymentsSettings } from '../payments.options';

/** What another council's app must know before it sends its payers here. */
@Controller('api/payments/v1/terms')
export class TermsController {
  constructor(@Inject(PaymentsSettings) private readonly settings: PaymentsSettings) {}

  /** As whom this system is known, what it may do, where its payers are sent back to, and on whose pages they pay. */
  @Get() @Requires(VIEW_PAYMENTS)
  get(@Ctx() ctx: RequestContext): JsonResult {
    const { actor } = ctx;
    if (actor.kind !== 'machine') throw new NotAllowed('These are for other systems, with a credential of their own.');
    const neighbour = this.settings.neighbour(ctx, actor.clientId);
    const terms: PaymentsTerms = { clientId: actor.clientId, permissions: [...actor.permissions].sort(), payPages: [...formOriginsOf(ctx, PAYMENT_PROVIDER)].sort(), ...(neighbour ? { returnOrigin: neighbour.returnOrigin } : {}) };
    return json(terms);
  }
}
