import { dayOf } from '@guildhall/cases-contract';
import { HANDLE_REQUESTS } from '@guildhall/information-rights-contract';
import { CLOCK, may, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import type { DeskArea, DeskBadge } from '@guildhall/portal-contract';
import { Inject, Injectable } from '@nestjs/common';
import { ReadsRequests } from '../requests/reads-requests';

/** The desk's area for requests about what is held of people. */
@Injectable()
export class RightsOnDesk implements DeskArea {
  readonly id = 'information-rights.requests';
  readonly order = 710;
  readonly titleKey = 'information-rights.desk.area';
  readonly href = '/desk/rights';
  readonly permission = HANDLE_REQUESTS;
  constructor(private readonly reading: ReadsRequests, @Inject(CLOCK) private readonly clock: Clock) {}

  async badge(ctx: RequestContext): Promise<DeskBadge | undefined> {
    if (!may(ctx, HANDLE_REQUESTS)) return undefined;
    const { count, isCapped, isLate } = await this.reading.countOpen(ctx, dayOf(this.clock.now()));
    return count ? { count, isCapped, isUrgent: isLate } : undefined;
  }
}
