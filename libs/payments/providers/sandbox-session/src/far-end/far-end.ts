import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Companion, Council, Log, Outbound, RunningCompanion } from '@guildhall/kernel-contract';
import type { Answer } from '@guildhall/payments-contract/far-end';
import { bodyOf, header, html, json, nothing, record, send, serveOnThisMachine, styleSheet } from '@guildhall/payments-contract/far-end';
import { CHECKOUT_STYLE, CheckoutPages } from './checkout-pages';
import { FarEndControls, eventBody } from './controls';
import { Deliveries } from './deliveries';
import type { FarFaults, FarOperation } from './faults';
import { noFaults } from './faults';
import type { SessionTimes } from './session-book';
import { SessionBook } from './session-book';
import { SessionsApi } from './sessions-api';

/** A far end that runs: its origin, and what a test can do to it. */
export interface RunningFarEnd extends RunningCompanion { readonly controls: FarEndControls }
/** How a far end is started outside the kernel, by tests. */
export interface FarEndOptions { readonly port: number; readonly dataFolder: string; readonly councils: readonly Council[]; readonly outbound: Outbound; readonly log: Log; readonly times?: Partial<SessionTimes>; readonly now?: () => Date }

const TIMES: SessionTimes = { expiresAfterInSeconds: 60 * 60, slowBankInSeconds: 20 };

/** Starts the far end on the loopback interface only. */
export async function startFarEnd(options: FarEndOptions): Promise<RunningFarEnd> {
  const now = options.now ?? (() => new Date());
  const book = new SessionBook(path.join(options.dataFolder, 'sandbox-session'), { ...TIMES, ...options.times }, now);
  const faults = noFaults();
  const deliveries = new Deliveries(book, options.outbound, options.log, now);
  let origin = '';
  const api = new SessionsApi(book, () => origin);
  book.onChange = (session, type) => { deliveries.tell(book.newEvent(session, type, (id) => eventBody(id, type, api.view(session), now()))); };
  const controls = new FarEndControls(book, faults, deliveries, (session) => api.view(session), now);
  const payeeOf = (account: string, language: 'en' | 'cy'): string => options.councils.find((council) => council.slug === account)?.name[language] ?? account;
  const desk = new FrontDesk(book, faults, controls, api, new CheckoutPages(book, payeeOf, now), options.log);
  const server = await serveOnThisMachine(options.port, (request, response) => desk.serve(request, response));
  ({ origin } = server);
  deliveries.takeUp();
  // Time moves sessions on by itself: a slow bank decides and an unpaid session expires while nobody looks.
  const clockwork = setInterval(() => book.all(), 1000);
  return {
    origin, controls,
    stop: async () => {
      clearInterval(clockwork);
      await deliveries.stop();
      await server.close();
      book.close();
    },
  };
}

/** The far end as the kernel starts it beside the council's server. */
export const sessionFarEnd: Companion = {
  id: 'payments.sandbox-session', title: 'Sandbox payments (session and webhook)',
  start: ({ port, dataFolder, councils, outbound, log }) => startFarEnd({ port, dataFolder, councils, outbound, log }),
};

