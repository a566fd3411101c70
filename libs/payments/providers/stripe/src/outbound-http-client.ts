import type { Outbound } from '@guildhall/kernel-contract';
import type Stripe = require('stripe');

type HttpClient = NonNullable<Stripe.StripeConfig['httpClient']>;

/** A page of a hundred sessions with all that is expanded has some 600 kB; what is far larger is something else. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Lets Stripe's client call by the kernel's outbound HTTP, as everything else does: with its time-outs, this machine under `*.localhost`, and never inside a transaction.
 */
export class OutboundHttpClient implements HttpClient {
  constructor(private readonly outbound: Outbound, private readonly origin: string) {}

  getClientName(): string { return 'guildhall'; }

  async makeRequest(...[, , path, method, headers, requestData, , timeoutInMilliseconds]: Parameters<HttpClient['makeRequest']>): Promise<Awaited<ReturnType<HttpClient['makeRequest']>>> {
    const sent = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const).filter(([name]) => name !== 'content-length');
    const response = await this.outbound.fetch(`${this.origin}${path}`, {
      method: method === 'POST' || method === 'DELETE' ? method : 'GET', headers: Object.fromEntries(sent), timeoutInSeconds: timeoutInMilliseconds / 1000, ...(method === 'GET' ? {} : { body: requestData }),
    });
    const raw = { statusCode: response.status, headers: response.headers };
    return {
      getStatusCode: () => response.status, getHeaders: () => response.headers, getRawResponse: () => raw,
      toStream: () => { throw new TypeError('Nothing is streamed here.'); },
      toJSON: async () => {
        const body = response.bytes().byteLength > MOST_BYTES ? undefined : parsed(response.text());
        // What is no error of the API's own, such as a proxy's page with 502, would pass for an answer: the client looks for "error" alone.
        if (response.status >= 400 && !isRecord(body?.error)) return { error: { type: 'api_error', message: 'Not an error of the API.' } };
        if (!body) throw new SyntaxError('Not an answer of the API.');
        return body;
      },
    };
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch { return undefined; }
}
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> { return typeof value === 'object' && value !== null && !Array.isArray(value); }
