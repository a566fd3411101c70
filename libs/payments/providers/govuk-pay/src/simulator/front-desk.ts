import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, PlannedFault } from '@guildhall/payments-contract/far-end';
import { CARD_PAGE_STYLE, bodyOf, govUkPayProblem, header, html, nothing, send, styleSheet } from '@guildhall/payments-contract/far-end';
import type { Accounts } from './accounts';
import type { ApiRoutes } from './api-routes';
import type { ControlDesk } from './control-desk';
import type { PayFault, PayFaults, PayOperation } from './faults';
import type { PayerPages } from './payer-pages';
import { CARD_PAGE } from './payer-pages';
import type { RateLimits } from './rate-limits';

/** Takes every request: the API with its key, limits and faults, the payer's pages, and the controls. */
export class FrontDesk {
  constructor(
    private readonly accounts: Accounts, private readonly limits: RateLimits, private readonly faults: PayFaults, private readonly routes: ApiRoutes,
    private readonly pages: PayerPages, private readonly control: ControlDesk,
  ) {}

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://pay.example');
      const [, area = ''] = url.pathname.split('/');
      if (area === 'v1') return await this.#serveApi(request, response, url);
      const body = request.method === 'POST' || request.method === 'DELETE' ? await bodyOf(request) : '';
      send(response, area === 'simulator' ? await this.control.answer(request, url, body) : this.#page(request, url, body));
    } catch (error) {
      if (response.headersSent) return;
      send(response, error instanceof RangeError ? govUkPayProblem(400, 'P0920', error.message) : govUkPayProblem(500, 'P0198', 'Downstream system error'));
    }
  }

  async #serveApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (request.method === 'POST' && url.pathname === '/v1/auth') return this.#answer(request, response, 'auth', () => (body) => this.routes.authorise(body));
    const account = this.accounts.openedBy(request.headers.authorization);
    if (!account) return send(response, { status: 401, headers: { 'content-type': 'text/plain', 'www-authenticate': 'Bearer realm="realm"' }, body: 'Credentials are required to access this resource.' });
    const route = this.routes.find(request, url);
    if (!route) return send(response, govUkPayProblem(404, 'P0200', 'Not found'));
    if (!this.limits.allows(account, route.counted)) return send(response, govUkPayProblem(429, 'P0900', 'Too many requests'));
    return this.#answer(request, response, route.operation, () => (body) => route.answer(account, body));
  }

  /** Answers one call, or lets it go wrong as was planned. */
  async #answer(request: IncomingMessage, response: ServerResponse, operation: PayOperation, doing: () => (body: string) => Answer): Promise<void> {
    const planned = this.faults.next(operation);
    if (planned?.fault === 'lose-request') return void request.socket.destroy();
    const instead = planned && INSTEAD[planned.fault]?.();
    if (instead) return send(response, instead);
    const body = await bodyOf(request);
    // The firewall in front of the API lets nothing else through than JSON.
    const isJson = /^application\/json\b/i.test(header(request, 'content-type') ?? '');
    if (body !== '' && !isJson) return send(response, govUkPayProblem(400, 'P0920', 'Request blocked by security rules. Please consult API documentation for more information.'));
    const answer = doing()(body);
    if (planned?.fault === 'lose-answer') return void request.socket.destroy();
    if (planned?.fault === 'delay') await wait(planned.delayInSeconds * 1000);
    send(response, planned ? bent(answer, planned) : answer);
  }

  #page(request: IncomingMessage, { pathname, searchParams }: URL, body: string): Answer {
    const isRead = request.method === 'GET';
    if (isRead && pathname === '/style.css') return styleSheet(CARD_PAGE_STYLE);
    if (isRead && pathname === '/favicon.ico') return nothing(204);
    if (isRead && pathname.startsWith('/secure/')) return this.pages.enter(request, pathname.slice('/secure/'.length));
    if (request.method === 'POST' && pathname === '/secure') return this.pages.enter(request, new URLSearchParams(body).get('chargeTokenId') ?? '');
    const [, id = '', rest = ''] = /^\/card_details\/([a-z0-9]+)(\/cancel|\/expire)?$/.exec(pathname) ?? [];
    if (id && isRead && rest === '') return this.pages.show(request, id, searchParams);
    if (id && request.method === 'POST') return rest === '' ? this.pages.pay(request, id, searchParams, new URLSearchParams(body)) : this.pages.end(request, id, searchParams, rest === '/cancel' ? 'P0030' : 'P0020');
    return html(404, CARD_PAGE.notice('en', 'notFound', undefined));
  }
}

/** Answers that come in place of the real one, and nothing is done. */
const INSTEAD: Readonly<Partial<Record<PayFault, () => Answer>>> = {
  unavailable: () => govUkPayProblem(503, 'P0999', 'GOV.UK Pay is unavailable'), 'server-error': () => govUkPayProblem(500, 'P0198', 'Downstream system error'), 'too-many': () => govUkPayProblem(429, 'P0900', 'Too many requests'),
  nonsense: () => html(200, '<!DOCTYPE html><title>Proxy</title><p>Please sign in to the network.</p>'),
  'key-race': () => govUkPayProblem(409, 'P0191', 'The `Idempotency-Key` you sent in the request header has already been used to create a payment.'),
};

/** An answer that was done and comes back other than it should. */
function bent(answer: Answer, { fault }: PlannedFault<PayOperation, PayFault>): Answer {
  switch (fault) {
    case 'unknown-state': return { ...answer, body: answer.body.replace(/"status":"[a-z]+"/, '"status":"marinating"') };
    case 'cut-off': return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    case 'oversize': return { ...answer, body: `{"padding":"${'x'.repeat(5 * 1024 * 1024)}",${answer.body.slice(1)}` };
    case 'elsewhere': return { ...answer, body: answer.body.replace(/http:\/\/localhost:\d+\/secure/g, 'https://pay.example/secure') };
    default: return answer;
  }
}
