import { setTimeout as sleep } from 'node:timers/promises';
import { Conflict, InvalidInput, NotAllowed, NotAuthenticated, NotFound, Unavailable, type FieldError } from './errors';
import type { Outcome, Refusal } from './outcome';
import type { Outbound, OutboundRequest, OutboundResponse } from './provider';
import { retryAfterOf } from './retry-after';
import type { Secret } from './secret';

/** What passes by itself is asked again once, after so long, of which chance decides the half: not everybody who was turned away comes back at once. */
const PAUSE_IN_MS = 400;
/** A person may be waiting: whoever wants us to wait longer is not asked again. */
const LONGEST_PAUSE_IN_SECONDS = 2;

/** Where another deployment's REST API is, and how to call it. @public */
export interface RemoteApiOptions {
  /** `https://payments.neighbour.example`, without a trailing slash. */
  readonly origin: string;
  readonly outbound: Outbound;
  /** The machine credential, `client-id.secret`: sent as a bearer token (RFC 6750). None where the other side answers anybody. */
  readonly credential?: Secret;
  /** 10 seconds unless told. */
  readonly timeoutInSeconds?: number;
  /** How it waits and draws lots before it asks again; a test does neither. */
  readonly patience?: { readonly pause?: (milliseconds: number) => Promise<unknown>; readonly chance?: () => number };
}

/**
 * Calls a capability's REST API at another address: what a contract's HTTP client is made of.
 * What is only read is asked for once more after 429 or a fault (5xx); what changes something, under an idempotency key, by which it happens once, and after 429 or a 503 that says when to come again.
 * Errors come back as the same six that the other side threw; an `Outcome` travels as it is, with 422 when it is a refusal.
 * @public
 */
export class RemoteApi {
  constructor(private readonly options: RemoteApiOptions) {}

  /**
   * The JSON of the answer. Parse it: it comes from outside.
   * @param path begins with a slash; encode what you put into it
   * @throws the six errors; Unavailable also when the other side does not answer, answers with a fault, or not in JSON
   */
  async call(path: string, request: Pick<OutboundRequest, 'method' | 'body' | 'idempotencyKey' | 'headers'> & { readonly query?: Readonly<Record<string, string | undefined>> } = {}): Promise<unknown> {
    const { response, host } = await this.#send(path, request);
    if (response.status === 204) return undefined;
    const json = jsonOf(response);
    if ((response.status >= 200 && response.status < 300) || (response.status === 422 && isRefusal(json))) return json;
    throw errorOf(response, json, host);
  }

  /** The answer as it came, for what is not JSON: a document's bytes. @throws the same as `call` */
  async content(...[path, request = {}]: Parameters<RemoteApi['call']>): Promise<OutboundResponse> {
    const { response, host } = await this.#send(path, { ...request, headers: { accept: '*/*', ...request.headers } });
    if (response.status >= 200 && response.status < 300) return response;
    throw errorOf(response, jsonOf(response), host);
  }

  async #send(path: string, request: NonNullable<Parameters<RemoteApi['call']>[1]>): Promise<{ readonly response: OutboundResponse; readonly host: string }> {
    const { origin, outbound, credential, timeoutInSeconds, patience } = this.options;
    const { query, headers, ...rest } = request;
    const url = new URL(origin + path);
    for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) url.searchParams.set(name, value);
    const ask = (): Promise<OutboundResponse> => outbound.fetch(url.href, { ...rest, timeoutInSeconds, headers: { accept: 'application/json', ...headers, ...(credential && { authorization: `Bearer ${credential.reveal()}` }) } });
    const response = await ask();
    const { pause = sleep, chance = Math.random } = patience ?? {};
    const told = retryAfterOf(response.headers['retry-after']);
    const wait = Math.max(PAUSE_IN_MS * (0.5 + chance() / 2), (told ?? 0) * 1000);
    if (!mayPass(request, response.status, told !== undefined) || wait > LONGEST_PAUSE_IN_SECONDS * 1000) return { response, host: url.host };
    await pause(wait);
    return { response: await ask(), host: url.host };
  }

  /** Calls what answers with an `Outcome`, and parses its value. */
  async outcome<Value, R extends Refusal>(parse: (value: unknown) => Value, ...call: Parameters<RemoteApi['call']>): Promise<Outcome<Value, R>> {
    const answer = await this.call(...call);
    if (isRefusal(answer)) return { ok: false, refusal: { reason: answer.refusal.reason, message: answer.refusal.message } as R };
    if (typeof answer === 'object' && answer !== null && (answer as { ok?: unknown }).ok === true) return { ok: true, value: parse((answer as { value?: unknown }).value) };
    throw new Unavailable('The other side answered in a form that is not known here. Compare the versions of the contract on both sides.');
  }
}

/** A 503 that says nothing of when may be somebody else's silence, behind the other side: whoever wants something changed would wait for that twice. */
function mayPass({ method = 'GET', idempotencyKey }: Pick<OutboundRequest, 'method' | 'idempotencyKey'>, status: number, saysWhen: boolean): boolean {
  if (method === 'GET') return status === 429 || status >= 500;
  return idempotencyKey !== undefined && (status === 429 || (status === 503 && saysWhen));
}

function isRefusal(json: unknown): json is { ok: false; refusal: Refusal } {
  const { ok, refusal } = (typeof json === 'object' && json !== null ? json : {}) as { ok?: unknown; refusal?: { reason?: unknown; message?: unknown } };
  return ok === false && typeof refusal?.reason === 'string' && typeof refusal.message === 'string';
}

function jsonOf(response: OutboundResponse): unknown {
  try { return response.json(); } catch { return undefined; }
}

function errorOf({ status, headers }: OutboundResponse, json: unknown, host: string): Error {
  const problem = (typeof json === 'object' && json !== null ? json : {}) as { detail?: unknown; errors?: unknown };
  const detail = typeof problem.detail === 'string' ? problem.detail : `${host} answered with ${status}.`;
  switch (status) {
    case 400: case 413: case 415: case 422: return new InvalidInput(detail, fieldsOf(problem.errors));
    case 401: return new NotAuthenticated(detail);
    case 403: return new NotAllowed(detail);
    case 404: case 410: return new NotFound(detail);
    case 409: return new Conflict(detail);
    default: {
      const retryAfter = Number(headers['retry-after']);
      return new Unavailable(detail, Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined);
    }
  }
}

function fieldsOf(errors: unknown): FieldError[] {
  if (!Array.isArray(errors)) return [];
  return (errors as readonly unknown[]).flatMap((error) => {
    const { field, message } = (typeof error === 'object' && error !== null ? error : {}) as { field?: unknown; message?: unknown };
    return typeof field === 'string' && typeof message === 'string' ? [{ field, message }] : [];
  });
}
