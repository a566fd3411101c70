import type { Deliveries } from './deliveries';
import type { FarFaults } from './faults';
import type { FarEvent, Session, SessionBook, SessionState } from './session-book';
import { signature } from './session-book';

const DOES: Readonly<Record<string, SessionState>> = { open: 'open', submit: 'processing', succeed: 'paid', decline: 'declined', cancel: 'cancelled', expire: 'expired', error: 'broken' };

/** What a test can do here without a browser. The same things are served under `/sandbox/`. */
export class FarEndControls {
  constructor(private readonly book: SessionBook, private readonly faults: FarFaults, readonly deliveries: Deliveries, private readonly view: (session: Session) => object, private readonly now: () => Date) {}

  /** What the payer, their bank or the clock does. A success goes through whatever went before: that is what a late one is. */
  payerDoes(id: string, does: string): void {
    const session = this.#known(id);
    const target = DOES[does];
    if (!target) throw new RangeError(`Nobody does "${does}" here. Known: ${Object.keys(DOES).join(', ')}.`);
    const isOver = session.state !== 'open' && session.state !== 'processing';
    if (target === 'open' || session.state === target || session.state === 'paid' || (isOver && target !== 'paid')) return;
    this.book.move(session, target, target === 'paid' ? { lastDigits: '4242' } : {});
  }

  failNext(operation: string, fault: string, times = 1, delayInSeconds = 1): void {
    this.faults.plan(operation, fault, times, delayInSeconds);
  }

  clearFaults(): void { this.faults.clear(); }

  sessions(reference: string): readonly Session[] { return this.book.all().filter((session) => session.order.reference === reference); }

  refundOutside(id: string, amountInPence: number): void {
    const session = this.#known(id);
    if (amountInPence > this.book.left(session)) throw new RangeError('There is not so much left.');
    this.book.refund(session, amountInPence, undefined, undefined);
  }

  /** An event about a session that is written but not told; `claims` makes it say that the session is paid, whatever is true. */
  event(id: string, claims?: 'succeeded'): FarEvent {
    const session = this.#known(id);
    const object = { ...this.view(session), ...(claims ? { status: 'complete', payment_status: 'paid' } : {}) };
    const event = this.book.newEvent(session, 'checkout.session.completed', (eventId) => eventBody(eventId, 'checkout.session.completed', object, this.now()));
    this.book.told(event, true);
    return event;
  }

  /** Signs any bytes as this far end would for the account, as of so many seconds ago. */
  signed(account: string, body: Uint8Array | string, secondsAgo = 0): Readonly<Record<string, string>> {
    const endpoint = this.book.endpointOf(account);
    if (!endpoint) throw new RangeError(`The account ${account} has not said where to be told.`);
    return { 'sandbox-signature': signature(endpoint.secret, body, Math.floor(this.now().getTime() / 1000) - secondsAgo) };
  }

  #known(id: string): Session {
    const session = this.book.find(id);
    if (!session) throw new RangeError(`There is no session ${id}.`);
    return session;
  }
}

/** An event as it is told. */
export function eventBody(id: string, type: string, object: object, at: Date): string {
  return JSON.stringify({ id, object: 'event', api_version: '2026-01-01', created: Math.floor(at.getTime() / 1000), livemode: false, type, data: { object } });
}
