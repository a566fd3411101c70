import type { JobHandler, Log, RequestContext } from '@guildhall/kernel-contract';
import { isGuildhallError } from '@guildhall/kernel-contract';
import { Database, LOG } from '@guildhall/kernel';
import type { PaymentId } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { farSide } from '../far-side-of';
import { HearPayment } from '../telling/hear-payment';

/** The job: hears how a payment stands. That nobody answers is nothing out of the ordinary: it comes round again. */
@Injectable()
export class AskAboutPayment implements JobHandler<{ readonly paymentId: PaymentId }> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(HearPayment) private readonly hearing: HearPayment, @Inject(LOG) private readonly log: Log) {}

  async run(ctx: RequestContext, { paymentId }: { readonly paymentId: PaymentId }): Promise<void> {
    try {
      await this.hearing.hear(ctx, await farSide(ctx).find(ctx, paymentId));
    } catch (error) {
      if (!isGuildhallError(error) || (error.code !== 'unavailable' && error.code !== 'not-found')) throw error;
      this.log.warn('payments-over-http.unanswered', { council: ctx.council.slug, payment: paymentId, code: error.code });
      // What the other side does not know, because the order never came to it, nobody can pay.
      if (error.code === 'not-found') await this.database.query(ctx, 'update payments_over_http.payment set next_check_at = null where council_id = $1 and payment_id = $2', [ctx.council.id, paymentId]);
    }
  }
}
