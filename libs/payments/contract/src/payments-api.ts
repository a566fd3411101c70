import type { Contract, Language, Outcome, PersonId, Refusal, RequestContext, Text } from '@guildhall/kernel-contract';
import { defineContract } from '@guildhall/kernel-contract';
import type { FeeLine } from './money';
import type { Payment, PaymentId, PaymentSubject, RefundId } from './payment';
import type { ProviderPayer } from './payment-provider';

/** Who pays. The name and the address stand on the provider's page already, where it can be told, and are forgotten when it is paid: they are no part of what the order is. @public */
export interface Payer extends ProviderPayer {
  /** A signed-in resident's own id is taken from the context; an officer or another system may name a person. */
  readonly personId?: PersonId;
  readonly email?: string;
}

/** What is to be paid. @public */
export interface PaymentOrder {
  /** Made by the caller: `ids.uuid()`. */
  readonly paymentId: PaymentId;
  /** The same key gives the same payment; with another order under it, Conflict. */
  readonly idempotencyKey: string;
  /** 1 to 50 characters that people can read aloud, unique among the council's payments. */
  readonly reference: string;
  readonly description: Text;
  /** 1 to 20. */
  readonly lines: readonly FeeLine[];
  readonly subject: PaymentSubject;
  readonly payer?: Payer;
  /** A path in the council's app, beginning with one slash. */
  readonly returnPath: string;
  readonly language: Language;
}

/** What is to be paid back. @public */
export interface RefundOrder {
  readonly paymentId: PaymentId;
  /** Made by the caller. */
  readonly refundId: RefundId;
  readonly idempotencyKey: string;
  readonly amountInPence: number;
  /** What the officer saw as left to refund; when it is no longer so, the refund is refused. */
  readonly availableInPence?: number;
  /** Why, in the officer's words, 1 to 500 characters. */
  readonly reason: string;
}

/** Where to send the payer's browser: at once, and never kept. @public */
export interface PaymentStart { readonly nextUrl: string }

/** @public */
export type RequestRefusal = Refusal<'nothing-to-pay' | 'too-much' | 'reference-taken'>;
/** `being-processed`: the provider has the card's details and has not decided. @public */
export type StartRefusal = Refusal<'already-paid' | 'being-processed' | 'withdrawn' | 'provider-refused'>;
/** @public */
export type WithdrawRefusal = Refusal<'already-paid' | 'being-processed'>;
/** @public */
export type RefundRefusal = Refusal<'not-paid' | 'more-than-left' | 'amount-changed' | 'refund-in-progress' | 'provider-refused'>;

/** Which of many payments: the newest come first. @public */
export interface PaymentsPage {
  /** 1 to 100. */
  readonly limit: number;
  /** Those that come after this one. */
  readonly before?: PaymentId;
}

/**
 * What other modules ask of payments. Call it outside transactions: it speaks to providers, and may itself be at the other end of a wire.
 * Everybody sees only what is theirs: a resident their own payments; somebody who has not signed in those of nobody, by knowing the id; an officer with `payments.view` every one; another
 * system with it those that it asked for, and every one with `payments.view-all` besides. What one may not see is NotFound. Payments may stand in another deployment: each call may then end in Unavailable.
 * @public
 */
export interface PaymentsApi {
  /** Writes down that something is to be paid. No provider is asked yet. @throws InvalidInput, Conflict */
  request(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<Payment, RequestRefusal>>;
  /** Begins, resumes, or after a failure begins again, and says where to send the payer. @throws NotFound, Unavailable (start again: nothing is charged twice) */
  start(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<PaymentStart, StartRefusal>>;
  /**
   * Asks for a payment and begins it, in one go and with the promises of both `request` and `start`: the same key again begins the same payment. Refused as either would be; a payment that may not be begun stays asked for.
   * @throws InvalidInput, Conflict, NotFound, Unavailable (take again under the same key: nothing is charged twice)
   */
  take(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<PaymentStart, RequestRefusal | StartRefusal>>;
  /** Asks the provider, which alone knows. @throws NotFound, Unavailable */
  refresh(ctx: RequestContext, paymentId: PaymentId): Promise<Payment>;
  /** What we know, without asking. @throws NotFound */
  find(ctx: RequestContext, paymentId: PaymentId): Promise<Payment>;
  /** The payments for one thing, the newest first, at most 100. */
  forSubject(ctx: RequestContext, subject: PaymentSubject): Promise<readonly Payment[]>;
  /** The payments of the resident who asks, the newest first. @throws NotAuthenticated when nobody has signed in, NotAllowed for anybody but a resident */
  ofResident(ctx: RequestContext, page: PaymentsPage): Promise<readonly Payment[]>;
  /** Nothing more is to be paid; money that arrives all the same goes back. Doing it twice is doing it once. @throws NotFound */
  withdraw(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<Payment, WithdrawRefusal>>;
  /** Pays back all or part. Needs `payments.refund`. @throws NotAllowed, NotFound, Conflict, Unavailable (say it again under the same key). When the provider does not answer the refund stays `requested` and is carried on with later */
  refund(ctx: RequestContext, order: RefundOrder): Promise<Outcome<Payment, RefundRefusal>>;
}

/** Picks the council's payments for each call. @public */
export class PaymentsDispatcher implements PaymentsApi {
  constructor(private readonly pick: (ctx: RequestContext) => PaymentsApi) {}
  async request(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<Payment, RequestRefusal>> { return this.pick(ctx).request(ctx, order); }
  async start(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<PaymentStart, StartRefusal>> { return this.pick(ctx).start(ctx, paymentId); }
  async take(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<PaymentStart, RequestRefusal | StartRefusal>> { return this.pick(ctx).take(ctx, order); }
  async refresh(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> { return this.pick(ctx).refresh(ctx, paymentId); }
  async find(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> { return this.pick(ctx).find(ctx, paymentId); }
  async forSubject(ctx: RequestContext, subject: PaymentSubject): Promise<readonly Payment[]> { return this.pick(ctx).forSubject(ctx, subject); }
  async ofResident(ctx: RequestContext, page: PaymentsPage): Promise<readonly Payment[]> { return this.pick(ctx).ofResident(ctx, page); }
  async withdraw(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<Payment, WithdrawRefusal>> { return this.pick(ctx).withdraw(ctx, paymentId); }
  async refund(ctx: RequestContext, order: RefundOrder): Promise<Outcome<Payment, RefundRefusal>> { return this.pick(ctx).refund(ctx, order); }
}

/** The payments of a council: `@Inject(PAYMENTS.token) payments: PaymentsApi`. @public */
export const PAYMENTS: Contract<PaymentsApi> = defineContract<PaymentsApi>({ id: 'payments', version: '0.1.0', dispatch: (pick) => new PaymentsDispatcher(pick) });
