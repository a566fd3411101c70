import { Unavailable, isGuildhallError, retryAfterOf, type OutboundRequest, type OutboundResponse, type ProviderDependencies } from '@guildhall/kernel-contract';
import { UnreadableDocument, readDocument, type DocumentKind, type Documents, type Format } from '@guildhall/open311-contract';
import type { Open311ClientOptions } from './open311-client.options';

/** Unless the council says otherwise. */
const TIMEOUT_IN_SECONDS = 10;
/** Services change seldom, and their addresses more seldom still: asked for again after so long. */
const KEPT_FOR_MS = 3_600_000;

/** Fields of a query or a form; a list sends several under one name. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Calls of one GeoReport v2 server: where it is, its key, its jurisdiction, its format. */
export class GeoReportCalls {
  readonly format: Format;
  readonly #kept = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();
  constructor(private readonly options: Open311ClientOptions, private readonly dependencies: Pick<ProviderDependencies, 'outbound' | 'clock'>) { this.format = options.format ?? 'xml'; }

  async get(path: string, query: Fields = {}): Promise<OutboundResponse> {
    const [url, guard] = await this.target(path);
    return this.fetch(`${url}?${this.encoded(query).toString()}`, { method: 'GET', ...guard });
  }
  async post(path: string, form: Fields, idempotencyKey: string): Promise<OutboundResponse> {
    const [url, guard] = await this.target(path);
    return this.fetch(url, { method: 'POST', body: this.encoded(form), idempotencyKey, ...guard });
  }

  /** @throws Unavailable when the answer is not that document */
  read<Kind extends DocumentKind>(kind: Kind, answer: OutboundResponse): Documents[Kind] {
    if (answer.status < 200 || answer.status > 299) throw unanswered(answer);
    return readOrUnavailable(kind, answer, this.format);
  }

  /** What the server says is wrong; undefined when it says nothing that can be read: then it may not be the server at all. */
  errors(answer: OutboundResponse): Documents['errors'] | undefined {
    try {
      const errors = readDocument('errors', answer.text(), this.format);
      return errors.length ? errors : undefined;
    } catch (error) {
      if (error instanceof UnreadableDocument) return undefined;
      throw error;
    }
  }

  services(): Promise<Documents['services']> {
    return this.kept('services', async () => this.read('services', await this.get('services')));
  }
  /** What is asked of a report; nothing when the service asks nothing. */
  definition(code: string): Promise<Documents['definition']> {
    return this.kept(`definition ${code}`, async () => {
      const answer = await this.get(`services/${encodeURIComponent(code)}`);
      return answer.status === 404 ? { service_code: code, attributes: [] } : this.read('definition', answer);
    });
  }
  /** Services are asked for anew. */
  forget(): void { this.#kept.clear(); }

  private async base(): Promise<string> {
    const { endpoint } = this.options;
    const [, format] = /\/discovery\.(xml|json)$/.exec(endpoint) ?? [];
    return format === undefined ? endpoint.replace(/\/+$/, '') : this.kept('base', () => this.discover(endpoint, format as Format));
  }

  private async discover(address: string, format: Format): Promise<string> {
    const answer = await this.fetch(address, { method: 'GET' });
    if (answer.status !== 200) throw unanswered(answer);
    const { endpoints } = readOrUnavailable('discovery', answer, format);
    const mine = endpoints.filter(({ url, specification }) => /georeport_v2/i.test(specification) && URL.canParse(url));
    const found = mine.find(({ type }) => type === 'production') ?? mine[0];
    if (!found) throw new Unavailable('The discovery document names no endpoint of GeoReport v2.');
    const [target, asked] = [new URL(found.url), new URL(address)];
    // The key goes there: not in the clear to a place that somebody else named.
    if (target.protocol !== 'https:' && target.origin !== asked.origin) throw new Unavailable('The discovery document leads to an address without HTTPS: the key is not sent there.');
    return found.url.replace(/\/+$/, '');
  }

  /** An address that the far end named itself leads to the public internet, or to where it was named: it must not turn our calls, and the key in them, on the council's own network. */
  private async target(path: string): Promise<readonly [url: string, guard: Pick<OutboundRequest, 'onlyPublic'>]> {
    const base = await this.base();
    const { origin } = new URL(this.options.endpoint);
    return [`${base}/${path}.${this.format}`, new URL(base).origin === origin ? {} : { onlyPublic: { except: [origin] } }];
  }

  private encoded(fields: Fields): URLSearchParams {
    const encoded = new URLSearchParams({ api_key: this.options.apiKey.reveal(), ...(this.options.jurisdictionId !== undefined && { jurisdiction_id: this.options.jurisdictionId }) });
    for (const [name, value] of Object.entries(fields)) for (const one of value === undefined ? [] : [value].flat()) encoded.append(name, one as string);
    return encoded;
  }

  private async fetch(url: string, request: OutboundRequest): Promise<OutboundResponse> {
    try {
      return await this.dependencies.outbound.fetch(url, { timeoutInSeconds: this.options.timeoutInSeconds ?? TIMEOUT_IN_SECONDS, ...request });
    } catch (error) {
      if (isGuildhallError(error) && error.code === 'not-allowed') throw new Unavailable('The discovery document leads into a network that is not the public internet: nothing is sent there.');
      throw error;
    }
  }

  /** Kept for a while, and not when it failed. */
  private kept<Value>(name: string, ask: () => Promise<Value>): Promise<Value> {
    const now = this.dependencies.clock.now().getTime();
    const found = this.#kept.get(name);
    if (found && now - found.at < KEPT_FOR_MS) return found.value as Promise<Value>;
    const value = ask();
    this.#kept.set(name, { at: now, value });
    value.catch(() => this.#kept.delete(name));
    return value;
  }
}

function readOrUnavailable<Kind extends DocumentKind>(kind: Kind, answer: OutboundResponse, format: Format): Documents[Kind] {
  try {
    return readDocument(kind, answer.text(), format);
  } catch (error) {
    if (error instanceof UnreadableDocument) throw new Unavailable(`The answer cannot be read: ${error.message}`);
    throw error;
  }
}

/** An answer that is none. @returns Unavailable */
export function unanswered({ status, headers }: Pick<OutboundResponse, 'status' | 'headers'>): Unavailable {
  return new Unavailable(`The system answered with ${status}.`, retryAfterOf(headers['retry-after']));
}