class FrontDesk {
  constructor(
    private readonly book: SessionBook, private readonly faults: FarFaults, private readonly controls: FarEndControls,
    private readonly api: SessionsApi, private readonly pages: CheckoutPages, private readonly log: Log,
  ) {}

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://far-end.example');
      const [, area = ''] = url.pathname.split('/');
      if (area === 'v1') return await this.serveApi(request, response, url);
      const body = request.method === 'POST' || request.method === 'DELETE' ? await bodyOf(request) : '';
      send(response, area === 'sandbox' ? await this.control(request, url, body) : this.page(request, url, body));
    } catch (error) {
      this.log.error('sandbox-session.failed', { reason: error instanceof Error ? error.name : 'unknown' });
      if (!response.headersSent) send(response, json(error instanceof RangeError ? 400 : 500, { error: { type: 'api_error', message: error instanceof RangeError ? error.message : 'Something broke.' } }));
    }
  }

  private async serveApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const account = this.accountOf(request);
    if (account === undefined) return send(response, json(401, { error: { type: 'invalid_request_error', message: 'Invalid API Key provided.' } }));
    const route = this.route(request.method ?? 'GET', url);
    if (!route) return send(response, json(404, { error: { type: 'invalid_request_error', message: `Unrecognized request URL (${url.pathname}).` } }));
    const planned = route.operation && this.faults.next(route.operation);
    if (planned?.fault === 'lose-request') return void request.socket.destroy();
    if (planned?.fault === 'unavailable') return send(response, json(429, { error: { type: 'rate_limit_error', message: 'Too many requests.' } }));
    if (planned?.fault === 'nonsense') return send(response, html(200, '<!DOCTYPE html><title>Proxy</title><p>Please sign in to the network.</p>'));
    const form = new URLSearchParams(await bodyOf(request));
    const answer = route.answer(account, form, header(request, 'idempotency-key'));
    if (planned?.fault === 'lose-answer') return void request.socket.destroy();
    if (planned?.fault === 'delay') await wait(planned.delayInSeconds * 1000);
    send(response, planned?.fault === 'unknown-state' ? { ...answer, body: answer.body.replace(/"status":"(open|complete|expired)"/, '"status":"marinating"') } : answer);
  }

  private route(method: string, url: URL): { readonly operation?: FarOperation; readonly answer: (account: string, form: URLSearchParams, key: string | undefined) => Answer } | undefined {
    const { pathname, searchParams } = url;
    const called = `${method} ${pathname}`;
    if (called === 'POST /v1/checkout/sessions') return { operation: 'create', answer: (account, form, key) => this.api.create(account, key, form) };
    if (called === 'POST /v1/refunds') return { operation: 'refund', answer: (account, form, key) => this.api.refund(account, key, form) };
    if (called === 'GET /v1/refunds') return { operation: 'refunds', answer: (account) => this.api.refunds(account, searchParams.get('payment_intent') ?? '') };
    if (called === 'POST /v1/webhook_endpoints') return { answer: (account, form) => this.api.endpoint(account, form) };
    const [, id = '', rest = ''] = /^\/v1\/checkout\/sessions\/(cs_sandbox_[0-9a-f]+)(\/expire)?$/.exec(pathname) ?? [];
    if (id && method === 'GET' && !rest) return { operation: 'fetch', answer: (account) => this.api.fetch(account, id) };
    if (id && method === 'POST' && rest) return { operation: 'cancel', answer: (account) => this.api.expire(account, id) };
    return undefined;
  }

  /** A key is `sk_sandbox_<account>_<secret>`. */
  private accountOf(request: IncomingMessage): string | undefined {
    const [, key = '', account = ''] = /^Bearer (sk_sandbox_([a-z][a-z0-9-]*)_[0-9a-f]{64})$/.exec(request.headers.authorization ?? '') ?? [];
    return account && this.book.opens(account, key) ? account : undefined;
  }

  private page(request: IncomingMessage, { pathname, searchParams }: URL, body: string): Answer {
    if (request.method === 'GET' && pathname === '/style.css') return styleSheet(CHECKOUT_STYLE);
    if (request.method === 'GET' && pathname === '/favicon.ico') return nothing(204);
    const [, id = '', secret = ''] = /^\/c\/pay\/(cs_sandbox_[0-9a-f]+)\/([A-Za-z0-9_-]+)$/.exec(pathname) ?? [];
    return request.method === 'POST' ? this.pages.act(id, secret, searchParams, new URLSearchParams(body)) : this.pages.show(id, secret, searchParams);
  }

  /** Only for tests and demonstrations; the header keeps other sites' pages out, because no form can send it. */
  private async control(request: IncomingMessage, url: URL, body: string): Promise<Answer> {
    if (header(request, 'sandbox-control') !== 'yes') return json(403, { error: { type: 'invalid_request_error', message: 'Send the header Sandbox-Control: yes' } });
    const asked = record(body) ?? {};
    const [, id = '', what = ''] = /^\/sandbox\/payments\/(cs_sandbox_[0-9a-f]+)\/(payer|refund-outside|webhook)$/.exec(url.pathname) ?? [];
    switch (`${request.method} ${what || url.pathname}`) {
      case 'GET /sandbox/payments':
        return json(200, { payments: this.controls.sessions(url.searchParams.get('reference') ?? '').map((session) => ({ id: session.id, key: session.key ?? null, state: session.state, amount: session.order.amount, refunded: session.refunds.reduce((sum, refund) => sum + refund.amount, 0) })) });
      case 'POST payer': this.controls.payerDoes(id, String(asked.does)); return nothing(204);
      case 'POST refund-outside': this.controls.refundOutside(id, Number(asked.amountInPence)); return nothing(204);
      case 'POST webhook': {
        const event = this.controls.event(id, asked.claims === 'succeeded' ? 'succeeded' : undefined);
        return json(200, { body: event.body, headers: this.controls.signed(event.account, event.body, Number(asked.secondsAgo ?? 0)) });
      }
      case 'POST /sandbox/faults': this.controls.failNext(String(asked.operation), String(asked.fault), Number(asked.times ?? 1), Number(asked.delayInSeconds ?? 1)); return nothing(204);
      case 'DELETE /sandbox/faults': this.controls.clearFaults(); return nothing(204);
      case 'POST /sandbox/webhooks':
        this.controls.deliveries.bend({ ...(asked.copies === undefined ? {} : { copies: Number(asked.copies) }), ...(asked.isHeld === undefined ? {} : { isHeld: asked.isHeld === true }) });
        if (asked.release === 'in-order' || asked.release === 'reversed') await this.controls.deliveries.release(asked.release === 'reversed');
        return nothing(204);
      default: return json(404, { error: { type: 'invalid_request_error', message: 'There is no such control.' } });
    }
  }
}
