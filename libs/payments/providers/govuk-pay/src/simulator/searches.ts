import type { KnownAccount } from './accounts';
import type { Answer } from '@guildhall/payments-contract/far-end';
import { json, govUkPayProblem } from '@guildhall/payments-contract/far-end';
import type { KeptDispute } from './kept-dispute';
import type { KeptPayment, KeptRefund } from './kept-payment';
import type { PaymentBook } from './payment-book';
import { viewAgreement, viewDispute, viewPayment, viewRefund } from './view';

const STATES: readonly string[] = ['created', 'started', 'submitted', 'capturable', 'success', 'failed', 'cancelled', 'error'];
const AGREEMENT_STATUSES: readonly string[] = ['created', 'active', 'cancelled', 'inactive'];
const DISPUTE_STATUSES: readonly string[] = ['needs_response', 'under_review', 'won', 'lost'];
const AGREEMENT_PARAMETERS: readonly string[] = ['reference', 'status', 'page', 'display_size'];
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOST_TO_A_PAGE = 500;

/** Searches: newest first, in pages, and as far behind the payments as the simulator's times say (API reference, "Data consistency"). */
export class Searches {
  constructor(private readonly book: PaymentBook, private readonly origin: () => string) {}

  payments(account: KnownAccount, query: URLSearchParams): Answer {
    const wrong = invalid(query, { state: (value) => STATES.includes(value), first_digits_card_number: (value) => /^\d{6}$/.test(value), last_digits_card_number: (value) => /^\d{4}$/.test(value), agreement_id: (value) => value.length === 26 });
    if (wrong.length > 0) return govUkPayProblem(422, 'P0401', `Invalid parameters: ${wrong.join(', ')}. See Public API documentation for the correct data formats`);
    const found = this.#of(account).filter((payment) => matches(payment, query)).reverse();
    return this.#page('/v1/payments', query, found, 'P0402', (payment) => viewPayment(payment, this.book, this.origin(), 'listed'));
  }

  refunds(account: KnownAccount, query: URLSearchParams): Answer {
    const wrong = invalid(query, {});
    if (wrong.length > 0) return govUkPayProblem(422, 'P1101', `Invalid parameters: ${wrong.join(', ')}. See Public API documentation for the correct data formats`);
    const found = this.#of(account).flatMap((payment) => payment.refunds.map((refund) => ({ payment, refund })))
      .filter(({ refund }) => this.book.isListed(refund) && isCreatedWithin(refund, query) && isSettledWithin(refund, query)).sort((one, other) => other.refund.createdAt.getTime() - one.refund.createdAt.getTime());
    return this.#page('/v1/refunds', query, found, 'P1100', ({ payment, refund }: { readonly payment: KeptPayment; readonly refund: KeptRefund }) => viewRefund(refund, payment, this.origin()));
  }

  /** At once, unlike the other searches. */
  disputes(account: KnownAccount, query: URLSearchParams): Answer {
    const wrong = invalid(query, { status: (value) => DISPUTE_STATUSES.includes(value) });
    if (wrong.length > 0) return govUkPayProblem(422, 'P0401', `Invalid parameters: ${wrong.join(', ')}. See Public API documentation for the correct data formats`);
    const status = query.get('status');
    const found = this.book.all().flatMap((payment) => (payment.account === account.id && payment.dispute ? [{ payment, dispute: payment.dispute }] : []))
      .filter(({ dispute }) => (!status || dispute.status === status) && isCreatedWithin(dispute, query) && isSettledWithin(dispute, query)).sort((one, other) => other.dispute.createdAt.getTime() - one.dispute.createdAt.getTime());
    return this.#page('/v1/disputes', query, found, 'P0402', ({ payment, dispute }: { readonly payment: KeptPayment; readonly dispute: KeptDispute }) => viewDispute(dispute, payment, this.origin()));
  }

  /** The one search that refuses parameters which it does not know. */
  agreements(account: KnownAccount, query: URLSearchParams): Answer {
    const refused = (status: 400 | 422, names: readonly string[]): Answer => govUkPayProblem(status, 'P2401', `Invalid parameters: ${names.join(', ')}. See Public API documentation for the correct data formats`);
    const wrong = invalid(query, { status: (value) => AGREEMENT_STATUSES.includes(value), reference: (value) => value.length <= 255 });
    if (wrong.length > 0) return refused(422, wrong);
    const unknown = [...query].filter(([name, value]) => value !== '' && !AGREEMENT_PARAMETERS.includes(name)).map(([name]) => name);
    if (unknown.length > 0) return refused(400, unknown.slice(0, 1));
    const [status, reference] = [query.get('status'), query.get('reference')?.toLowerCase()];
    const found = this.book.agreements.all().filter((agreement) => agreement.account === account.id && this.book.isListed(agreement) && (!status || agreement.status === status) && (!reference || agreement.order.reference.toLowerCase() === reference)).reverse();
    return this.#page('/v1/agreements', query, found, 'P2402', viewAgreement);
  }

