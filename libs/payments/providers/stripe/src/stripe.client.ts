import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Ids, Log, Outbound, Secret } from '@guildhall/kernel-contract';
import { Unavailable } from '@guildhall/kernel-contract';
import Stripe = require('stripe');
import { OutboundHttpClient } from './outbound-http-client';

/** What the client is made with. */
export interface StripeClientSettings {
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly origin: string;
  readonly apiKey: Secret;
  /** How it waits between tries; a test does not. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

const MOST_TRIES = 3;
/** A payer waits for the answer: after so long no further try is begun. Jobs come back later by themselves. */
const PATIENCE_IN_MILLISECONDS = 4000;
const TIMEOUT_IN_MILLISECONDS = 10_000;

/**
 * Speaks to the API through Stripe's own client (stripe 23.1.0, API version 2026-10-28.endive), and tries again with growing, jittered pauses. Everything may be tried again: reading does no harm, and
 * every POST has an idempotency key. `Stripe-Should-Retry` decides where it is given (API reference, "Errors"; docs.stripe.com/error-low-level), otherwise 409, 429, 5xx and silence do.
 * The client's own retries are off: their pauses are not ours to set, and a payer waits.
 */
export class StripeClient {
  readonly #stripe: Stripe.Stripe;

  constructor(private readonly settings: StripeClientSettings) {
    // No telemetry: it would say what machine this is and how long calls took.
    this.#stripe = new Stripe(settings.apiKey.reveal().trim(), {
      httpClient: new OutboundHttpClient(settings.outbound, settings.origin), maxNetworkRetries: 0, telemetry: false, timeout: TIMEOUT_IN_MILLISECONDS, appInfo: { name: 'Guildhall' },
    });
  }

  /**
   * Calls the API.
   * @param operation names it in logs and errors: `create`
   * @throws Unavailable when nobody answered, or only with 409, 429 or 5xx, or the key is not taken
   * @throws Stripe.errors.StripeError when the API refuses: for the caller to make sense of
   */
  async call<Answer>(operation: string, asking: (stripe: Stripe.Stripe) => Promise<Answer>): Promise<Answer> {
    const { clock, log } = this.settings;
    const began = clock.now().getTime();
    for (let tries = 1; ; tries++) {
      try { return await asking(this.#stripe); } catch (error) {
        if (!(error instanceof Stripe.errors.StripeError)) throw error;
        const status = error.statusCode ?? 0;
        const isSilent = error instanceof Stripe.errors.StripeConnectionError;
        if (status === 0 && !isSilent) throw notTheApi();
        if (status === 403) throw new NotPermitted(unexpected(operation, error).message);
        if (status === 401) throw unexpected(operation, error);
        const isTransient = isSilent || status === 409 || status === 429 || status >= 500;
        if (!isTransient && !isToRetry(error)) throw error;
        const isLast = tries >= MOST_TRIES || clock.now().getTime() - began > PATIENCE_IN_MILLISECONDS;
        if (isNotToRetry(error)) throw new NeverAgain(unexpected(operation, error).message);
        if (isLast) throw isSilent ? new Unavailable('Stripe did not answer. Try again; when it stays so, look at status.stripe.com.') : unexpected(operation, error);
        log.warn('stripe.tried-in-vain', { operation, status, tries });
        await (this.settings.wait ?? pause)(this.#pauseAfter(tries, error));
      }
    }
  }

  /** Milliseconds: from half a second, or what Retry-After says, doubling, and up to half as much again so that many do not come back together. */
  #pauseAfter(tries: number, { headers, statusCode }: StripeError): number {
    const asked = Number(headers?.['retry-after']);
    const least = Math.max(Number.isFinite(asked) && asked > 0 && asked <= 60 ? asked * 1000 : 0, (statusCode === 429 ? 1000 : 500) * 2 ** (tries - 1));
    const [byte = 0] = this.settings.ids.bytes(1);
    return Math.round(least * (1 + byte / 512));
  }
}

/** The key may not do this, although it is a key. */
export class NotPermitted extends Unavailable {}
/** The API has broken and says that asking again does not help: the same idempotency key is answered with the same for a day. Whether anything was done is not known. */
export class NeverAgain extends Unavailable {}

/** An error of Stripe's client. */
export type StripeError = InstanceType<typeof Stripe.errors.StripeError>;

function isToRetry({ headers }: StripeError): boolean { return headers?.['stripe-should-retry'] === 'true'; }
function isNotToRetry({ headers }: StripeError): boolean { return headers?.['stripe-should-retry'] === 'false'; }

/** The API's refusal of a request, when the error is one: its words are never passed on, as they may repeat what the payer gave. */
export function refusalIn(error: unknown): StripeError | undefined { return error instanceof Stripe.errors.StripeError && (error.statusCode === 400 || error.statusCode === 402 || error.statusCode === 404) ? error : undefined; }

/** A code of the API as it may stand in logs and messages: `amount_too_small`. */
export function codeOf({ code, rawType }: StripeError): string {
  const named = code ?? rawType ?? 'none';
  return /^[a-z_]{1,60}$/.test(named) ? named : 'none';
}

/** Something answered that is not the API. */
export function notTheApi(): Unavailable { return new Unavailable('Stripe answered with something that is not its API. Is a proxy in between?'); }

/** An answer that tells nothing about what was asked. */
export function unexpected(operation: string, error: StripeError): Unavailable {
  const { statusCode = 0 } = error;
  const answered = `Stripe answered ${statusCode} (${codeOf(error)}) to "${operation}".`;
  if (statusCode === 401 || statusCode === 403) return new Unavailable(`${answered} It does not take the API key, or the key may not do this: look at the key and what it may do in Stripe's dashboard under Developers, API keys.`);
  if (statusCode === 429) return new Unavailable(`${answered} The account sends more than it may. Try again in a moment.`, 1);
  return new Unavailable(`${answered} Try again; when it stays so, look at status.stripe.com.`);
}
