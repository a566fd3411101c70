import { CLOCK, IDS, Unavailable, isGuildhallError, type Clock, type Ids } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { restUntil } from './back-off';

/** So that the rest is half a minute however long it lasts: people wait for an answer, and it may be back. */
const MOST_FAILURES_COUNTED = 3;

/**
 * Spares people the time-outs of a far end that is down (a circuit breaker): one that did not answer three times in a row is left alone for half a minute, and whoever asks meanwhile is told so
 * at once. A module that asks far ends while somebody waits has one among its providers. It remembers in this process only, which is where people would wait.
 * @public
 */
@Injectable()
export class SilentFarEnds {
  readonly #silent = new WeakMap<object, { readonly failures: number; readonly until?: Date }>();
  constructor(@Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /**
   * Keeps people from being led to where nobody could let them back in.
   * @throws Unavailable while the far end is left alone, with the seconds until it is asked again
   */
  demandHeard(farEnd: object): void {
    const { until } = this.#silent.get(farEnd) ?? {};
    const restsFor = until ? (until.getTime() - this.clock.now().getTime()) / 1000 : 0;
    if (restsFor > 0) throw new Unavailable('It did not answer several times in a row, and is left alone for a moment.', Math.ceil(restsFor));
  }

  /**
   * Asks a far end, unless it is left alone.
   * @param farEnd the council's own provider for it
   * @throws Unavailable at once while it is left alone, with the seconds until it is asked again; and whatever the question throws
   * @example const heard = await this.silent.ask(provider, () => provider.create(ctx, payment));
   */
  async ask<Answer>(farEnd: object, question: () => Promise<Answer>): Promise<Answer> {
    this.demandHeard(farEnd);
    try {
      const answer = await question();
      this.#silent.delete(farEnd);
      return answer;
    } catch (error) {
      if (isSilence(error)) {
        const failures = Math.min((this.#silent.get(farEnd)?.failures ?? 0) + 1, MOST_FAILURES_COUNTED);
        this.#silent.set(farEnd, { failures, until: restUntil(this.clock.now(), failures, (this.ids.bytes(1)[0] ?? 0) / 255) });
      }
      throw error;
    }
  }
}

/** Whoever says when to come again has answered. */
function isSilence(error: unknown): boolean {
  return isGuildhallError(error) && error.code === 'unavailable' && !('retryAfterInSeconds' in error && error.retryAfterInSeconds);
}
