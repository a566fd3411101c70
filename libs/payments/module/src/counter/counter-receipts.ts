import type { RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Database, sql } from '@guildhall/kernel';
import type { PaymentId } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { CounterMeans, PayBackMeans } from './means';

/** What was taken over a counter. */
export interface CounterReceipt {
  readonly receiptId: string;
  readonly number: number;
  readonly paymentId: PaymentId;
  readonly attempt: number;
  readonly means: CounterMeans;
  readonly slip?: string;
  readonly amountInPence: number;
  readonly takenAt: Date;
  readonly takenBy: string;
  readonly reversedAt?: Date;
  readonly reversedBy?: string;
  readonly reversalReason?: string;
  /** What of it went back after its day. */
  readonly paidBack: readonly { readonly amountInPence: number; readonly at: Date; readonly means: PayBackMeans; readonly number?: string }[];
}

interface Row {
  receipt_id: string; number: number; payment_id: PaymentId; attempt: number; means: CounterMeans; slip: string | null; amount_in_pence: string; taken_at: Date; taken_by: string; reversed_at: Date | null; reversed_by: string | null; reversal_reason: string | null;
  paid_back: readonly { readonly amount: number; readonly at: string; readonly means: PayBackMeans; readonly number: string | null }[] | null;
}
const SELECT = `select receipt_id, number, payment_id, attempt, means, slip, amount_in_pence::text as amount_in_pence, taken_at, taken_by, reversed_at, reversed_by, reversal_reason,
    (select json_agg(json_build_object('amount', r.amount_in_pence, 'at', r.finished_at, 'means', r.paid_back_by, 'number', r.paid_back_number) order by r.finished_at, r.refund_id)
      from payments.refund r where r.council_id = c.council_id and r.payment_id = c.payment_id and r.attempt = c.attempt and r.paid_back_by is not null) as paid_back
  from payments.counter_receipt c where council_id = $1`;

/** Reads receipts. */
@Injectable()
export class CounterReceipts {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The receipt of a payment, when it was paid at a counter. */
  async ofPayment(ctx: RequestContext, paymentId: PaymentId): Promise<CounterReceipt | undefined> {
    const [row] = await this.database.query<Row>(ctx, `${SELECT} and payment_id = $2 order by attempt desc limit 1`, [ctx.council.id, paymentId]);
    return row && receiptFrom(row);
  }

  /** The payment that people mean by a reference, also when it is typed in small letters. */
  async paymentReferred(ctx: RequestContext, reference: string): Promise<PaymentId | undefined> {
    const [row] = await this.database.query<{ payment_id: PaymentId }>(ctx, 'select payment_id from payments.payment where council_id = $1 and reference = any($2) order by is_withdrawn, payment_id desc limit 1', [ctx.council.id, [reference, reference.toUpperCase()]]);
    return row?.payment_id;
  }
}

/** By its own id, or by its payment's, in a transaction that holds the payment. */
export async function receiptIn(tx: TransactionContext, which: { readonly receiptId: string } | { readonly paymentId: PaymentId }): Promise<CounterReceipt | undefined> {
  const [row] = 'receiptId' in which ? await sql<Row>(tx, `${SELECT} and receipt_id = $2`, [tx.council.id, which.receiptId]) : await sql<Row>(tx, `${SELECT} and payment_id = $2 order by attempt desc limit 1`, [tx.council.id, which.paymentId]);
  return row && receiptFrom(row);
}

function receiptFrom(row: Row): CounterReceipt {
  return {
    receiptId: row.receipt_id, number: row.number, paymentId: row.payment_id, attempt: row.attempt, means: row.means, ...(row.slip ? { slip: row.slip } : {}), amountInPence: Number(row.amount_in_pence), takenAt: row.taken_at, takenBy: row.taken_by,
    ...(row.reversed_at ? { reversedAt: row.reversed_at } : {}), ...(row.reversed_by ? { reversedBy: row.reversed_by } : {}), ...(row.reversal_reason ? { reversalReason: row.reversal_reason } : {}),
    paidBack: (row.paid_back ?? []).map(({ amount, at, means, number }) => ({ amountInPence: amount, at: new Date(at), means, ...(number ? { number } : {}) })),
  };
}
