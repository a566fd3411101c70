import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Companion, Council, Log, RunningCompanion } from '@guildhall/kernel-contract';
import type { Answer } from '@guildhall/payments-contract/far-end';
import { CARD_PAGE_STYLE, bodyOf, govUkPayProblem, header, html, json, nothing, record, send, serveOnThisMachine, styleSheet } from '@guildhall/payments-contract/far-end';
import { FarEndControls } from './controls';
import type { FarFaults, FarOperation } from './faults';
import { noFaults } from './faults';
import { CARD_PAGE, PayerPages } from './payer-pages';
import type { FarPayment, FarTimes } from './payment-book';
import { PaymentBook } from './payment-book';
import { PaymentsApiOfFarEnd } from './payments-api';

/** A far end that runs: its origin, and what a test can do to it. */
export interface RunningFarEnd extends RunningCompanion { readonly controls: FarEndControls }
/** How a far end is started outside the kernel, by tests. */
export interface FarEndOptions { readonly port: number; readonly dataFolder: string; readonly councils: readonly Council[]; readonly log: Log; readonly times?: Partial<FarTimes>; readonly now?: () => Date }

const TIMES: FarTimes = { expiresAfterInSeconds: 90 * 60, refundsTakeInSeconds: 5, slowBankInSeconds: 20 };

/** Starts the far end on the loopback interface only. */
export async function startFarEnd(options: FarEndOptions): Promise<RunningFarEnd> {
  const now = options.now ?? (() => new Date());
  const book = new PaymentBook(path.join(options.dataFolder, 'sandbox-redirect'), { ...TIMES, ...options.times }, now);
  const faults = noFaults();
  const controls = new FarEndControls(book, faults);
  const payeeOf = (account: string, language: 'en' | 'cy'): string => options.councils.find((council) => council.slug === account)?.name[language] ?? account;
  let origin = '';
  const desk = new FrontDesk(book, faults, controls, new PaymentsApiOfFarEnd(book, () => origin), new PayerPages(book, payeeOf, now), options.log);
  const server = await serveOnThisMachine(options.port, (request, response) => desk.serve(request, response));
  ({ origin } = server);
  return {
    origin, controls,
    stop: async () => {
      await server.close();
      book.close();
    },
  };
}

/** The far end as the kernel starts it beside the council's server. */
export const redirectFarEnd: Companion = {
  id: 'payments.sandbox-redirect', title: 'Sandbox payments (redirect and fetch)',
  start: ({ port, dataFolder, councils, log }) => startFarEnd({ port, dataFolder, councils, log }),
};

