import type { RequestContext } from '@guildhall/kernel-contract';
import { Database } from '@guildhall/kernel';
import type { Payment, PaymentId, Refund, RefundId } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';

interface RefusedRow { readonly refund_id: RefundId; readonly payment_id: PaymentId; readonly reason: string; readonly amount_in_pence: number | string; readonly failure: string; readonly wanted_at: Date }

/** Money that a step of a case promised back and the other side would not send: it stands among the payment's refunds as a failed one, so that an officer sees it. */
@Injectable()
export class RefusedRefunds {
  constructor(@Inject(Database) private readonly database: Database) {}

  async withTheirs(ctx: RequestContext, payment: Payment): Promise<Payment> {
    const [one] = await this.withAllTheirs(ctx, [payment]);
    return one ?? payment;
  }

  async withAllTheirs(ctx: RequestContext, payments: readonly Payment[]): Promise<readonly Payment[]> {
    // Nothing was ever promised back of what is not paid.
    const paid = payments.filter((payment) => payment.state === 'succeeded').map((payment) => payment.paymentId);
    if (paid.length === 0) return payments;
    const rows = await this.database.query<RefusedRow>(ctx, `select refund_id, payment_id, reason, amount_in_pence, failure, wanted_at from payments_over_http.case_refund where council_id = $1 and payment_id = any($2::uuid[]) and state = 'refused' order by wanted_at, refund_id limit 1000`, [ctx.council.id, paid]);
    if (rows.length === 0) return payments;
    return payments.map((payment) => {
      const own = rows.filter((row) => row.payment_id === payment.paymentId).map((row): Refund => ({ refundId: row.refund_id, amountInPence: Number(row.amount_in_pence), reason: row.reason, state: 'failed', isOfSurplus: false, requestedAt: row.wanted_at, finishedAt: row.wanted_at, requestedBy: 'system', failure: row.failure }));
      return own.length ? { ...payment, refunds: [...payment.refunds, ...own].sort((one, other) => one.requestedAt.getTime() - other.requestedAt.getTime()) } : payment;
    });
  }
}
