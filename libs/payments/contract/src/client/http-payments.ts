import type { FieldError, Outbound, OutboundResponse, Outcome, RequestContext, Secret } from '@guildhall/kernel-contract';
import { Conflict, InvalidInput, NotAllowed, NotAuthenticated, NotFound, Unavailable, done, refused } from '@guildhall/kernel-contract';
import { demandRefunding, demandTaking } from '../access';
import { checkRefundOrder } from '../order';
import type { Payment, PaymentId, PaymentSubject } from '../payment';
import type { PaymentOrder, PaymentStart, PaymentsApi, RefundOrder, RefundRefusal, RequestRefusal, StartRefusal, WithdrawRefusal } from '../payments-api';
import { isRecord, paymentFromJson } from './payment-json';

/** The header in which a system says for whom it asks: `nobody`, or `resident <person id>`. Without it, it asks for itself. @public */
export const ON_BEHALF_OF = 'guildhall-on-behalf-of';

/** Where a payments service is, and how to be let in. @public */
export interface HttpPaymentsOptions {
  readonly outbound: Outbound;
  /** Origin of the council's app that has the payments: `https://apps.riverbourne.example`. */
  readonly origin: string;
  /** What that app accepts in `Authorization: Bearer …`; its holder needs `payments.view`, `payments.take` and, to pay back, `payments.refund`. */
  readonly credential: Secret;
}

/**
 * Payments of an app elsewhere, over its REST API. Whoever calls cannot tell it from payments in the same process.
 * @public
 */
export class HttpPayments implements PaymentsApi {
  constructor(private readonly options: HttpPaymentsOptions) {}

  async request(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<Payment, RequestRefusal>> {
    demandTaking(ctx);
    const { idempotencyKey, ...body } = order;
    return outcome(await this.#send(ctx, 'POST', '', body, idempotencyKey), paymentFromJson);
  }

  async start(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<PaymentStart, StartRefusal>> {
    demandTaking(ctx);
    return outcome(await this.#send(ctx, 'POST', `/${encodeURIComponent(paymentId)}/start`, {}), startFromJson);
  }

  async refresh(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    return answered(await this.#send(ctx, 'POST', `/${encodeURIComponent(paymentId)}/refresh`, {}), paymentFromJson);
  }

  async find(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    return answered(await this.#send(ctx, 'GET', `/${encodeURIComponent(paymentId)}`), paymentFromJson);
  }

  async forSubject(ctx: RequestContext, subject: PaymentSubject): Promise<readonly Payment[]> {
    return answered(await this.#send(ctx, 'GET', `?${new URLSearchParams({ subjectType: subject.type, subjectId: subject.id }).toString()}`), (value) => {
      if (!isRecord(value) || !Array.isArray(value.payments)) throw new Unavailable('The payments service answered with something that is not a list of payments.');
      return value.payments.map(paymentFromJson);
    });
  }

  async withdraw(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<Payment, WithdrawRefusal>> {
    demandTaking(ctx);
    return outcome(await this.#send(ctx, 'POST', `/${encodeURIComponent(paymentId)}/withdraw`, {}), paymentFromJson);
  }

  async refund(ctx: RequestContext, order: RefundOrder): Promise<Outcome<Payment, RefundRefusal>> {
    demandRefunding(ctx);
    checkRefundOrder(order);
    const { idempotencyKey, paymentId, ...body } = order;
    return outcome(await this.#send(ctx, 'POST', `/${encodeURIComponent(paymentId)}/refunds`, body, idempotencyKey), paymentFromJson);
  }

  async #send(ctx: RequestContext, method: 'GET' | 'POST', path: string, body?: object, idempotencyKey?: string): Promise<OutboundResponse> {
    return this.options.outbound.fetch(`${this.options.origin}/api/payments/v1/payments${path}`, {
      method, ...(body ? { body } : {}), ...(idempotencyKey ? { idempotencyKey } : {}), timeoutInSeconds: 30,
      headers: { accept: 'application/json', 'accept-language': ctx.language, authorization: `Bearer ${this.options.credential.reveal()}`, ...onBehalfOf(ctx) },
    });
  }
}

function onBehalfOf({ actor }: RequestContext): Readonly<Record<string, string>> {
  switch (actor.kind) {
    case 'nobody': return { [ON_BEHALF_OF]: 'nobody' };
    case 'resident': return { [ON_BEHALF_OF]: `resident ${actor.personId}` };
    // What an officer of ours may see is decided here, by the permissions that we gave them.
    case 'officer': return actor.permissions.has('payments.view') ? {} : { [ON_BEHALF_OF]: 'nobody' };
    case 'machine': case 'system': return {};
  }
}

function outcome<Value, Reason extends string>(response: OutboundResponse, parse: (value: unknown) => Value): Outcome<Value, { readonly reason: Reason; readonly message: string }> {
  if (response.status === 422) {
    const problem = json(response);
    if (isRecord(problem) && typeof problem.reason === 'string') return refused(problem.reason as Reason, String(problem.detail ?? problem.reason));
  }
  return done(answered(response, parse));
}

function answered<Value>(response: OutboundResponse, parse: (value: unknown) => Value): Value {
  const { status } = response;
  if (status === 200 || status === 201) return parse(json(response));
  const problem = json(response);
  const detail = isRecord(problem) && typeof problem.detail === 'string' ? problem.detail : `The payments service answered ${status}.`;
  switch (status) {
    case 400: throw new InvalidInput(detail, isRecord(problem) && Array.isArray(problem.errors) ? problem.errors.filter(isFieldError) : []);
    case 401: throw new NotAuthenticated(detail);
    case 403: throw new NotAllowed(detail);
    case 404: throw new NotFound(detail);
    case 409: throw new Conflict(detail);
    default: throw new Unavailable(detail);
  }
}

function json(response: OutboundResponse): unknown {
  try { return response.json(); } catch { return undefined; }
}

function startFromJson(value: unknown): PaymentStart {
  if (!isRecord(value) || typeof value.nextUrl !== 'string') throw new Unavailable('The payments service answered without a page to pay on.');
  return { nextUrl: value.nextUrl };
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && typeof value.field === 'string' && typeof value.message === 'string';
}