class FrontDesk {
  constructor(
    private readonly book: PaymentBook, private readonly faults: FarFaults, private readonly controls: FarEndControls,
    private readonly api: PaymentsApiOfFarEnd, private readonly pages: PayerPages, private readonly log: Log,
  ) {}

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://far-end.example');
      const [, area = ''] = url.pathname.split('/');
      if (area === 'v1') return await this.serveApi(request, response, url);
      const body = request.method === 'POST' || request.method === 'DELETE' ? await bodyOf(request) : '';
      send(response, area === 'sandbox' ? this.control(request, url, body) : this.page(request, url, body));
    } catch (error) {
      this.log.error('sandbox-redirect.failed', { reason: error instanceof Error ? error.name : 'unknown' });
      if (!response.headersSent) send(response, govUkPayProblem(error instanceof RangeError ? 400 : 500, 'P0999', 'There is a problem'));
    }
  }

  private async serveApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const account = this.accountOf(request);
    if (account === undefined) return send(response, govUkPayProblem(401, 'P0920', 'Credentials are required to access this resource'));
    const route = this.route(request.method ?? 'GET', url.pathname);
    if (!route) return send(response, govUkPayProblem(404, 'P0200', 'Not found'));
    const planned = this.faults.next(route.operation);
    if (planned?.fault === 'lose-request') return void request.socket.destroy();
    if (planned?.fault === 'unavailable') return send(response, govUkPayProblem(503, 'P0999', 'GOV.UK Pay is unavailable'));
    if (planned?.fault === 'nonsense') return send(response, html(200, '<!DOCTYPE html><title>Proxy</title><p>Please sign in to the network.</p>'));
    const body = await bodyOf(request);
    const answer = route.answer(account, body, request);
    if (planned?.fault === 'lose-answer') return void request.socket.destroy();
    if (planned?.fault === 'delay') await wait(planned.delayInSeconds * 1000);
    send(response, planned?.fault === 'unknown-state' ? { ...answer, body: answer.body.replace(/"status":"[a-z]+"/, '"status":"marinating"') } : answer);
  }

  private route(method: string, pathname: string): { readonly operation: FarOperation; readonly answer: (account: string, body: string, request: IncomingMessage) => Answer } | undefined {
    if (method === 'POST' && pathname === '/v1/payments') return { operation: 'create', answer: (account, body, request) => this.api.create(account, header(request, 'idempotency-key'), body) };
    const [, id = '', rest = ''] = /^\/v1\/payments\/([a-z0-9]+)(\/cancel|\/refunds)?$/.exec(pathname) ?? [];
    if (!id) return undefined;
    if (method === 'GET' && rest === '') return { operation: 'fetch', answer: (account) => this.api.fetch(account, id) };
    if (method === 'POST' && rest === '/cancel') return { operation: 'cancel', answer: (account) => this.api.cancel(account, id) };
    if (method === 'POST' && rest === '/refunds') return { operation: 'refund', answer: (account, body) => this.api.refund(account, id, body) };
    if (method === 'GET' && rest === '/refunds') return { operation: 'refunds', answer: (account) => this.api.refunds(account, id) };
    return undefined;
  }

  /** A key is `api_sandbox_<account>_<secret>`. */
  private accountOf(request: IncomingMessage): string | undefined {
    const [, key = '', account = ''] = /^Bearer (api_sandbox_([a-z][a-z0-9-]*)_[0-9a-f]{64})$/.exec(request.headers.authorization ?? '') ?? [];
    return account && this.book.opens(account, key) ? account : undefined;
  }

  private page(request: IncomingMessage, url: URL, body: string): Answer {
    const { pathname, searchParams } = url;
    const isRead = request.method === 'GET';
    if (isRead && pathname === '/style.css') return styleSheet(CARD_PAGE_STYLE);
    if (isRead && pathname === '/favicon.ico') return nothing(204);
    if (isRead && pathname.startsWith('/secure/')) return this.pages.enter(request, pathname.slice('/secure/'.length));
    const [, id = '', rest = ''] = /^\/card_details\/([a-z0-9]+)(\/cancel|\/expire)?$/.exec(pathname) ?? [];
    if (id && isRead && rest === '') return this.pages.show(request, id, searchParams);
    if (id && request.method === 'POST') return rest === '' ? this.pages.pay(request, id, searchParams, new URLSearchParams(body)) : this.pages.end(request, id, searchParams, rest === '/cancel' ? 'P0030' : 'P0020');
    return html(404, CARD_PAGE.notice('en', 'notFound', undefined));
  }

  /** Only for tests and demonstrations; the header keeps other sites' pages out, because no form can send it. */
  private control(request: IncomingMessage, url: URL, body: string): Answer {
    if (header(request, 'sandbox-control') !== 'yes') return govUkPayProblem(403, 'P0920', 'Send the header Sandbox-Control: yes');
    const asked = record(body) ?? {};
    const [, id = '', what = ''] = /^\/sandbox\/payments\/([a-z0-9]+)\/(payer|refund-outside)$/.exec(url.pathname) ?? [];
    if (request.method === 'GET' && url.pathname === '/sandbox/payments') return json(200, { payments: this.controls.payments(url.searchParams.get('reference') ?? '').map(viewForTests) });
    if (request.method === 'POST' && url.pathname === '/sandbox/faults') this.controls.failNext(String(asked.operation), String(asked.fault), Number(asked.times ?? 1), Number(asked.delayInSeconds ?? 1));
    else if (request.method === 'DELETE' && url.pathname === '/sandbox/faults') this.controls.clearFaults();
    else if (request.method === 'POST' && what === 'payer') this.controls.payerDoes(id, String(asked.does));
    else if (request.method === 'POST' && what === 'refund-outside') this.controls.refundOutside(id, Number(asked.amountInPence));
    else if (request.method === 'POST' && url.pathname === '/sandbox/refunds') this.controls.finishRefunds(asked.state === 'error' ? 'error' : 'succeeded');
    else return govUkPayProblem(404, 'P0200', 'Not found');
    return nothing(204);
  }
}

function viewForTests(payment: FarPayment): object {
  return { id: payment.id, key: payment.key ?? null, status: payment.status, code: payment.code ?? null, amount: payment.order.amount, refunded: payment.refunds.reduce((sum, refund) => (refund.status === 'error' ? sum : sum + refund.amount), 0) };
}
