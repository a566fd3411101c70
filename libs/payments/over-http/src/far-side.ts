import type { ConnectionCheck, Council, Outcome, ProviderDependencies, ProviderInstallation, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { Unavailable, defineProvider, isGuildhallError } from '@guildhall/kernel-contract';
import type { Payment, PaymentId, PaymentOrder, PaymentStart, PaymentSubject, PaymentsApi, PaymentsPage, RefundOrder, RefundRefusal, RequestRefusal, StartRefusal, WithdrawRefusal } from '@guildhall/payments-contract';
import { HttpPayments, REFUND_PAYMENTS, TAKE_PAYMENTS, VIEW_ALL_PAYMENTS, VIEW_PAYMENTS, checkOrder, checkRefundOrder, demandRefunding, demandResident, demandTaking, payerOf } from '@guildhall/payments-contract';
import type { PaymentsOverHttpOptions } from './options';
import { originsOf } from './options';

/** The other council's app, for the kernel: it makes one for each council that uses one. */
export const FAR_SIDE = { id: 'payments-over-http.far-side', version: '0.1.0' } as const;

/**
 * The payments at the other council. What a person may do here is decided here; that the other side does not let us in is our own trouble, and to whoever calls it is as if nobody answered.
 */
export class FarSide implements PaymentsApi {
  readonly #http: HttpPayments;
  readonly #payPages: readonly string[];
  constructor(private readonly options: PaymentsOverHttpOptions, private readonly dependencies: Pick<ProviderDependencies, 'outbound' | 'council' | 'log'>) {
    this.#http = new HttpPayments({ outbound: dependencies.outbound, origin: options.origin, credential: options.credential });
    this.#payPages = originsOf(options.payPages);
  }

  async request(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<Payment, RequestRefusal>> {
    demandTaking(ctx);
    const checked = checkOrder(order);
    if (!checked.ok) return checked;
    payerOf(ctx, order.payer?.personId);
    return this.#letIn(this.#http.request(ctx, order));
  }

  async start(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<PaymentStart, StartRefusal>> {
    demandTaking(ctx);
    return this.#toOurPages(ctx, paymentId, await this.#letIn(this.#http.start(ctx, paymentId)));
  }

  async take(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<PaymentStart, RequestRefusal | StartRefusal>> {
    demandTaking(ctx);
    const checked = checkOrder(order);
    if (!checked.ok) return checked;
    payerOf(ctx, order.payer?.personId);
    return this.#toOurPages(ctx, order.paymentId, await this.#letIn(this.#http.take(ctx, order)));
  }

  async refresh(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> { return this.#letIn(this.#http.refresh(ctx, paymentId)); }
  async find(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> { return this.#letIn(this.#http.find(ctx, paymentId)); }
  async forSubject(ctx: RequestContext, subject: PaymentSubject): Promise<readonly Payment[]> { return this.#letIn(this.#http.forSubject(ctx, subject)); }

  async ofResident(ctx: RequestContext, page: PaymentsPage): Promise<readonly Payment[]> {
    demandResident(ctx);
    return this.#letIn(this.#http.ofResident(ctx, page));
  }

  async withdraw(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<Payment, WithdrawRefusal>> {
    demandTaking(ctx);
    return this.#letIn(this.#http.withdraw(ctx, paymentId));
  }

  async refund(ctx: RequestContext, order: RefundOrder): Promise<Outcome<Payment, RefundRefusal>> {
    demandRefunding(ctx);
    checkRefundOrder(order);
    return this.#letIn(this.#http.refund(ctx, order));
  }

  /** Whether payments can be taken there, and if not, what to do and who. */
  async check(): Promise<ConnectionCheck> {
    const { origin } = this.options;
    try {
      const problem = problemWith(await this.#http.terms(), this.dependencies.council, this.#payPages, origin);
      return problem === undefined ? { ok: true, message: `${origin} takes our payments.` } : { ok: false, message: problem };
    } catch (error) {
      if (!isGuildhallError(error)) throw error;
      switch (error.code) {
        case 'not-authenticated': return { ok: false, message: `${origin} does not know our credential, or it has ended. Ask its council for a new one, and set it here.` };
        case 'not-allowed': return { ok: false, message: `${origin} knows our credential, which may not see payments. Ask its council to make it again with payments.view, payments.take and payments.refund.` };
        case 'not-found': return { ok: false, message: `${origin} has no payments that other councils can use. Look at the origin; its app may also be of an older version.` };
        default: return { ok: false, message: `${origin} does not answer: ${error.message} Payers are told to try again in a minute. If it lasts, ask whoever runs it.` };
      }
    }
  }

  /** Forms of our pages may lead to these origins only, and payers are sent to no page that nobody here has agreed to. */
  #toOurPages<R extends Refusal>({ council }: RequestContext, paymentId: PaymentId, started: Outcome<PaymentStart, R>): Outcome<PaymentStart, R> {
    if (!started.ok || this.#payPages.includes(originOf(started.value.nextUrl))) return started;
    this.dependencies.log.error('payments-over-http.page-elsewhere', { council: council.slug, payment: paymentId });
    throw new Unavailable(`${this.options.origin} sends payers to ${originOf(started.value.nextUrl)}, which is not among the payPages of paymentsOverHttp().`);
  }

  async #letIn<Value>(answer: Promise<Value>): Promise<Value> {
    try {
      return await answer;
    } catch (error) {
      if (!isGuildhallError(error) || (error.code !== 'not-authenticated' && error.code !== 'not-allowed')) throw error;
      this.dependencies.log.error('payments-over-http.not-let-in', { council: this.dependencies.council.slug, code: error.code });
      throw new Unavailable(`${this.options.origin} does not let us in: ${error.message}`);
    }
  }
}

/** The first thing that is not as it should be, with what to do. */
function problemWith({ clientId, permissions, returnOrigin, payPages }: Awaited<ReturnType<HttpPayments['terms']>>, council: Council, ours: readonly string[], origin: string): string | undefined {
  const missing = [VIEW_PAYMENTS, TAKE_PAYMENTS, REFUND_PAYMENTS].map(({ id }) => id).filter((id) => !permissions.includes(id));
  if (missing.length) return `Our credential at ${origin} lacks ${missing.join(', ')}. Ask its council to make it again with payments.view, payments.take and payments.refund.`;
  if (permissions.includes(VIEW_ALL_PAYMENTS.id)) return `Our credential at ${origin} opens every payment of its council (payments.view-all), which we must not have. Ask its council to make it again without.`;
  if (returnOrigin !== council.origin) return `${origin} ${returnOrigin === undefined ? 'takes us for a part of its own council, and payers would not come back here' : `sends our payers back to ${returnOrigin}, which is not this app`}. Ask its council to write neighbours: [{ clientId: '${clientId}', returnOrigin: '${council.origin}' }] into its payments().`;
  const unknown = payPages.filter((page) => !ours.includes(page));
  if (unknown.length) return `${origin} may send payers to ${unknown.join(', ')}, to which browsers do not let them go from here. When that is right, set payPages here to ${payPages.join(',')}.`;
  return undefined;
}

function originOf(url: string): string { return URL.canParse(url) ? new URL(url).origin : 'somewhere that is no address'; }

/** The far side as what a council's configuration installs: made once for the council, checked by `doctor`, and its pages named in the content security policy. */
export function farSideOf(options: PaymentsOverHttpOptions): ProviderInstallation<PaymentsApi> {
  return defineProvider<PaymentsApi>({
    port: FAR_SIDE, id: FAR_SIDE.id, title: { en: 'Payments of another council', cy: 'Taliadau cyngor arall' }, isSandbox: false, formOrigins: () => originsOf(options.payPages),
    create: (dependencies) => new FarSide(options, dependencies),
    check: (farSide) => (farSide as FarSide).check(),
  });
}
