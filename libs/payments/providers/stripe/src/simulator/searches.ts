import type { Answer } from '@guildhall/payments-contract/far-end';
import { json } from '@guildhall/payments-contract/far-end';
import type { KnownAccount } from './accounts';
import { isLive, newId } from './accounts';
import type { Form } from './form';
import { formIn, textIn, textsIn } from './form';
import type { KeptRefund, KeptSession, KeptTransaction } from './kept-session';
import { isWithin, pageOf } from './lists';
import { expandOf } from './payments-api';
import { invalid, noSuch, stripeProblem } from './problems';
import type { SessionBook } from './session-book';
import { viewCharge, viewDispute, viewPayout, viewRefund, viewSession, viewTransaction } from './view';

/** The API's lists, and what it tells of the account itself. */
export class Searches {
  constructor(private readonly book: SessionBook, private readonly origin: () => string) {}

  sessions(account: KnownAccount, query: Form): Answer {
    const [intent, status, expand] = [textIn(query, 'payment_intent'), textIn(query, 'status'), within(query)];
    const found = this.#of(account).filter((session) => (intent === undefined || session.intent?.id === intent) && (status === undefined || session.status === status));
    return pageOf('/v1/checkout/sessions', 'checkout.session', query, found, (session) => viewSession(session, this.origin(), expand));
  }

  refunds(account: KnownAccount, query: Form): Answer {
    const [intent, charge] = [textIn(query, 'payment_intent'), textIn(query, 'charge')];
    if (intent !== undefined && !this.#of(account).some((session) => session.intent?.id === intent)) return noSuch('payment_intent', intent, 'payment_intent');
    const found = this.#refunds(account).filter(({ session }) => (intent === undefined || session.intent?.id === intent) && (charge === undefined || session.intent?.charge?.id === charge));
    return pageOf('/v1/refunds', 'refund', query, found, ({ session, refund }) => viewRefund(session, refund));
  }

  payouts(account: KnownAccount, query: Form): Answer {
    const status = textIn(query, 'status');
    const found = this.book.payouts(account.id).filter((payout) => (status === undefined || status === 'paid') && isWithin(Date.parse(`${payout.arrivesOn}T00:00:00Z`) / 1000, formIn(query, 'arrival_date')));
    return pageOf('/v1/payouts', 'payout', query, found, viewPayout);
  }

  onePayout(account: KnownAccount, id: string): Answer {
    const payout = this.book.payouts(account.id).find((one) => one.id === id);
    return payout ? json(200, viewPayout(payout)) : noSuch('payout', id, 'payout');
  }

  transactions(account: KnownAccount, query: Form): Answer {
    const [payout, type, source, isWhole] = [textIn(query, 'payout'), textIn(query, 'type'), textIn(query, 'source'), within(query).includes('source')];
    if (payout !== undefined && !this.book.payouts(account.id).some(({ id }) => id === payout)) return noSuch('payout', payout, 'payout');
    const moved: { readonly id: string; readonly createdAt: Date; readonly transaction: KeptTransaction; readonly whole: () => object }[] = [];
    for (const session of this.#of(account)) {
      const charge = session.intent?.charge;
      if (charge) moved.push({ id: charge.transaction.id, createdAt: charge.createdAt, transaction: charge.transaction, whole: () => viewCharge(session, charge, []) });
      for (const transaction of session.dispute?.transactions ?? []) moved.push({ id: transaction.id, createdAt: transaction.createdAt, transaction, whole: () => (session.dispute ? viewDispute(session, session.dispute) : {}) });
      for (const refund of session.refunds) if (refund.status !== 'failed') moved.push({ id: refund.transaction.id, createdAt: refund.createdAt, transaction: refund.transaction, whole: () => viewRefund(session, refund) });
    }
    for (const one of this.book.payouts(account.id)) moved.push({ id: one.transaction.id, createdAt: one.createdAt, transaction: one.transaction, whole: () => viewPayout(one) });
    for (const transaction of this.book.charges(account.id)) moved.push({ id: transaction.id, createdAt: transaction.createdAt, transaction, whole: () => ({ id: transaction.source, object: 'fee' }) });
    const found = moved.filter(({ transaction }) => (payout === undefined || transaction.payout === payout) && (type === undefined || transaction.type === type) && (source === undefined || transaction.source === source))
      .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
    return pageOf('/v1/balance_transactions', 'balance_transaction', query, found, ({ transaction, whole }) => viewTransaction(transaction, isWhole ? whole() : transaction.source));
  }

  account(account: KnownAccount): Answer {
    const maySell = account.maySell ?? true;
    return account.isRestricted ? forbidden('account') : json(200, { id: account.id, object: 'account', country: 'GB', default_currency: 'gbp', charges_enabled: maySell, payouts_enabled: maySell, details_submitted: maySell, business_profile: { name: account.name?.en ?? null } });
  }

  webhookEndpoints(account: KnownAccount, query: Form): Answer {
    if (account.isRestricted) return forbidden('webhook endpoints');
    const found = account.webhooks.map((webhook) => ({ ...webhook, createdAt: new Date(0) }));
    return pageOf('/v1/webhook_endpoints', 'webhook_endpoint', query, found, (webhook) => viewEndpoint(account, webhook));
  }

  /** Makes an endpoint; its secret is told once. */
  newWebhookEndpoint(account: KnownAccount, form: Form): Answer {
    if (account.isRestricted) return forbidden('webhook endpoints');
    const [url, events] = [textIn(form, 'url') ?? '', Object.values(textsIn(formIn(form, 'enabled_events')))];
    if (!URL.canParse(url)) return invalid('url', 'Not a valid URL', 'url_invalid');
    if (events.length === 0) return invalid('enabled_events', 'Missing required param: enabled_events.', 'parameter_missing');
    const secret = newId('whsec', 24);
    const webhook = { id: newId('we'), url, secrets: [secret], events };
    account.webhooks = [...account.webhooks, webhook];
    return json(200, { ...viewEndpoint(account, webhook), secret });
  }

  #of(account: KnownAccount): readonly KeptSession[] { return this.book.all().filter((session) => session.account === account.id); }
  #refunds(account: KnownAccount): readonly { readonly id: string; readonly createdAt: Date; readonly session: KeptSession; readonly refund: KeptRefund }[] {
    return this.#of(account).flatMap((session) => session.refunds.map((refund) => ({ id: refund.id, createdAt: refund.createdAt, session, refund }))).sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  }
}

function viewEndpoint(account: KnownAccount, { id, url, events = ['*'], isDisabled = false }: { readonly id: string; readonly url: string; readonly events?: readonly string[]; readonly isDisabled?: boolean }): object {
  return { id, object: 'webhook_endpoint', livemode: isLive(account), url, enabled_events: events, status: isDisabled ? 'disabled' : 'enabled' };
}
function forbidden(what: string): Answer { return stripeProblem(403, 'invalid_request_error', `The provided key does not have the required permissions for ${what}.`, { code: 'more_permissions_required' }); }
/** What is to be given whole of each object of a list. */
function within(query: Form): readonly string[] { return expandOf(query).flatMap((path) => (path.startsWith('data.') ? [path.slice('data.'.length)] : [])); }
