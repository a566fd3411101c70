import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fdatasyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';

/** How a session stands, in one word; the API says it in three fields. */
export type SessionState = 'open' | 'processing' | 'paid' | 'declined' | 'cancelled' | 'expired' | 'broken';
/** What a service asked for. */
export interface SessionOrder {
  readonly amount: number;
  readonly reference: string;
  readonly description: string;
  readonly returnUrl: string;
  readonly locale: 'en' | 'cy';
  readonly email?: string;
}
/** Money that went back. */
export interface SessionRefund { readonly id: string; readonly key: string | undefined; readonly metadataKey: string | undefined; readonly amount: number; readonly createdAt: Date }
/** A checkout session in the book. */
export interface Session {
  readonly id: string;
  readonly account: string;
  readonly key: string | undefined;
  readonly order: SessionOrder;
  readonly createdAt: Date;
  readonly paySecret: string;
  state: SessionState;
  lastDigits?: string;
  paidAt?: Date;
  decidesAt?: Date;
  readonly refunds: SessionRefund[];
}
/** Something that happened, to be told to the account's endpoint. */
export interface FarEvent { readonly id: string; readonly account: string; readonly session: string; readonly type: string; readonly body: string; tries: number; isDone: boolean }
/** Where an account wants to be told, and what signs it. */
export interface Endpoint { readonly url: string; readonly secret: string }

type Line =
  | { readonly what: 'account'; readonly account: string; readonly keyHash: string }
  | { readonly what: 'endpoint'; readonly account: string; readonly url: string; readonly secret: string }
  | { readonly what: 'session'; readonly id: string; readonly account: string; readonly key?: string; readonly order: SessionOrder; readonly paySecret: string }
  | { readonly what: 'state'; readonly id: string; readonly state: SessionState; readonly lastDigits?: string; readonly decidesAt?: string }
  | { readonly what: 'refund'; readonly id: string; readonly refund: string; readonly key?: string; readonly metadataKey?: string; readonly amount: number }
  | { readonly what: 'event'; readonly event: string; readonly account: string; readonly session: string; readonly type: string; readonly body: string }
  | { readonly what: 'told'; readonly event: string; readonly isDone: boolean };

/** How long things take here. */
export interface SessionTimes { readonly expiresAfterInSeconds: number; readonly slowBankInSeconds: number }

/** The far end's own book: lines are only ever added, and a line is on disk before anybody is answered. */
export class SessionBook {
  readonly #sessions = new Map<string, Session>();
  readonly #byKey = new Map<string, Session>();
  readonly #accounts = new Map<string, string>();
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #events = new Map<string, FarEvent>();
  readonly #file: number;
  /** Told when a session's state or refunds change, so that an event can be written. */
  onChange: (session: Session, type: string) => void = () => undefined;

