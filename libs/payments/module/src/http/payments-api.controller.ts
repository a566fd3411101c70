import type { JsonResult } from '@guildhall/kernel';
import { Ctx, Database, Requires, audit, dto, json } from '@guildhall/kernel';
import type { Outcome, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { InvalidInput } from '@guildhall/kernel-contract';
import type { Payment, PaymentId, PaymentJson, PaymentOrder } from '@guildhall/payments-contract';
import { ON_BEHALF_OF, REFUND_PAYMENTS, TAKE_PAYMENTS, VIEW_PAYMENTS, payerDetailsOf, paymentId, paymentToJson, refundId } from '@guildhall/payments-contract';
import { paymentIdIn } from '@guildhall/payments-pages';
import { Body, Controller, Get, Headers, Inject, Param, Post, Query } from '@nestjs/common';
import { PaymentsService } from '../payments.service';
import { PaymentOrderBody, RefundOrderBody } from './payment-order.body';

/**
 * The REST API. A system knows the payments that it asked for; with `payments.view-all` the council's own besides. With `payments.take` it may say for whom it asks, in the header
 * `guildhall-on-behalf-of`: then it may do what that resident may, and no more.
 */
@Controller('api/payments/v1/payments')
export class PaymentsApiController {
  constructor(@Inject(PaymentsService) private readonly payments: PaymentsService, @Inject(Database) private readonly database: Database) {}

  @Post() @Requires(TAKE_PAYMENTS)
  async request(@Ctx() ctx: RequestContext, @Body(dto(PaymentOrderBody)) body: PaymentOrderBody, @Headers('idempotency-key') key?: string, @Headers(ON_BEHALF_OF) whom?: string): Promise<JsonResult> {
    const order = orderIn(body, key);
    return viewed(ctx, await this.payments.request(await this.onBehalf(ctx, whom, 'request', order.paymentId), order), 201);
  }

  /** Asks for a payment and begins it. */
  @Post('take') @Requires(TAKE_PAYMENTS)
  async take(@Ctx() ctx: RequestContext, @Body(dto(PaymentOrderBody)) body: PaymentOrderBody, @Headers('idempotency-key') key?: string, @Headers(ON_BEHALF_OF) whom?: string): Promise<JsonResult> {
    const order = orderIn(body, key);
    return json(await this.payments.take(await this.onBehalf(ctx, whom, 'take', order.paymentId), order));
  }

  @Get() @Requires(VIEW_PAYMENTS)
  async list(@Ctx() ctx: RequestContext, @Query('subjectType') type?: string, @Query('subjectId') id?: string, @Headers(ON_BEHALF_OF) whom?: string): Promise<JsonResult> {
    if (!type || !id) throw new InvalidInput('Say for what: subjectType and subjectId.', [{ field: 'subjectType', message: 'is needed' }, { field: 'subjectId', message: 'is needed' }]);
    return json({ payments: (await this.payments.forSubject(narrowed(ctx, whom), { type, id })).map((payment) => jsonOf(ctx, payment)) });
  }

  @Get(':id') @Requires(VIEW_PAYMENTS)
  async find(@Ctx() ctx: RequestContext, @Param('id') id: string, @Headers(ON_BEHALF_OF) whom?: string): Promise<JsonResult> {
    return json(jsonOf(ctx, await this.payments.find(narrowed(ctx, whom), paymentIdIn(id))));
  }

  @Post(':id/refresh') @Requires(VIEW_PAYMENTS)
  async refresh(@Ctx() ctx: RequestContext, @Param('id') id: string, @Headers(ON_BEHALF_OF) whom?: string): Promise<JsonResult> {
    return json(jsonOf(ctx, await this.payments.refresh(narrowed(ctx, whom), paymentIdIn(id))));
  }

  @Post(':id/start') @Requires(TAKE_PAYMENTS)
  async start(@Ctx() ctx: RequestContext, @Param('id') id: string, @Headers(ON_BEHALF_OF) whom?: string): Promise<JsonResult> {
    return json(await this.payments.start(await this.onBehalf(ctx, whom, 'start', paymentIdIn(id)), paymentIdIn(id)));
  }

  @Post(':id/withdraw') @Requires(TAKE_PAYMENTS)
  async withdraw(@Ctx() ctx: RequestContext, @Param('id') id: string, @Headers(ON_BEHALF_OF) whom?: string): Promise<JsonResult> {
    return viewed(ctx, await this.payments.withdraw(await this.onBehalf(ctx, whom, 'withdraw', paymentIdIn(id)), paymentIdIn(id)), 200);
  }

  @Post(':id/refunds') @Requires(REFUND_PAYMENTS)
  async refund(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(dto(RefundOrderBody)) body: RefundOrderBody, @Headers('idempotency-key') key?: string): Promise<JsonResult> {
    return viewed(ctx, await this.payments.refund(ctx, { ...body, paymentId: paymentIdIn(id), refundId: refundId(body.refundId), idempotencyKey: keyIn(key) }), 201);
  }

  /** The context of the resident for whom a system asks; that the system did so is on record. */
  private async onBehalf(ctx: RequestContext, whom: string | undefined, what: string, id: PaymentId): Promise<RequestContext> {
    const asked = narrowed(ctx, whom);
    if (asked !== ctx) await this.database.run(ctx, async (tx) => { audit(tx, { action: `payments.${what}-on-behalf`, subject: { type: 'payment', id }, ...(asked.actor.kind === 'resident' ? { personId: asked.actor.personId } : {}) }); });
    return asked;
  }
}

/** The payments of a resident for whom a system asks, in the header `guildhall-on-behalf-of`. */
@Controller('api/payments/v1/own-payments')
export class OwnPaymentsController {
  constructor(@Inject(PaymentsService) private readonly payments: PaymentsService) {}

  /** The newest first; `limit` from 1 to 100, and `before` the id of the last one that was seen. */
  @Get() @Requires(VIEW_PAYMENTS)
  async list(@Ctx() ctx: RequestContext, @Query('limit') limit = '100', @Query('before') before?: string, @Headers(ON_BEHALF_OF) whom?: string): Promise<JsonResult> {
    if (!/^([1-9]\d?|100)$/.test(limit)) throw new InvalidInput('A list has 1 to 100 payments.', [{ field: 'limit', message: 'must be a number from 1 to 100' }]);
    const payments = await this.payments.ofResident(narrowed(ctx, whom), { limit: Number(limit), ...(before ? { before: paymentIdIn(before) } : {}) });
    return json({ payments: payments.map((payment) => jsonOf(ctx, payment)) });
  }
}

/** Only ever less than the system itself may; and it stays in sight for whom it asks. */
function narrowed(ctx: RequestContext, whom: string | undefined): RequestContext {
  const { actor } = ctx;
  if (whom === undefined) return ctx;
  if (actor.kind !== 'machine') {
    if (whom !== 'nobody') throw new InvalidInput(`Only a system that may take payments can use the header ${ON_BEHALF_OF}.`);
    return Object.freeze({ ...ctx, actor: { kind: 'nobody' as const } });
  }
  if (whom === 'nobody') return Object.freeze({ ...ctx, actor: { kind: 'nobody' as const, via: actor } });
  if (!actor.permissions.has(TAKE_PAYMENTS.id)) throw new InvalidInput(`Only a system that may take payments can use the header ${ON_BEHALF_OF}.`);
  const [, personId] = /^resident ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(whom) ?? [];
  if (!personId) throw new InvalidInput(`The header ${ON_BEHALF_OF} must be "nobody" or "resident <person id>".`);
  return Object.freeze({ ...ctx, actor: { kind: 'resident' as const, personId: personId as PersonId, confidence: 'none' as const, via: actor } });
}

function orderIn({ payer, ...rest }: PaymentOrderBody, key: string | undefined): PaymentOrder {
  return { ...rest, paymentId: paymentId(rest.paymentId), idempotencyKey: keyIn(key), ...(payer ? { payer: { ...(payer.personId ? { personId: payer.personId as PersonId } : {}), ...(payer.email ? { email: payer.email } : {}), ...payerDetailsOf(payer) } } : {}) };
}

function keyIn(key: string | undefined): string {
  if (!key) throw new InvalidInput('Send the header Idempotency-Key, so that the request can be repeated safely.', [{ field: 'Idempotency-Key', message: 'is needed' }]);
  return key;
}

function viewed(ctx: RequestContext, outcome: Outcome<Payment>, status: number): JsonResult {
  return json(outcome.ok ? { ok: true, value: jsonOf(ctx, outcome.value) } : outcome, status);
}

/** To who asked for it, it is their own. */
function jsonOf({ actor }: RequestContext, { askedBy, ...payment }: Payment): PaymentJson {
  return paymentToJson(askedBy && !(actor.kind === 'machine' && actor.clientId === askedBy.clientId) ? { ...payment, askedBy } : payment);
}
