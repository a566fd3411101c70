import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, PlannedFault } from '@guildhall/payments-contract/far-end';
import { CARD_PAGE_STYLE, bodyOf, header, html, nothing, send, styleSheet } from '@guildhall/payments-contract/far-end';
import type { Accounts, KnownAccount } from './accounts';
import { newId } from './accounts';
import type { ControlDesk } from './control-desk';
import type { StripeFault, StripeFaults, StripeOperation } from './faults';
import type { Form } from './form';
import { formOf } from './form';
import type { IdempotencyKeys } from './idempotency';
import { CARD_PAGE } from './payer-pages';
import type { PayerPages } from './payer-pages';
import type { Done, PaymentsApi } from './payments-api';
import { stripeProblem } from './problems';
import type { RateLimits } from './rate-limits';
import type { Searches } from './searches';

type Route = { readonly operation: StripeOperation } & ({ readonly read: (account: KnownAccount, query: Form) => Answer } | { readonly write: (account: KnownAccount, form: Form) => Done });
const API_VERSION = '2026-10-28.endive';

/** What takes every request. */
export interface Desks { readonly api: PaymentsApi; readonly searches: Searches; readonly pages: PayerPages; readonly control: ControlDesk }

/** Takes every request: the API with its keys, limits and faults, the payer's page, and the controls. */
export class FrontDesk {
  constructor(
    private readonly accounts: Accounts, private readonly limits: RateLimits, private readonly faults: StripeFaults, private readonly keys: IdempotencyKeys, private readonly desks: Desks, private readonly now: () => Date,
  ) {}

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://stripe.example');
      const [, area = ''] = url.pathname.split('/');
      if (area === 'v1') return await this.#serveApi(request, response, url);
      const body = request.method === 'POST' || request.method === 'DELETE' ? await bodyOf(request) : '';
      send(response, area === 'simulator' ? await this.desks.control.answer(request, url, body) : this.#page(request, url, body));
    } catch (error) {
      if (response.headersSent) return;
      send(response, error instanceof RangeError ? stripeProblem(400, 'invalid_request_error', error.message) : stripeProblem(500, 'api_error', 'An unknown error occurred'));
    }
  }

  async #serveApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const reply = (answer: Answer): void => { send(response, this.#headed(request, answer)); };
    const account = this.accounts.openedBy(request.headers.authorization);
    if (!account) return reply(unauthorised(request.headers.authorization));
    const version = header(request, 'stripe-version');
    if (version !== undefined && !/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(version)) return reply(stripeProblem(400, 'invalid_request_error', `Invalid Stripe API version: ${version.slice(0, 40)}`));
    if (!this.limits.allows(account)) return reply(stripeProblem(429, 'invalid_request_error', 'Request rate limit exceeded.', { code: 'rate_limit' }));
    const route = this.#route(request.method ?? 'GET', url.pathname);
    if (!route) return reply(stripeProblem(404, 'invalid_request_error', `Unrecognized request URL (${request.method ?? 'GET'}: ${url.pathname.slice(0, 200)}).`));
    const planned = this.faults.next(route.operation);
    if (planned?.fault === 'lose-request') return void request.socket.destroy();
    const instead = planned && INSTEAD[planned.fault]?.();
    const body = await bodyOf(request);
    const asked = `${url.pathname}\n${body}`;
    // What broke is kept under its key like any other answer, and comes again for a day.
    if (instead) return reply(planned.fault === 'server-error' && 'write' in route ? this.keys.answer(account.id, header(request, 'idempotency-key'), asked, () => ({ answer: instead, isBegun: true })) : instead);
    // The API reads forms, and no JSON: a service that sends that finds its parameters missing.
    const isForm = /^application\/x-www-form-urlencoded\b/i.test(header(request, 'content-type') ?? '');
    const answer = 'read' in route ? route.read(account, formOf(url.searchParams))
      : this.keys.answer(account.id, header(request, 'idempotency-key'), asked, () => route.write(account, formOf(new URLSearchParams(isForm ? body : ''))));
    if (planned?.fault === 'lose-answer') return void request.socket.destroy();
    if (planned?.fault === 'delay') await wait(planned.delayInSeconds * 1000);
    reply(planned ? bent(answer, planned) : answer);
  }

  #route(method: string, path: string): Route | undefined {
    const { api, searches } = this.desks;
    const [, session = '', verb = ''] = /^\/v1\/checkout\/sessions\/([^/]+)(\/expire)?$/.exec(path) ?? [];
    if (session && method === 'GET' && !verb) return { operation: 'fetch', read: (account, query) => api.fetch(account, session, query) };
    if (session && method === 'POST' && verb) return { operation: 'cancel', write: (account, form) => api.expire(account, session, form) };
    const [, kind = '', id = ''] = /^\/v1\/(payment_intents|refunds|payouts)\/([^/]+)$/.exec(path) ?? [];
    switch (`${method} ${kind ? `one of ${kind}` : path}`) {
      case 'POST /v1/checkout/sessions': return { operation: 'create', write: (account, form) => api.create(account, form) };
      case 'GET /v1/checkout/sessions': return { operation: 'search', read: (account, query) => searches.sessions(account, query) };
      case 'GET one of payment_intents': return { operation: 'fetch', read: (account, query) => api.intent(account, id, query) };
      case 'POST /v1/refunds': return { operation: 'refund', write: (account, form) => api.refund(account, form) };
      case 'GET /v1/refunds': return { operation: 'refunds', read: (account, query) => searches.refunds(account, query) };
      case 'GET one of refunds': return { operation: 'refunds', read: (account) => api.oneRefund(account, id) };
      case 'GET /v1/payouts': return { operation: 'settlements', read: (account, query) => searches.payouts(account, query) };
      case 'GET one of payouts': return { operation: 'settlements', read: (account) => searches.onePayout(account, id) };
      case 'GET /v1/balance_transactions': return { operation: 'settlements', read: (account, query) => searches.transactions(account, query) };
      case 'GET /v1/account': return { operation: 'account', read: (account) => searches.account(account) };
      case 'GET /v1/webhook_endpoints': return { operation: 'account', read: (account, query) => searches.webhookEndpoints(account, query) };
      case 'POST /v1/webhook_endpoints': return { operation: 'account', write: (account, form) => ({ answer: searches.newWebhookEndpoint(account, form), isBegun: true }) };
      default: return undefined;
    }
  }

  #page(request: IncomingMessage, { pathname, searchParams }: URL, body: string): Answer {
    const isRead = request.method === 'GET';
    if (isRead && pathname === '/style.css') return styleSheet(CARD_PAGE_STYLE);
    if (isRead && pathname === '/favicon.ico') return nothing(204);
    const [, id = '', rest = ''] = /^\/c\/pay\/(cs_[a-z0-9_]+)(\/cancel|\/expire)?$/.exec(pathname) ?? [];
    const { pages } = this.desks;
    if (id && isRead && rest === '') return pages.show(id, searchParams);
    if (id && request.method === 'POST') return rest === '' ? pages.pay(id, searchParams, new URLSearchParams(body)) : rest === '/cancel' ? pages.goBack(id, searchParams) : pages.expire(id, searchParams);
    return html(404, CARD_PAGE.notice('en', 'notFound', undefined));
  }

  /** The headers of every answer of the API: its version, the name of the request, and the time by its own clock. */
  #headed(request: IncomingMessage, answer: Answer): Answer {
    return { ...answer, headers: { 'request-id': newId('req', 7), 'stripe-version': header(request, 'stripe-version') ?? API_VERSION, date: this.now().toUTCString(), ...answer.headers } };
  }
}

