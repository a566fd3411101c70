import type { JobHandler, RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { AsksExchange } from './asks-exchange';
import { OpenQuestions } from './open-questions';

/** Asks again what has had no answer, every minute and for some minutes, while it may be asked: the answer may have been lost, or the process that waited for it. It stands once in either log, and what it was asked for is there. @internal */
@Injectable()
export class AsksAgain implements JobHandler<Record<never, never>> {
  constructor(private readonly open: OpenQuestions, private readonly asks: AsksExchange) {}

  async run(ctx: RequestContext): Promise<void> {
    const silent = new Set<string>();
    for (const one of await this.open.unanswered(ctx)) {
      const { holder } = one.question;
      if (!silent.has(holder) && (await this.asks.askAgain(ctx, one)) === 'unreachable') silent.add(holder);
    }
  }
}
