import type { IncomingMessage } from 'node:http';
import type { Answer } from '@guildhall/payments-contract/far-end';
import { header } from '@guildhall/payments-contract/far-end';
import type { KnownAccount } from './accounts';
import type { AgreementsApi } from './agreements-api';
import type { PayOperation } from './faults';
import type { PaymentsApi } from './payments-api';
import type { CountedCall } from './rate-limits';
import type { Searches } from './searches';

interface Route { readonly operation: PayOperation; readonly counted: CountedCall; readonly answer: (account: KnownAccount, body: string) => Answer }

/** Which call of the API a request is. */
export class ApiRoutes {
  constructor(private readonly payments: PaymentsApi, private readonly agreements: AgreementsApi, private readonly searches: Searches) {}

  /** The one call that no key opens, only its token. */
  authorise(body: string): Answer { return this.payments.authorise(body); }

  find(request: IncomingMessage, { pathname, searchParams }: URL): Route | undefined {
    const method = request.method ?? 'GET';
    // A slash at the end is in the documentation's own examples.
    const path = pathname.replace(/\/$/, '');
    switch (`${method} ${path}`) {
      case 'POST /v1/payments': return { operation: 'create', counted: 'create', answer: (account, body) => this.payments.create(account, header(request, 'idempotency-key'), body) };
      case 'GET /v1/payments': return { operation: 'search', counted: 'get', answer: (account) => this.searches.payments(account, searchParams) };
      case 'GET /v1/refunds': return { operation: 'search-refunds', counted: 'get', answer: (account) => this.searches.refunds(account, searchParams) };
      case 'GET /v1/disputes': return { operation: 'search-disputes', counted: 'get', answer: (account) => this.searches.disputes(account, searchParams) };
      case 'POST /v1/agreements': return { operation: 'create-agreement', counted: 'other-post', answer: (account, body) => this.agreements.create(account, body) };
      case 'GET /v1/agreements': return { operation: 'search-agreements', counted: 'get', answer: (account) => this.searches.agreements(account, searchParams) };
      default: return this.#ofOnePayment(method, path) ?? this.#ofOneAgreement(method, path);
    }
  }

  #ofOnePayment(method: string, path: string): Route | undefined {
    const [, id = '', rest = '', refundId = ''] = /^\/v1\/payments\/([^/]+)(?:\/(cancel|capture|events|refunds)(?:\/([^/]+))?)?$/.exec(path) ?? [];
    switch (id && `${method} ${rest}${refundId ? '/one' : ''}`) {
      case 'GET ': return { operation: 'fetch', counted: 'get', answer: (account) => this.payments.fetch(account, id) };
      case 'GET events': return { operation: 'events', counted: 'get', answer: (account) => this.payments.events(account, id) };
      case 'GET refunds': return { operation: 'refunds', counted: 'get', answer: (account) => this.payments.refunds(account, id) };
      case 'GET refunds/one': return { operation: 'refunds', counted: 'get', answer: (account) => this.payments.oneRefund(account, id, refundId) };
      case 'POST cancel': return { operation: 'cancel', counted: 'other-post', answer: (account) => this.payments.cancel(account, id) };
      case 'POST capture': return { operation: 'capture', counted: 'capture', answer: (account) => this.payments.capture(account, id) };
      case 'POST refunds': return { operation: 'refund', counted: 'other-post', answer: (account, body) => this.payments.refund(account, id, body) };
      default: return undefined;
    }
  }

  #ofOneAgreement(method: string, path: string): Route | undefined {
    const [, id = '', rest = ''] = /^\/v1\/agreements\/([^/]+)(\/cancel)?$/.exec(path) ?? [];
    switch (id && `${method} ${rest}`) {
      case 'GET ': return { operation: 'fetch-agreement', counted: 'get', answer: (account) => this.agreements.fetch(account, id) };
      case 'POST /cancel': return { operation: 'cancel-agreement', counted: 'other-post', answer: (account) => this.agreements.cancel(account, id) };
      default: return undefined;
    }
  }
}