function unauthorised(authorization: string | undefined): Answer {
  if (authorization === undefined) return stripeProblem(401, 'invalid_request_error', 'You did not provide an API key.');
  return stripeProblem(401, 'invalid_request_error', 'Invalid API Key provided: ****');
}

/** Answers that come in place of the real one, and nothing is done. */
const INSTEAD: Readonly<Partial<Record<StripeFault, () => Answer>>> = {
  unavailable: () => stripeProblem(503, 'api_error', 'Stripe is temporarily unavailable.'), 'server-error': () => stripeProblem(500, 'api_error', 'An unknown error occurred', { shouldRetry: false }),
  'too-many': () => stripeProblem(429, 'invalid_request_error', 'Request rate limit exceeded.', { code: 'rate_limit' }),
  'lock-timeout': () => stripeProblem(429, 'invalid_request_error', 'This object cannot be accessed right now because another API request or Stripe process is currently accessing it.', { code: 'lock_timeout', shouldRetry: true }),
  'key-race': () => stripeProblem(409, 'idempotency_error', 'There is currently another in-progress request using this Idempotent Key.', { code: 'idempotency_key_in_use', shouldRetry: true }),
  'proxy-error': () => html(502, '<!DOCTYPE html><title>502</title><p>Bad gateway.</p>'), nonsense: () => html(200, '<!DOCTYPE html><title>Proxy</title><p>Please sign in to the network.</p>'),
};

/** An answer that was done and comes back other than it should. */
function bent(answer: Answer, { fault }: PlannedFault<StripeOperation, StripeFault>): Answer {
  switch (fault) {
    case 'unknown-state': return { ...answer, body: answer.body.replace(/"status":"(open|complete|expired|pending|succeeded|failed)"/, '"status":"marinating"') };
    case 'cut-off': return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    case 'oversize': return { ...answer, body: `{"padding":"${'x'.repeat(9 * 1024 * 1024)}",${answer.body.slice(1)}` };
    case 'elsewhere': return { ...answer, body: answer.body.replace(/http:\/\/localhost:\d+\/c\/pay/g, 'https://checkout.elsewhere.example/c/pay') };
    default: return answer;
  }
}
