import { Inject, Injectable } from '@nestjs/common';
import { HAND_OVER_CASES } from '@guildhall/back-office-contract';
import { may, type RequestContext } from '@guildhall/kernel-contract';
import type { DeskArea, DeskBadge } from '@guildhall/portal-contract';
import { NotTaken } from './not-taken';

/** The desk's area for cases that their system did not take. */
@Injectable()
export class NotTakenOnDesk implements DeskArea {
  readonly id = 'back-office.not-taken';
  readonly order = 360;
  readonly titleKey = 'back-office.desk.area';
  readonly href = '/desk/back-office';
  readonly permission = HAND_OVER_CASES;
  constructor(@Inject(NotTaken) private readonly cases: NotTaken) {}

  async badge(ctx: RequestContext): Promise<DeskBadge | undefined> {
    if (!may(ctx, HAND_OVER_CASES)) return undefined;
    const { count, isCapped } = await this.cases.count(ctx);
    return count ? { count, isCapped } : undefined;
  }
}