  constructor(folder: string, private readonly times: SessionTimes, private readonly now: () => Date) {
    mkdirSync(folder, { recursive: true });
    const at = path.join(folder, 'book.jsonl');
    const text = existsSync(at) ? readFileSync(at, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of whole.split('\n')) if (line) { const { at: when, ...entry } = JSON.parse(line) as Line & { readonly at: string }; this.#apply(entry, new Date(when)); }
    this.#file = openSync(at, 'a');
    // A line that was cut off by a crash was never answered.
    if (whole.length < text.length) ftruncateSync(this.#file, Buffer.byteLength(whole));
  }

  close(): void { closeSync(this.#file); }

  /** Whether the key opens this account. The first key that comes for an account is its key from then on. */
  opens(account: string, key: string): boolean {
    const given = createHash('sha256').update(key).digest('hex');
    const known = this.#accounts.get(account);
    if (known === undefined) { this.#write({ what: 'account', account, keyHash: given }); return true; }
    return timingSafeEqual(Buffer.from(known), Buffer.from(given));
  }

  tellAt(account: string, endpoint: Endpoint): void {
    const known = this.#endpoints.get(account);
    if (known?.url !== endpoint.url || known.secret !== endpoint.secret) this.#write({ what: 'endpoint', account, ...endpoint });
  }

  endpointOf(account: string): Endpoint | undefined { return this.#endpoints.get(account); }

  create(account: string, key: string | undefined, order: SessionOrder): { readonly session: Session; readonly kind: 'new' | 'same' | 'other' } {
    const known = key === undefined ? undefined : this.#byKey.get(`${account} ${key}`);
    if (known) return { session: this.#current(known), kind: JSON.stringify(known.order) === JSON.stringify(order) ? 'same' : 'other' };
    const id = `cs_sandbox_${randomBytes(18).toString('hex')}`;
    this.#write({ what: 'session', id, account, ...(key === undefined ? {} : { key }), order, paySecret: randomBytes(18).toString('base64url') });
    return { session: this.#known(id), kind: 'new' };
  }

  find(id: string): Session | undefined {
    const session = this.#sessions.get(id);
    return session && this.#current(session);
  }

  all(): readonly Session[] { return [...this.#sessions.values()].map((session) => this.#current(session)); }

  move(session: Session, state: SessionState, more: { readonly lastDigits?: string; readonly isSlow?: boolean } = {}): void {
    const before = session.state;
    this.#write({
      what: 'state', id: session.id, state, ...(more.lastDigits ? { lastDigits: more.lastDigits } : {}),
      ...(more.isSlow ? { decidesAt: new Date(this.now().getTime() + this.times.slowBankInSeconds * 1000).toISOString() } : {}),
    });
    const type = eventType(before, state);
    if (type) this.onChange(session, type);
  }

  left(session: Session): number {
    return session.state === 'paid' ? session.refunds.reduce((left, refund) => left - refund.amount, session.order.amount) : 0;
  }

  refund(session: Session, amount: number, key: string | undefined, metadataKey: string | undefined): SessionRefund {
    const refund = `re_${randomBytes(12).toString('hex')}`;
    this.#write({ what: 'refund', id: session.id, refund, amount, ...(key === undefined ? {} : { key }), ...(metadataKey === undefined ? {} : { metadataKey }) });
    this.onChange(session, 'charge.refunded');
    const made = session.refunds.at(-1);
    if (!made) throw new Error('A refund that was written is missing.');
    return made;
  }

  newEvent(session: Session, type: string, bodyOf: (id: string) => string): FarEvent {
    const event = `evt_${randomBytes(12).toString('hex')}`;
    this.#write({ what: 'event', event, account: session.account, session: session.id, type, body: bodyOf(event) });
    const made = this.#events.get(event);
    if (!made) throw new Error('An event that was written is missing.');
    return made;
  }

  told(event: FarEvent, isDone: boolean): void { this.#write({ what: 'told', event: event.id, isDone }); }

  untold(): readonly FarEvent[] { return [...this.#events.values()].filter((event) => !event.isDone); }

  eventsOf(sessionId: string): readonly FarEvent[] { return [...this.#events.values()].filter((event) => event.session === sessionId); }

  #current(session: Session): Session {
    const now = this.now().getTime();
    if (session.state === 'open' && now >= session.createdAt.getTime() + this.times.expiresAfterInSeconds * 1000) this.move(session, 'expired');
    if (session.state === 'processing' && session.decidesAt && now >= session.decidesAt.getTime()) this.move(session, 'paid');
    return session;
  }

  #write(line: Line): void {
    const at = this.now();
    writeSync(this.#file, `${JSON.stringify({ at: at.toISOString(), ...line })}\n`);
    fdatasyncSync(this.#file);
    this.#apply(line, at);
  }

  #known(id: string): Session {
    const session = this.#sessions.get(id);
    if (!session) throw new Error(`The book has a line about the session ${id}, which it does not have.`);
    return session;
  }

  #apply(line: Line, at: Date): void {
    switch (line.what) {
      case 'account': this.#accounts.set(line.account, line.keyHash); return;
      case 'endpoint': this.#endpoints.set(line.account, { url: line.url, secret: line.secret }); return;
      case 'session': {
        const { id, account, key, order, paySecret } = line;
        const session: Session = { id, account, key, order, paySecret, createdAt: at, state: 'open', refunds: [] };
        this.#sessions.set(id, session);
        if (key !== undefined) this.#byKey.set(`${account} ${key}`, session);
        return;
      }
      case 'state': {
        const session = this.#known(line.id);
        session.state = line.state;
        session.lastDigits = line.lastDigits ?? session.lastDigits;
        session.decidesAt = line.decidesAt ? new Date(line.decidesAt) : undefined;
        if (line.state === 'paid') session.paidAt = at;
        return;
      }
      case 'refund': this.#known(line.id).refunds.push({ id: line.refund, key: line.key, metadataKey: line.metadataKey, amount: line.amount, createdAt: at }); return;
      case 'event': this.#events.set(line.event, { id: line.event, account: line.account, session: line.session, type: line.type, body: line.body, tries: 0, isDone: false }); return;
      case 'told': {
        const event = this.#events.get(line.event);
        if (event) { event.tries += 1; event.isDone = line.isDone; }
      }
    }
  }
}

/** `t=<seconds>,v1=<hex HMAC-SHA256 of "<seconds>.<body>">` (the scheme of Stripe's signatures, docs.stripe.com/webhooks). */
export function signature(secret: string, body: Uint8Array | string, atInSeconds: number): string {
  return `t=${atInSeconds},v1=${createHmac('sha256', secret).update(`${atInSeconds}.`).update(body).digest('hex')}`;
}

function eventType(before: SessionState, after: SessionState): string | undefined {
  switch (after) {
    case 'paid': return before === 'open' ? 'checkout.session.completed' : 'checkout.session.async_payment_succeeded';
    case 'processing': return 'checkout.session.completed';
    case 'declined': case 'broken': return 'checkout.session.async_payment_failed';
    case 'expired': case 'cancelled': return 'checkout.session.expired';
    case 'open': return undefined;
  }
}
