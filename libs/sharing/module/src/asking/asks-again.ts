import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { AsksExchange } from './asks-exchange';
import { OpenQuestions } from './open-questions';

/** A job has a minute, and the next one asks what is left. */
const ONE_ROUND_IN_MS = 30_000;

/** Asks again what has had no answer, every minute and for some minutes, while it may be asked: the answer may have been lost, or the process that waited for it. It stands once in either log, and what it was asked for is there. @internal */
@Injectable()
export class AsksAgain implements JobHandler<Record<never, never>> {
  constructor(private readonly open: OpenQuestions, private readonly asks: AsksExchange, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    const until = new Date(this.clock.now().getTime() + ONE_ROUND_IN_MS);
    const silent = new Set<string>();
    for (const one of await this.open.unanswered(ctx)) {
      if (this.clock.now() >= until) return;
      const { holder } = one.question;
      if (!silent.has(holder) && (await this.asks.askAgain(ctx, one)) === 'unreachable') silent.add(holder);
    }
  }
}
