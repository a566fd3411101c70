import type { Clock, Outcome, PersonId, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, Conflict, done, refused } from '@guildhall/kernel-contract';
import { Database, audit, requestHash, sql, write } from '@guildhall/kernel';
import type { PaymentOrder, RequestRefusal } from '@guildhall/payments-contract';
import { checkOrder, demandTaking, payerDetailsOf, payerOf, withoutPayerDetails } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { takeForChange } from '../keeping/payment-book';
import type { StoredPayment } from '../keeping/stored-payment';
import { askerOf, keyOf } from '../neighbours';
import { PaymentsSettings } from '../payments.options';

/** An order that may be written down. */
export interface CheckedOrder { readonly order: PaymentOrder; readonly amountInPence: number; readonly personId?: PersonId; readonly asker?: NonNullable<StoredPayment['askedBy']>; readonly key: string; readonly hash: string }

/** Writes down that something is to be paid. */
@Injectable()
export class RequestPayment {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(PaymentsSettings) private readonly settings: PaymentsSettings) {}

  async request(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<StoredPayment, RequestRefusal>> {
    const checked = this.check(ctx, order);
    return checked.ok ? this.database.run(ctx, (tx) => this.write(tx, checked.value)) : checked;
  }

  /** Whether this may be asked for. @throws NotAllowed, InvalidInput */
  check(ctx: RequestContext, order: PaymentOrder): Outcome<CheckedOrder, RequestRefusal> {
    demandTaking(ctx);
    const checked = checkOrder(order);
    if (!checked.ok) return checked;
    const personId = payerOf(ctx, order.payer?.personId);
    const asker = askerOf(ctx, this.settings);
    return done({ order, amountInPence: checked.value.amountInPence, ...(personId ? { personId } : {}), ...(asker ? { asker } : {}), key: keyOf(ctx, order.idempotencyKey), hash: requestHash(withoutPayerDetails(order)) });
  }

  /** The first half of a taking, or all of a request. Nobody else has the payment until this transaction is over. @throws Conflict */
  async write(tx: TransactionContext, { order, amountInPence, personId, asker, key, hash }: CheckedOrder): Promise<Outcome<StoredPayment, RequestRefusal>> {
    const { paymentId, reference, description, subject, language, returnPath } = order;
    const payer = payerDetailsOf(order.payer);
    const now = this.clock.now();
    // Whoever comes at the same time with the same key, id or reference waits here until the first has committed.
    const made = await sql(tx, `insert into payments.payment (council_id, payment_id, reference, description_en, description_cy, state, amount_in_pence, subject_type, subject_id, person_id, payer_email, payer_details, language, return_path, requested_at, request_key, request_hash, client_id, is_elsewhere)
      values ($1, $2, $3, $4, $5, 'requested', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) on conflict do nothing returning 1 as made`, [
      tx.council.id, paymentId, reference, description.en, description.cy, amountInPence, subject.type, subject.id, personId ?? null, order.payer?.email ?? null, payer ? JSON.stringify(payer) : null, language, returnPath, now, key, hash, asker?.clientId ?? null, asker?.isElsewhere ?? false,
    ]);
    if (made.length === 0) {
      const [known] = await sql<{ payment_id: PaymentOrder['paymentId']; request_key: string; request_hash: string }>(tx, 'select payment_id, request_key, request_hash from payments.payment where council_id = $1 and (request_key = $2 or payment_id = $3) order by request_key = $2 desc limit 1', [tx.council.id, key, paymentId]);
      if (known?.request_key === key && known.request_hash === hash) return done(await takeForChange(tx, known.payment_id));
      if (known) throw new Conflict(known.request_key === key ? `The key ${order.idempotencyKey} was used before for another payment.` : `There is already a payment ${paymentId}.`);
      return refused('reference-taken', `There is already a payment with the reference ${reference}.`);
    }
    const lines = order.lines.map(({ code, title, amountInPence: amount, vatRate, ledgerCode }, index) => ({ number: index + 1, code, title: { en: title.en, cy: title.cy }, amountInPence: amount, vatRate, ledgerCode }));
    write(tx, `insert into payments.payment_line (council_id, payment_id, number, code, title_en, title_cy, amount_in_pence, vat_rate, ledger_code)
      select $1, $2, number, code, title_en, title_cy, amount, vat_rate, ledger_code from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[]) with ordinality as line (code, title_en, title_cy, amount, vat_rate, ledger_code, number)`, [
      tx.council.id, paymentId, lines.map((line) => line.code), lines.map((line) => line.title.en), lines.map((line) => line.title.cy), lines.map((line) => String(line.amountInPence)), lines.map((line) => line.vatRate), lines.map((line) => line.ledgerCode),
    ]);
    audit(tx, { action: 'payments.request', subject: { type: 'payment', id: paymentId }, ...(personId ? { personId } : {}), detail: { amountInPence, for: subject } });
    return done({
      paymentId, reference, description: { en: description.en, cy: description.cy }, state: 'requested', isWithdrawn: false, amountInPence, subject: { type: subject.type, id: subject.id }, ...(personId ? { personId } : {}), ...(asker ? { askedBy: asker } : {}),
      ...(order.payer?.email ? { payerEmail: order.payer.email } : {}), ...(payer ? { payer } : {}), language, returnPath, requestedAt: now, lines, attempts: [], refunds: [],
    });
  }
}
