import { Inject, Injectable } from '@nestjs/common';
import type { PushedMessage, PushRefused, PushTaken } from '@guildhall/back-office-contract';
import { Database } from '@guildhall/kernel';
import { CLOCK, IDS, NotFound, isGuildhallError, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { BackOfficeSettings } from '../back-office.settings';
import { recordAnswer } from '../data/far-end';
import { keepProgress } from './keep-progress';

/** Takes what a far end pushes: proves it, and keeps all of it before anything is acknowledged. */
@Injectable()
export class TakesPush {
  constructor(@Inject(Database) private readonly db: Database, @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** @returns why it is refused, where the provider says that in the far end's protocol @throws NotFound when the council has no such system, or it pushes nothing; what the provider throws */
  async take(ctx: RequestContext, providerId: string, message: PushedMessage): Promise<PushRefused | PushTaken['answer']> {
    const provider = this.settings.provider(ctx, providerId);
    if (!provider?.receive) throw new NotFound();
    let taken: PushTaken;
    try {
      taken = await provider.receive(message);
    } catch (error) {
      if (!isGuildhallError(error) || error.status >= 500 || !provider.writeRefusal) throw error;
      return provider.writeRefusal(error, message);
    }
    await this.db.run(ctx, async (tx) => {
      await keepProgress(tx, providerId, taken.progress, { now: this.clock.now(), newId: () => this.ids.uuid() });
      await recordAnswer(tx, providerId);
    });
    return taken.answer;
  }
}
