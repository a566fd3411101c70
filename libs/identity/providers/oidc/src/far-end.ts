import { Unavailable } from '@guildhall/kernel-contract';
import type { Outbound, OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';

/** Whoever runs the far end sees who calls. */
const USER_AGENT = 'guildhall-oidc/0.1';
const TIMEOUT_IN_SECONDS = 5;
const MOST_TRIES = 3;
/** Configurations, keys and tokens are small: whoever sends more is not to be read. */
const MOST_BYTES = 1_000_000;
/** A person waits before the browser: however long the far end asks us to wait, this is the longest. */
const LONGEST_PAUSE_IN_MS = 2_000;
const FIRST_PAUSE_IN_MS = 200;

/** The far end said that it cannot just now. It is an Unavailable for everybody else. */
export class FarEndBusy extends Unavailable {
  constructor(host: string, readonly answered: number, retryAfterInSeconds: number | undefined) {
    super(`${host} answered with ${answered}.`, retryAfterInSeconds);
  }
}

/** Waits so many milliseconds. A test waits none. */
export type Pause = (milliseconds: number) => Promise<void>;

/** Calls to the far end: each with a name, a time-out, and patience where asking again does no harm. */
export class FarEnd {
  constructor(private readonly outbound: Outbound, private readonly pause: Pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); }), private readonly chance: () => number = Math.random) {}

  /** Reads: asked again when the far end is busy or silent. @throws Unavailable */
  async read(url: string, headers: Readonly<Record<string, string>> = {}): Promise<OutboundResponse> {
    return this.patiently(() => this.send(url, { headers }), () => true);
  }

  /** Sends once. @throws FarEndBusy when it answers with 429 or 5xx; Unavailable when it does not answer */
  async send(url: string, { headers, ...request }: OutboundRequest): Promise<OutboundResponse> {
    const response = await this.outbound.fetch(url, { ...request, headers: { ...headers, 'user-agent': USER_AGENT }, timeoutInSeconds: TIMEOUT_IN_SECONDS });
    if (response.status === 429 || response.status >= 500) throw new FarEndBusy(new URL(url).host, response.status, Number(response.headers['retry-after']) || undefined);
    if (response.bytes().byteLength > MOST_BYTES) throw new Unavailable(`${new URL(url).host} sent more than it should.`);
    return response;
  }

  /** Does it, and once or twice again after failures of the kind that may pass: with growing pauses, of which chance decides the half, so that not everybody comes back at once. */
  async patiently<Result>(action: () => Promise<Result>, mayPass: (error: unknown) => boolean): Promise<Result> {
    for (let tries = 1; ; tries++) {
      try {
        return await action();
      } catch (error) {
        const busy = busyIn(error);
        if (tries >= MOST_TRIES || !(error instanceof Error) || !mayPass(error)) throw error;
        const wanted = busy?.retryAfterInSeconds ? busy.retryAfterInSeconds * 1000 : FIRST_PAUSE_IN_MS * 2 ** tries * (0.5 + this.chance() / 2);
        await this.pause(Math.min(LONGEST_PAUSE_IN_MS, wanted));
      }
    }
  }
}

/** The far end's own word that it is busy, wherever a library put it. */
export function busyIn(error: unknown): FarEndBusy | undefined {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof FarEndBusy) return each;
  return undefined;
}
