import { isIPv6 } from 'node:net';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

const MINUTE_IN_MS = 60_000;
/** More is no body whose clock or key is wrong. */
const MOST_OF_ADDRESS = 30;
const MOST_OF_ALL = 100;

/** Counts, in this process, the questions of which nobody knows who asks them: each of them is an entry in the log for good, and anybody can send them. */
@Injectable()
export class UnprovenQuestions {
  #minute = -1;
  readonly #counts = new Map<string, number>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Counts one more. @returns whether it is one too many this minute, from its address or in all */
  isOneTooMany(ctx: RequestContext, address: string): boolean {
    const minute = Math.floor(this.clock.now().getTime() / MINUTE_IN_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#counts.clear();
    }
    // Once all have had enough, no more addresses are remembered.
    return this.#count(ctx.council.id) > MOST_OF_ALL || this.#count(`${ctx.council.id} ${networkOf(address)}`) > MOST_OF_ADDRESS;
  }

  #count(whose: string): number {
    const count = (this.#counts.get(whose) ?? 0) + 1;
    this.#counts.set(whose, count);
    return count;
  }
}

/** Whoever has one address of IPv6 has as many as they like beside it: the first four groups are theirs. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [before = '', after] = address.split('::');
  const groups = before.split(':').filter(Boolean);
  const zeros = after === undefined ? 0 : 8 - groups.length - after.split(':').filter(Boolean).length;
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...(after ?? '').split(':')].slice(0, 4).join(':');
}
