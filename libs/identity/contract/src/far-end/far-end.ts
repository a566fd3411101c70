import { Unavailable } from '@guildhall/kernel-contract';
import type { Outbound, OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';

const TIMEOUT_IN_SECONDS = 5;
const MOST_TRIES = 3;
/** Configurations, keys and tokens are small: whoever sends more is not to be read. */
const MOST_BYTES = 1_000_000;
/** A person waits before the browser: however long the far end asks us to wait, this is the longest. */
const LONGEST_PAUSE_IN_MS = 2_000;
const FIRST_PAUSE_IN_MS = 200;

/** The far end said that it cannot just now. It is an Unavailable for everybody else. @beta */
export class FarEndBusy extends Unavailable {
  constructor(host: string, readonly answered: number, retryAfterInSeconds: number | undefined) {
    super(`${host} answered with ${answered}.`, retryAfterInSeconds);
  }
}

/** How a provider waits and draws lots: a test does neither. @beta */
export interface Patience { readonly pause?: (milliseconds: number) => Promise<void>; readonly chance?: () => number }
/** One request of a library that speaks HTTP by `fetch`. @beta */
export interface LibraryRequest { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: unknown }

/**
 * Calls to the far end of a sign-in: each with a name, a time-out, and patience where asking again does no harm.
 * @beta
 */
export class FarEnd {
  readonly #pause: (milliseconds: number) => Promise<void>;
  readonly #chance: () => number;

  /** @param userAgent whoever runs the far end sees who calls; GOV.UK One Login answers 403 to every call that does not say it */
  constructor(private readonly outbound: Outbound, private readonly userAgent: string, { pause, chance }: Patience = {}) {
    this.#pause = pause ?? ((milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); }));
    this.#chance = chance ?? Math.random;
  }

  /** Reads: asked again when the far end is busy or silent. @throws Unavailable */
  async read(url: string, headers: Readonly<Record<string, string>> = {}): Promise<OutboundResponse> {
    return this.patiently(() => this.send(url, { headers }), () => true);
  }

  /** Sends once. @throws FarEndBusy when it answers with 429 or 5xx; Unavailable when it does not answer */
  async send(url: string, { headers, ...request }: OutboundRequest): Promise<OutboundResponse> {
    const response = await this.outbound.fetch(url, { ...request, headers: { ...headers, 'user-agent': this.userAgent }, timeoutInSeconds: TIMEOUT_IN_SECONDS });
    if (response.status === 429 || response.status >= 500) throw new FarEndBusy(new URL(url).host, response.status, Number(response.headers['retry-after']) || undefined);
    if (response.bytes().byteLength > MOST_BYTES) throw new Unavailable(`${new URL(url).host} sent more than it should.`);
    return response;
  }

  /** What a library calls instead of `fetch`: its reads are asked again, and what it sends is sent once. */
  readonly fetch = async (url: string, { method, headers, body }: LibraryRequest): Promise<Response> => {
    const response = method === 'GET'
      ? await this.read(url, headers)
      : await this.send(url, { method: 'POST', headers, ...(typeof body === 'string' || body instanceof URLSearchParams || body instanceof Uint8Array ? { body } : {}) });
    return new Response(response.status === 204 ? null : response.text(), { status: response.status, headers: response.headers });
  };

  /** Does it, and once or twice again after failures of the kind that may pass: with growing pauses, of which chance decides the half, so that not everybody comes back at once. */
  async patiently<Result>(action: () => Promise<Result>, mayPass: (error: unknown) => boolean): Promise<Result> {
    for (let tries = 1; ; tries++) {
      try {
        return await action();
      } catch (error) {
        const busy = busyIn(error);
        if (tries >= MOST_TRIES || !(error instanceof Error) || !mayPass(error)) throw error;
        const wanted = busy?.retryAfterInSeconds ? busy.retryAfterInSeconds * 1000 : FIRST_PAUSE_IN_MS * 2 ** tries * (0.5 + this.#chance() / 2);
        await this.#pause(Math.min(LONGEST_PAUSE_IN_MS, wanted));
      }
    }
  }
}

/** The far end's own word that it is busy, wherever a library put it. @beta */
export function busyIn(error: unknown): FarEndBusy | undefined {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof FarEndBusy) return each;
  return undefined;
}
