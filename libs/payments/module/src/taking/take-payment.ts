import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import { Database } from '@guildhall/kernel';
import type { PaymentOrder, PaymentStart, RequestRefusal, StartRefusal } from '@guildhall/payments-contract';
import { demandSight } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { RequestPayment } from './request-payment';
import { StartPayment } from './start-payment';

/** Writes down that something is to be paid and, in the same transaction, that it begins; then calls the provider. Doing it twice, or twice at once, begins the same attempt. */
@Injectable()
export class TakePayment {
  constructor(@Inject(Database) private readonly database: Database, @Inject(RequestPayment) private readonly requesting: RequestPayment, @Inject(StartPayment) private readonly starting: StartPayment) {}

  async take(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<PaymentStart, RequestRefusal | StartRefusal>> {
    const checked = this.requesting.check(ctx, order);
    if (!checked.ok) return checked;
    const intended = await this.database.run(ctx, async (tx) => {
      const requested = await this.requesting.write(tx, checked.value);
      if (!requested.ok) return requested;
      demandSight(tx, order.paymentId, requested.value);
      return this.starting.intend(tx, requested.value);
    });
    return intended.ok ? this.starting.goOn(ctx, order.paymentId, intended) : intended;
  }
}
