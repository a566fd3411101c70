import type { SimulatedCallback } from './service';

/** One try to tell a service something. @public */
export interface CallbackTry { readonly url: string; readonly body: string; readonly status: number | 'unreachable'; readonly tries: number; readonly willTryAgain: boolean }

const TIMEOUT_SECONDS = 5;
const MOST_TRIES_AGAIN = 5;

/**
 * Tells services what became of messages: a POST with the service's bearer token, five seconds for an answer. After a broken connection, 5xx or 429 it is tried
 * five times more, five minutes apart; any other answer ends it, 4xx too.
 */
export class CallbackSender {
  readonly tries: CallbackTry[] = [];
  readonly #waiting = new Map<NodeJS.Timeout, () => void>();
  readonly #under = new Set<Promise<void>>();
  #isOver = false;
  constructor(private readonly secondsApart: number) {}

  send(to: SimulatedCallback, json: object, tries = 1): void {
    if (this.#isOver) return;
    const sending = this.try(to, JSON.stringify(json), json, tries).finally(() => this.#under.delete(sending));
    this.#under.add(sending);
  }

  /** Sends at once what waits to be tried again. */
  async hurry(): Promise<void> {
    for (const [timer, run] of [...this.#waiting]) { clearTimeout(timer); run(); }
    await this.settled();
  }

  /** Until every try that has begun is over. */
  async settled(): Promise<void> {
    while (this.#under.size) await Promise.all(this.#under);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    for (const timer of this.#waiting.keys()) clearTimeout(timer);
    await this.settled();
  }

  private async try(to: SimulatedCallback, body: string, json: object, tries: number): Promise<void> {
    let status: number | 'unreachable';
    try {
      const url = new URL(to.url);
      const host = url.host;
      // Node does not find *.localhost, as browsers do.
      if (url.hostname.endsWith('.localhost')) url.hostname = 'localhost';
      const response = await fetch(url, { method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000), headers: { 'content-type': 'application/json', authorization: `Bearer ${to.token}`, 'x-forwarded-host': host, connection: 'close' } });
      await response.arrayBuffer();
      status = response.status;
    } catch {
      status = 'unreachable';
    }
    const willTryAgain = !this.#isOver && tries <= MOST_TRIES_AGAIN && (status === 'unreachable' || status >= 500 || status === 429);
    this.tries.push({ url: to.url, body, status, tries, willTryAgain });
    if (!willTryAgain) return;
    const run = (): void => { this.#waiting.delete(timer); this.send(to, json, tries + 1); };
    const timer = setTimeout(run, this.secondsApart * 1000);
    timer.unref();
    this.#waiting.set(timer, run);
  }
}