  #of(account: KnownAccount): readonly KeptPayment[] { return this.book.all().filter((payment) => payment.account === account.id && this.book.isListed(payment)); }

  #page<Item>(path: string, query: URLSearchParams, found: readonly Item[], noSuchPage: string, view: (item: Item) => object): Answer {
    const page = Number(query.get('page') ?? 1);
    const size = Number(query.get('display_size') ?? MOST_TO_A_PAGE);
    const last = Math.max(1, Math.ceil(found.length / size));
    if (page > last) return govUkPayProblem(404, noSuchPage, 'Page not found');
    const results = found.slice((page - 1) * size, page * size);
    const link = (number: number): object => {
      const there = new URLSearchParams(query);
      there.set('page', String(number));
      there.set('display_size', String(size));
      return { href: `${this.origin()}${path}?${there.toString()}` };
    };
    return json(200, {
      total: found.length, count: results.length, page, results: results.map(view),
      _links: { self: link(page), first_page: link(1), last_page: link(last), ...(page > 1 ? { prev_page: link(page - 1) } : {}), ...(page < last ? { next_page: link(page + 1) } : {}) },
    });
  }
}

/** The names of the parameters that are not in the right form. */
function invalid(query: URLSearchParams, special: Readonly<Record<string, (value: string) => boolean>>): readonly string[] {
  const isNumber = (least: number, most: number) => (value: string): boolean => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;
  const checks: Readonly<Record<string, (value: string) => boolean>> = {
    ...special, from_date: isInstant, to_date: isInstant, from_settled_date: isDay, to_settled_date: isDay, page: isNumber(1, 999_999_999), display_size: isNumber(1, MOST_TO_A_PAGE),
  };
  return Object.entries(checks).filter(([name, isRight]) => { const value = query.get(name); return value !== null && value !== '' && !isRight(value); }).map(([name]) => name);
}
function isInstant(value: string): boolean { return INSTANT.test(value) && !Number.isNaN(Date.parse(value)); }
function isDay(value: string): boolean { return DAY.test(value) && !Number.isNaN(Date.parse(value)); }

function matches(payment: KeptPayment, query: URLSearchParams): boolean {
  const asked = (name: string): string | undefined => query.get(name)?.toLowerCase() || undefined;
  const fits = (name: string, value: string | undefined, how: 'is' | 'has' | 'ends' | 'begins'): boolean => {
    const wanted = asked(name);
    const given = value?.toLowerCase() ?? '';
    return wanted === undefined || (how === 'is' ? given === wanted : how === 'has' ? given.includes(wanted) : how === 'ends' ? given.endsWith(wanted) : given.startsWith(wanted));
  };
  const { order, card } = payment;
  return fits('reference', order.reference, 'is') && fits('email', order.email, 'has') && fits('state', payment.status, 'is') && fits('card_brand', card?.brand.replace('Mastercard', 'master-card'), 'is')
    && fits('cardholder_name', card?.holder, 'has') && fits('first_digits_card_number', card?.number, 'begins') && fits('last_digits_card_number', card?.number, 'ends') && fits('agreement_id', order.agreementId, 'is')
    && isCreatedWithin(payment, query) && isSettledWithin(payment, query);
}
function isCreatedWithin({ createdAt }: { readonly createdAt: Date }, query: URLSearchParams): boolean {
  const [from, to] = [query.get('from_date'), query.get('to_date')];
  return (!from || createdAt.getTime() >= Date.parse(from)) && (!to || createdAt.getTime() < Date.parse(to));
}
function isSettledWithin({ settledDate }: { readonly settledDate?: string }, query: URLSearchParams): boolean {
  const [from, to] = [query.get('from_settled_date'), query.get('to_settled_date')];
  if (!from && !to) return true;
  return settledDate !== undefined && (!from || settledDate >= from) && (!to || settledDate < to);
}
