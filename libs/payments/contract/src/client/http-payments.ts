import type { Outbound, Outcome, RequestContext, Secret } from '@guildhall/kernel-contract';
import { RemoteApi, Unavailable } from '@guildhall/kernel-contract';
import { demandRefunding, demandTaking } from '../access';
import { checkRefundOrder } from '../order';
import type { Payment, PaymentId, PaymentSubject } from '../payment';
import type { PaymentOrder, PaymentStart, PaymentsApi, RefundOrder, RefundRefusal, RequestRefusal, StartRefusal, WithdrawRefusal } from '../payments-api';
import { isRecord, paymentFromJson } from './payment-json';

/** The header in which a system says for whom it asks: `nobody`, or `resident <person id>`. Without it, it asks for itself. @public */
export const ON_BEHALF_OF = 'guildhall-on-behalf-of';

const PAYMENTS_PATH = '/api/payments/v1/payments';

/** Where a payments service is, and how to be let in. @public */
export interface HttpPaymentsOptions {
  readonly outbound: Outbound;
  /** Origin of the council's app that has the payments: `https://apps.riverbourne.example`. */
  readonly origin: string;
  /** A machine credential of that app, `client-id.secret`; its holder needs `payments.view`, `payments.take` and, to pay back, `payments.refund`. */
  readonly credential: Secret;
}

/**
 * Payments of an app elsewhere, over its REST API. Whoever calls cannot tell it from payments in the same process.
 * @public
 */
export class HttpPayments implements PaymentsApi {
  readonly #api: RemoteApi;
  // Behind the other side stands a provider, which has ten seconds of its own.
  constructor(options: HttpPaymentsOptions) { this.#api = new RemoteApi({ ...options, timeoutInSeconds: 30 }); }

  async request(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<Payment, RequestRefusal>> {
    demandTaking(ctx);
    const { idempotencyKey, ...body } = order;
    return this.#api.outcome(paymentFromJson, PAYMENTS_PATH, { method: 'POST', body, idempotencyKey, headers: headersOf(ctx) });
  }

  async start(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<PaymentStart, StartRefusal>> {
    demandTaking(ctx);
    return this.#api.outcome(startFromJson, pathOf(paymentId, '/start'), { method: 'POST', body: {}, headers: headersOf(ctx) });
  }

  async refresh(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    return paymentFromJson(await this.#api.call(pathOf(paymentId, '/refresh'), { method: 'POST', body: {}, headers: headersOf(ctx) }));
  }

  async find(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    return paymentFromJson(await this.#api.call(pathOf(paymentId), { headers: headersOf(ctx) }));
  }

  async forSubject(ctx: RequestContext, subject: PaymentSubject): Promise<readonly Payment[]> {
    const answer = await this.#api.call(PAYMENTS_PATH, { query: { subjectType: subject.type, subjectId: subject.id }, headers: headersOf(ctx) });
    if (!isRecord(answer) || !Array.isArray(answer.payments)) throw new Unavailable('The payments service answered with something that is not a list of payments.');
    return answer.payments.map(paymentFromJson);
  }

  async withdraw(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<Payment, WithdrawRefusal>> {
    demandTaking(ctx);
    return this.#api.outcome(paymentFromJson, pathOf(paymentId, '/withdraw'), { method: 'POST', body: {}, headers: headersOf(ctx) });
  }

  async refund(ctx: RequestContext, order: RefundOrder): Promise<Outcome<Payment, RefundRefusal>> {
    demandRefunding(ctx);
    checkRefundOrder(order);
    const { idempotencyKey, paymentId, ...body } = order;
    return this.#api.outcome(paymentFromJson, pathOf(paymentId, '/refunds'), { method: 'POST', body, idempotencyKey, headers: headersOf(ctx) });
  }
}

function pathOf(paymentId: PaymentId, rest = ''): string {
  return `${PAYMENTS_PATH}/${encodeURIComponent(paymentId)}${rest}`;
}

function headersOf(ctx: RequestContext): Readonly<Record<string, string>> {
  const { actor } = ctx;
  const language = { 'accept-language': ctx.language };
  switch (actor.kind) {
    case 'nobody': return { ...language, [ON_BEHALF_OF]: 'nobody' };
    case 'resident': return { ...language, [ON_BEHALF_OF]: `resident ${actor.personId}` };
    // What an officer of ours may see is decided here, by the permissions that we gave them.
    case 'officer': return actor.permissions.has('payments.view') ? language : { ...language, [ON_BEHALF_OF]: 'nobody' };
    case 'machine': case 'system': return language;
  }
}

function startFromJson(value: unknown): PaymentStart {
  if (!isRecord(value) || typeof value.nextUrl !== 'string') throw new Unavailable('The payments service answered without a page to pay on.');
  return { nextUrl: value.nextUrl };
}
