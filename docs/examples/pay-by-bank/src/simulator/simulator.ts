import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RunningCompanion } from '@guildhall/kernel-contract';
import { Faults, bodyOf, goTo, header, html, json, send, serveOnThisMachine, styleSheet, type Answer, type PageLanguage } from '@guildhall/payments-contract/far-end';
import { BANKS, BANK_PAGE_STYLE, bankPage, overPage } from './bank-page';
import { PaymentBook } from './payment-book';
import { PayByBankApi } from './payments-api';

const OPERATIONS = ['create', 'fetch', 'cancel', 'refund', 'refunds'] as const;
const FAULTS = ['lose-request', 'lose-answer', 'unavailable', 'nonsense', 'unknown-state'] as const;
type Operation = (typeof OPERATIONS)[number];

/** A simulator that runs, and what a test can do to it. */
export interface RunningPayByBankSimulator extends RunningCompanion { readonly book: PaymentBook; readonly faults: Faults<Operation, (typeof FAULTS)[number]> }
export interface PayByBankSimulatorOptions { readonly port: number; readonly apiKeys: readonly string[]; readonly now?: () => Date }

/** Starts Pay by bank's far end on this machine, as its documentation describes it: the API, and the page on which people choose their bank. */
export async function startPayByBankSimulator({ port, apiKeys, now = () => new Date() }: PayByBankSimulatorOptions): Promise<RunningPayByBankSimulator> {
  const book = new PaymentBook(now);
  const faults = new Faults(OPERATIONS, FAULTS);
  const accounts = apiKeys.map((key) => Buffer.from(`Bearer ${key}`));
  let origin = '';
  const api = new PayByBankApi(book, () => origin);
  const server = await serveOnThisMachine(port, async (request, response) => {
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (url.pathname.startsWith('/transfers')) return await answerProgram(request, response, url);
      send(response, url.pathname === '/style.css' ? styleSheet(BANK_PAGE_STYLE) : await answerPayer(request, url));
    } catch (error) {
      send(response, json(error instanceof RangeError ? 404 : 500, { code: 'not-found' }));
    }
  });
  ({ origin } = server);

  async function answerProgram(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const given = Buffer.from(header(request, 'authorization') ?? '');
    const account = accounts.findIndex((key) => key.length === given.length && timingSafeEqual(key, given));
    if (account < 0) return send(response, json(401, { code: 'not-allowed' }));
    const [, , id = '', more = ''] = url.pathname.split('/');
    const operation = operationOf(request.method ?? '', id, more);
    if (!operation) return send(response, json(404, { code: 'not-found' }));
    const fault = faults.next(operation)?.fault;
    if (fault === 'lose-request') return void request.socket.destroy();
    if (fault === 'unavailable') return send(response, json(503, { code: 'busy' }));
    if (fault === 'nonsense') return send(response, html(200, '<h1>A proxy</h1>'));
    const answer = act(operation, String(account), id, header(request, 'idempotency-key') ?? '', await bodyOf(request));
    if (fault === 'lose-answer') return void request.socket.destroy();
    send(response, fault === 'unknown-state' ? { ...answer, body: answer.body.replace(/"state":"[a-z-]+"/, '"state":"pondering"') } : answer);
  }

  function act(operation: Operation, account: string, id: string, key: string, body: string): Answer {
    switch (operation) {
      case 'create': return api.create(account, key, body);
      case 'fetch': return api.fetch(account, id);
      case 'cancel': return api.cancel(account, id);
      case 'refund': return api.refund(account, id, key, body);
      case 'refunds': return api.refunds(account, id);
    }
  }

  async function answerPayer(request: IncomingMessage, url: URL): Promise<Answer> {
    const payment = book.find(url.pathname.split('/')[2] ?? '');
    const { returnUrl } = payment.order;
    const language: PageLanguage = url.searchParams.get('lang') === 'cy' ? 'cy' : 'en';
    if (payment.state !== 'choosing-bank') return html(410, overPage(payment, language));
    const chosen = request.method === 'POST' ? new URLSearchParams(await bodyOf(request)).get('bank') : null;
    const bank = BANKS.find(({ id }) => id === chosen);
    if (!bank && chosen !== 'none') return html(200, bankPage(payment, language), [new URL(returnUrl).origin]);
    book.move(payment, bank?.does ?? 'abandoned', bank?.name);
    return goTo(returnUrl);
  }

  return { origin, book, faults, stop: () => server.close() };
}

function operationOf(method: string, id: string, more: string): Operation | undefined {
  if (id === '') return method === 'POST' ? 'create' : undefined;
  if (more === 'refunds') return method === 'POST' ? 'refund' : 'refunds';
  if (more === 'stop') return method === 'POST' ? 'cancel' : undefined;
  return more === '' && method === 'GET' ? 'fetch' : undefined;
}
