import type { PersonId, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { NotFound } from '@guildhall/kernel-contract';
import { Database, sql } from '@guildhall/kernel';
import type { PaymentId, PaymentSubject, PaymentsPage } from '@guildhall/payments-contract';
import { VIEW_ALL_PAYMENTS, demandSight, systemAsking } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { StoredPayment } from './stored-payment';
import { SELECT_PAYMENT, storedFrom } from './stored-payment';

const MOST = 100;

/** What maySeePayment says of who asked, for lists: one who names the same thing or person as another must not push the other's out. */
const KNOWN_TO_ASKER = `($4 = 'every' or p.client_id is not distinct from $5 or ($4 = 'council' and not p.is_elsewhere))`;
function askedFor(ctx: RequestContext): readonly ['every' | 'council' | 'own', string | null] {
  const system = systemAsking(ctx);
  const knowsOthers = !system || system.permissions.has(VIEW_ALL_PAYMENTS.id);
  const isForSomebody = ctx.actor.kind === 'nobody' || ctx.actor.kind === 'resident';
  return [!knowsOthers ? 'own' : isForSomebody ? 'council' : 'every', system?.clientId ?? null];
}

/** Reads payments. */
@Injectable()
export class PaymentBook {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** As it is now, for whoever may see it: that is for the caller to decide. */
  async find(ctx: RequestContext, paymentId: PaymentId): Promise<StoredPayment | undefined> {
    const [row] = await this.database.query<{ payment: unknown }>(ctx, `${SELECT_PAYMENT} where p.council_id = $1 and p.payment_id = $2`, [ctx.council.id, paymentId]);
    return row && storedFrom(row);
  }

  /** The newest first. */
  async forSubject(ctx: RequestContext, subject: PaymentSubject): Promise<readonly StoredPayment[]> {
    const rows = await this.database.query<{ payment: unknown }>(ctx, `${SELECT_PAYMENT} where p.council_id = $1 and p.subject_type = $2 and p.subject_id = $3 and ${KNOWN_TO_ASKER} order by p.payment_id desc limit ${MOST}`, [ctx.council.id, subject.type, subject.id, ...askedFor(ctx)]);
    return rows.map(storedFrom);
  }

  /** A person's payments, the newest first, before the one with this id. */
  async forPerson(ctx: RequestContext, personId: PersonId, { limit, before }: PaymentsPage): Promise<readonly StoredPayment[]> {
    const rows = await this.database.query<{ payment: unknown }>(ctx, `${SELECT_PAYMENT} where p.council_id = $1 and p.person_id = $2 and p.payment_id < $3 and ${KNOWN_TO_ASKER} order by p.payment_id desc limit $6`, [ctx.council.id, personId, before ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff', ...askedFor(ctx), Math.min(limit, MOST)]);
    return rows.map(storedFrom);
  }
}

/** An attempt, by what a provider calls it. */
export interface KnownAttempt { readonly paymentId: PaymentId; readonly attempt: number }
interface AttemptRow { payment_id: PaymentId; number: number }

/** The payment and attempt of a provider's payment. */
export async function attemptOf(tx: TransactionContext, provider: string, providerPaymentId: string): Promise<KnownAttempt | undefined> {
  const [row] = await sql<AttemptRow>(tx, 'select payment_id, number from payments.attempt where council_id = $1 and provider = $2 and provider_payment_id = $3', [tx.council.id, provider, providerPaymentId]);
  return row && { paymentId: row.payment_id, attempt: row.number };
}

/** The payment and attempt for which a provider was asked under this key, once its payment there is known. */
export async function attemptUnder(tx: TransactionContext, provider: string, key: string): Promise<KnownAttempt | undefined> {
  const [, paymentId, number] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([1-9]\d{0,8})$/.exec(key) ?? [];
  if (paymentId === undefined) return undefined;
  const [row] = await sql<AttemptRow>(tx, 'select payment_id, number from payments.attempt where council_id = $1 and payment_id = $2 and number = $3 and provider = $4 and provider_payment_id is not null', [tx.council.id, paymentId, Number(number), provider]);
  return row && { paymentId: row.payment_id, attempt: row.number };
}

/**
 * Takes the payment for this transaction alone, then reads it: whoever changes a payment, its attempts or its refunds has been through here.
 * @throws NotFound
 */
export async function takeForChange(tx: TransactionContext, paymentId: PaymentId): Promise<StoredPayment> {
  const payment = await heldIn(tx, paymentId);
  if (!payment) throw new NotFound(`There is no payment ${paymentId}.`);
  return payment;
}

/** The same for whoever asks for it. @throws NotFound when it is not there, and in the same words when they may not see it */
export async function takeInSight(tx: TransactionContext, paymentId: PaymentId): Promise<StoredPayment> {
  const payment = await heldIn(tx, paymentId);
  demandSight(tx, paymentId, payment);
  return payment as StoredPayment;
}

async function heldIn(tx: TransactionContext, paymentId: PaymentId): Promise<StoredPayment | undefined> {
  // Both are sent at once. Read after the lock is held, by a statement of its own: what another writer committed meanwhile is then seen.
  const [, [row]] = await Promise.all([
    sql(tx, 'select 1 as locked from payments.payment where council_id = $1 and payment_id = $2 for update', [tx.council.id, paymentId]),
    sql<{ payment: unknown }>(tx, `${SELECT_PAYMENT} where p.council_id = $1 and p.payment_id = $2`, [tx.council.id, paymentId]),
  ]);
  return row && storedFrom(row);
}
