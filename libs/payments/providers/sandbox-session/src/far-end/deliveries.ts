import type { Log, Outbound } from '@guildhall/kernel-contract';
import type { FarEvent, SessionBook } from './session-book';
import { signature } from './session-book';

/** After how many seconds an event that was not taken is told again. */
const RETRIES_IN_SECONDS: readonly number[] = [1, 3, 10, 30, 120, 600, 3600];

/** How a test bends deliveries. */
export interface DeliveryBend { readonly copies: number; readonly isHeld: boolean }

/** Tells accounts what happened: at least once, in no promised order, again until it is taken or the retries are used up; also after a restart. */
export class Deliveries {
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  #held: FarEvent[] = [];
  #bend: DeliveryBend = { copies: 1, isHeld: false };
  #isStopped = false;

  constructor(private readonly book: SessionBook, private readonly outbound: Outbound, private readonly log: Log, private readonly now: () => Date) {}

  /** Takes up what a crash left untold. */
  takeUp(): void { for (const event of this.book.untold()) this.#later(event); }

  bend(bend: Partial<DeliveryBend>): void { this.#bend = { ...this.#bend, ...bend }; }

  tell(event: FarEvent): void {
    if (this.#bend.isHeld) { this.#held.push(event); return; }
    for (let copy = 0; copy < this.#bend.copies; copy++) this.#start(event);
  }

  /** Lets go what was held, newest first when reversed, one after another so that the order is really that. */
  async release(isReversed: boolean): Promise<void> {
    const events = isReversed ? this.#held.reverse() : this.#held;
    this.#held = [];
    this.#bend = { ...this.#bend, isHeld: false };
    for (const event of events) for (let copy = 0; copy < this.#bend.copies; copy++) await this.#send(event);
  }

  /** Waits for deliveries that are on their way. */
  async settled(): Promise<void> { while (this.#running.size > 0) await Promise.all(this.#running); }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.settled();
  }

  #start(event: FarEvent): void {
    const sending = this.#send(event).finally(() => this.#running.delete(sending));
    this.#running.add(sending);
  }

  async #send(event: FarEvent): Promise<void> {
    const endpoint = this.book.endpointOf(event.account);
    if (!endpoint || this.#isStopped) return;
    let status = 0;
    try {
      const response = await this.outbound.fetch(endpoint.url, {
        method: 'POST', body: event.body, timeoutInSeconds: 5,
        headers: { 'content-type': 'application/json; charset=utf-8', 'sandbox-signature': signature(endpoint.secret, event.body, Math.floor(this.now().getTime() / 1000)) },
      });
      status = response.status;
    } catch { /* Nobody answered: told again below. */ }
    if (this.#isStopped) return;
    const isTaken = status >= 200 && status < 300;
    this.book.told(event, isTaken || event.isDone || event.tries + 1 > RETRIES_IN_SECONDS.length);
    this.log.info('sandbox-session.told', { event: event.id, type: event.type, status, tries: event.tries });
    if (!event.isDone) this.#later(event);
  }

  #later(event: FarEvent): void {
    if (this.#isStopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!event.isDone) this.#start(event);
    }, (RETRIES_IN_SECONDS[event.tries - 1] ?? 1) * 1000);
    timer.unref();
    this.#timers.add(timer);
  }
}
