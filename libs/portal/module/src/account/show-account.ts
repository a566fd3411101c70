import { Inject, Injectable } from '@nestjs/common';
import { LOG, extensionsOf } from '@guildhall/kernel';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { ACCOUNT_SECTION } from '@guildhall/portal-contract';
import type { AccountPanel, WaitingForYou } from '@guildhall/portal-contract';
import { loadPanels } from '../panels/load-panels';

/** What a resident's account shows. */
export interface Account {
  /** Soonest first; what has no day comes last. */
  readonly waiting: readonly WaitingForYou[];
  readonly sections: readonly AccountPanel[];
  /** Some section could not be had. */
  readonly isPartial: boolean;
}

/** Gathers a resident's account from the modules' sections. */
@Injectable()
export class ShowAccount {
  constructor(@Inject(LOG) private readonly log: Log) {}

  async for(ctx: RequestContext): Promise<Account> {
    const { panels, isPartial } = await loadPanels(ctx, this.log, extensionsOf(ctx, ACCOUNT_SECTION));
    const dueAt = (item: WaitingForYou): number => item.dueBy?.getTime() ?? Number.POSITIVE_INFINITY;
    const waiting = panels.flatMap((panel) => panel.waiting ?? []).sort((a, b) => (dueAt(a) === dueAt(b) ? 0 : dueAt(a) - dueAt(b)));
    return { waiting, sections: panels, isPartial };
  }
}
