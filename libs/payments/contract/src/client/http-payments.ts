import type { Outbound, Outcome, Refusal, RequestContext, Secret } from '@guildhall/kernel-contract';
import { InvalidInput, RemoteApi, Unavailable } from '@guildhall/kernel-contract';
import { demandRefunding, demandResident, demandTaking } from '../access';
import { checkOrder, checkRefundOrder, payerDetailsOf, withoutPayerDetails } from '../order';
import type { Payment, PaymentId, PaymentSubject } from '../payment';
import type { PaymentOrder, PaymentStart, PaymentsApi, PaymentsPage, RefundOrder, RefundRefusal, RequestRefusal, StartRefusal, WithdrawRefusal } from '../payments-api';
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

/** What a payments service says to a system about itself. @public */
export interface PaymentsTerms {
  /** As whom the service knows it. */
  readonly clientId: string;
  /** Those that it holds there. */
  readonly permissions: readonly string[];
  /** Origin of its own app, to which the service has payers sent back; nothing when the service takes it for a part of its own council. */
  readonly returnOrigin?: string;
  /** Origins of the pages on which payers pay. */
  readonly payPages: readonly string[];
}

/**
 * Payments of an app elsewhere, over its REST API. Whoever calls cannot tell it from payments in the same process.
 * @public
 */
export class HttpPayments implements PaymentsApi {
  readonly #api: RemoteApi;
  // Behind the other side stands a provider, which has ten seconds of its own.
  constructor(options: HttpPaymentsOptions) { this.#api = new RemoteApi({ ...options, timeoutInSeconds: 30 }); }

  /** On what terms the other side lets us use it. Looks, and changes nothing. @throws the six errors */
  async terms(): Promise<PaymentsTerms> {
    return termsFromJson(await this.#api.call('/api/payments/v1/terms'));
  }

  async request(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<Payment, RequestRefusal>> {
    return this.#order(ctx, order, ({ idempotencyKey, ...body }) => this.#api.outcome(paymentFromJson, PAYMENTS_PATH, { method: 'POST', body, idempotencyKey, headers: headersOf(ctx) }));
  }

  async start(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<PaymentStart, StartRefusal>> {
    demandTaking(ctx);
    return this.#api.outcome(startFromJson, pathOf(paymentId, '/start'), { method: 'POST', body: {}, headers: headersOf(ctx) });
  }

  async take(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<PaymentStart, RequestRefusal | StartRefusal>> {
    return this.#order(ctx, order, ({ idempotencyKey, ...body }) => this.#api.outcome(startFromJson, `${PAYMENTS_PATH}/take`, { method: 'POST', body, idempotencyKey, headers: headersOf(ctx) }));
  }

  async refresh(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    return paymentFromJson(await this.#api.call(pathOf(paymentId, '/refresh'), { method: 'POST', body: {}, headers: headersOf(ctx) }));
  }

  async find(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    return paymentFromJson(await this.#api.call(pathOf(paymentId), { headers: headersOf(ctx) }));
  }

  async forSubject(ctx: RequestContext, subject: PaymentSubject): Promise<readonly Payment[]> {
    const answer = await this.#api.call(PAYMENTS_PATH, { query: { subjectType: subject.type, subjectId: subject.id }, headers: headersOf(ctx) });
    return paymentsFrom(answer);
  }

  async ofResident(ctx: RequestContext, { limit, before }: PaymentsPage): Promise<readonly Payment[]> {
    demandResident(ctx);
    const answer = await this.#api.call('/api/payments/v1/own-payments', { query: { limit: String(limit), before }, headers: headersOf(ctx) });
    return paymentsFrom(answer);
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

  /** A service of an older version knows no names and addresses of payers, and refuses them: it is asked without. */
  async #order<Value, R extends Refusal>(ctx: RequestContext, order: PaymentOrder, ask: (order: PaymentOrder) => Promise<Outcome<Value, R | RequestRefusal>>): Promise<Outcome<Value, R | RequestRefusal>> {
    demandTaking(ctx);
    const checked = checkOrder(order);
    if (!checked.ok) return checked;
    try {
      return await ask(order);
    } catch (error) {
      if (!payerDetailsOf(order.payer) || !(error instanceof InvalidInput) || !error.fields.length || !error.fields.every(({ field }) => /^payer\.(name|address)\b/.test(field))) throw error;
      return ask(withoutPayerDetails(order));
    }
  }
}

function paymentsFrom(answer: unknown): readonly Payment[] {
  if (!isRecord(answer) || !Array.isArray(answer.payments)) throw new Unavailable('The payments service answered with something that is not a list of payments.');
  return answer.payments.map(paymentFromJson);
}

function termsFromJson(value: unknown): PaymentsTerms {
  const isListOfText = (list: unknown): list is readonly string[] => Array.isArray(list) && list.every((one) => typeof one === 'string');
  if (!isRecord(value) || typeof value.clientId !== 'string' || !isListOfText(value.permissions) || !isListOfText(value.payPages) || !(value.returnOrigin === undefined || typeof value.returnOrigin === 'string')) throw new Unavailable('The payments service does not say on what terms it is used. It may be of an older version.');
  const { clientId, permissions, payPages, returnOrigin } = value;
  return { clientId, permissions, payPages, ...(returnOrigin === undefined ? {} : { returnOrigin }) };
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
