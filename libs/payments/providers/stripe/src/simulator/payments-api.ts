import type { Answer } from '@guildhall/payments-contract/far-end';
import { json } from '@guildhall/payments-contract/far-end';
import type { KnownAccount } from './accounts';
import { checkOrder, wrongMetadata } from './check-order';
import type { Form } from './form';
import { formIn, textIn, textsIn } from './form';
import type { KeptSession } from './kept-session';
import { isDisputed, isPaid, leftToRefund } from './kept-session';
import { isAnswer, invalid, missing, noSuch, stripeProblem } from './problems';
import type { SessionBook } from './session-book';
import { viewIntent, viewRefund, viewSession } from './view';

/** An answer, and whether anything was begun: only then is it kept under the idempotency key. */
export interface Done { readonly answer: Answer; readonly isBegun: boolean }

/** What the API does with sessions, payment intents and refunds: paths, fields, statuses and codes as in the API reference (docs.stripe.com/api), version 2026-10-28.endive. */
export class PaymentsApi {
  constructor(private readonly book: SessionBook, private readonly origin: () => string, private readonly now: () => Date) {}

  create(account: KnownAccount, form: Form): Done {
    const checked = checkOrder(form, account, this.now());
    if (isAnswer(checked)) return { answer: checked, isBegun: false };
    return { answer: json(200, viewSession(this.book.create(account, checked.order, checked.expiresAt), this.origin(), expandOf(form))), isBegun: true };
  }

  fetch(account: KnownAccount, id: string, query: Form): Answer {
    const session = this.of(account, id);
    return session ? json(200, viewSession(session, this.origin(), expandOf(query))) : noSuch('checkout.session', id, 'session');
  }

  expire(account: KnownAccount, id: string, form: Form): Done {
    const session = this.of(account, id);
    if (!session) return { answer: noSuch('checkout.session', id, 'session'), isBegun: false };
    if (session.status !== 'open') return { answer: stripeProblem(400, 'invalid_request_error', 'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `' + session.status + '`.'), isBegun: true };
    this.book.expire(session);
    return { answer: json(200, viewSession(session, this.origin(), expandOf(form))), isBegun: true };
  }

  intent(account: KnownAccount, id: string, query: Form): Answer {
    const session = this.withIntent(account, id);
    return session ? json(200, viewIntent(session, expandOf(query))) : noSuch('payment_intent', id, 'intent');
  }

  refund(account: KnownAccount, form: Form): Done {
    const refused = (answer: Answer, isBegun = false): Done => ({ answer, isBegun });
    const [intentId, chargeId, text] = [textIn(form, 'payment_intent'), textIn(form, 'charge'), textIn(form, 'amount')];
    if (intentId === undefined && chargeId === undefined) return refused(missing('payment_intent'));
    const session = this.book.all().find((one) => one.account === account.id && one.intent !== undefined && (one.intent.id === intentId || (chargeId !== undefined && one.intent.charge?.id === chargeId)));
    if (!session) return refused(noSuch(intentId === undefined ? 'charge' : 'payment_intent', intentId ?? chargeId ?? '', intentId === undefined ? 'charge' : 'payment_intent'));
    if (text !== undefined && !/^[1-9]\d{0,11}$/.test(text)) return refused(invalid('amount', `Invalid positive integer: ${text.slice(0, 20)}`, 'parameter_invalid_integer'));
    const metadata = textsIn(formIn(form, 'metadata'));
    const wrong = wrongMetadata(metadata, 'metadata');
    if (wrong) return refused(wrong);
    if (!isPaid(session)) return refused(stripeProblem(400, 'invalid_request_error', `This PaymentIntent (${session.intent?.id ?? ''}) does not have a successful charge to refund.`, { code: 'payment_intent_unexpected_state' }), true);
    if (isDisputed(session)) return refused(stripeProblem(400, 'invalid_request_error', `Charge ${session.intent?.charge?.id ?? ''} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' }), true);
    const left = leftToRefund(session);
    if (left === 0) return refused(stripeProblem(400, 'invalid_request_error', `Charge ${session.intent?.charge?.id ?? ''} has already been refunded.`, { code: 'charge_already_refunded' }), true);
    const amount = text === undefined ? left : Number(text);
    if (amount > left) return refused(invalid('amount', `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`), true);
    return { answer: json(200, viewRefund(session, this.book.refund(session, amount, metadata))), isBegun: true };
  }

  oneRefund(account: KnownAccount, id: string): Answer {
    const session = this.book.all().find((one) => one.account === account.id && one.refunds.some((refund) => refund.id === id));
    const refund = session?.refunds.find((one) => one.id === id);
    return session && refund ? json(200, viewRefund(session, refund)) : noSuch('refund', id, 'refund');
  }

  /** The session of a payment intent. */
  withIntent(account: KnownAccount, intentId: string): KeptSession | undefined { return this.book.all().find((session) => session.account === account.id && session.intent?.id === intentId); }

  private of(account: KnownAccount, id: string): KeptSession | undefined {
    const session = this.book.find(id);
    return session?.account === account.id ? session : undefined;
  }
}

/** What is to be given whole. */
export function expandOf(form: Form): readonly string[] { return Object.values(textsIn(formIn(form, 'expand'))); }
