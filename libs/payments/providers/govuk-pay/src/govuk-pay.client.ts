import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Ids, Log, Outbound, OutboundResponse, Secret } from '@guildhall/kernel-contract';
import { Unavailable, isGuildhallError } from '@guildhall/kernel-contract';

/** What the client is made with. */
export interface GovUkPayClientSettings {
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly origin: string;
  readonly apiKey: Secret;
  /** How it waits between tries; a test does not. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** One request. */
export interface PayRequest {
  /** Names it in logs and errors: `create`. */
  readonly operation: string;
  readonly method?: 'GET' | 'POST';
  readonly body?: object;
  readonly idempotencyKey?: string;
  /** It may be sent again even though the first may have been done: reading, and asking for a payment to which nobody is sent unless we heard of it. */
  readonly mayRepeat: boolean;
}

const MOST_TRIES = 3;
/** A payer waits for the answer: after so long no further try is begun. Jobs come back later by themselves. */
const PATIENCE_IN_MILLISECONDS = 4000;
const TIMEOUT_IN_SECONDS = 10;
/** A page of a hundred payments has about 200 kB; what is far larger is something else. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Speaks to the API: the key, time-outs, and trying again with growing, jittered pauses. What was refused for being too much (429) was not done, so it is always tried again, after
 * the second that the documentation asks for ("Rate limits"); what may have been done only where repeating it does no harm.
 */
export class GovUkPayClient {
  constructor(private readonly settings: GovUkPayClientSettings) {}

  /** Who is called. */
  get host(): string { return new URL(this.settings.origin).host; }

  /** @throws Unavailable when nobody answered, or only with 429 or 5xx */
  async send(path: string, { operation, method = 'GET', body, idempotencyKey, mayRepeat }: PayRequest): Promise<OutboundResponse> {
    const { outbound, clock, log, origin, apiKey } = this.settings;
    const began = clock.now().getTime();
    for (let tries = 1; ; tries++) {
      const isLast = (): boolean => tries >= MOST_TRIES || clock.now().getTime() - began > PATIENCE_IN_MILLISECONDS;
      let status = 0;
      try {
        const response = await outbound.fetch(`${origin}/v1${path}`, {
          method, timeoutInSeconds: TIMEOUT_IN_SECONDS, ...(body ? { body } : {}), ...(idempotencyKey ? { idempotencyKey } : {}),
          headers: { authorization: `Bearer ${apiKey.reveal().trim()}`, accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
        });
        ({ status } = response);
        if (status !== 429 && status < 500) {
          if (response.bytes().byteLength > MOST_BYTES) throw notTheApi();
          return response;
        }
        if (isLast() || (status !== 429 && !mayRepeat)) throw unexpected(operation, status);
      } catch (error) {
        // Nobody answered: it may have arrived all the same.
        if (status !== 0 || !mayRepeat || isLast() || !isGuildhallError(error) || error.code !== 'unavailable') throw error;
      }
      log.warn('govuk-pay.tried-in-vain', { operation, status, tries });
      await (this.settings.wait ?? pause)(this.#pauseAfter(tries, status));
    }
  }

  /** Milliseconds: from a quarter of a second, or a whole one when we were too many, doubling, and up to half as much again so that many do not come back together. */
  #pauseAfter(tries: number, status: number): number {
    const least = (status === 429 ? 1000 : 250) * 2 ** (tries - 1);
    const [byte = 0] = this.settings.ids.bytes(1);
    return Math.round(least * (1 + byte / 512));
  }
}

/** Something answered that is not the API. */
export function notTheApi(): Unavailable { return new Unavailable('GOV.UK Pay answered with something that is not its API. Is a proxy in between?'); }

/** An answer that tells nothing about what was asked. */
export function unexpected(operation: string, status: number, code?: string): Unavailable {
  const answered = `GOV.UK Pay answered ${status}${code ? ` (${code})` : ''} to "${operation}".`;
  if (status === 401 || status === 403) return new Unavailable(`${answered} It does not take the API key, or the account may not do this: look at the key and at the account's settings in the GOV.UK Pay admin tool.`);
  if (status === 429) return new Unavailable(`${answered} The account sends more than it may. Try again in a moment.`, 1);
  return new Unavailable(`${answered} Try again; when it stays so, look at payments.statuspage.io.`);
}
