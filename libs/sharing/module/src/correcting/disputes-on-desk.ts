import { may, type RequestContext } from '@guildhall/kernel-contract';
import type { DeskArea, DeskBadge } from '@guildhall/portal-contract';
import { ANSWER_DISPUTES } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { OpenDisputes } from './open-disputes';

/** The desk's area for what residents say is wrong. */
@Injectable()
export class DisputesOnDesk implements DeskArea {
  readonly id = 'sharing.disputes';
  readonly order = 710;
  readonly titleKey = 'sharing.desk.disputes.area';
  readonly href = '/desk/disputes';
  readonly permission = ANSWER_DISPUTES;
  constructor(private readonly disputes: OpenDisputes) {}

  async badge(ctx: RequestContext): Promise<DeskBadge | undefined> {
    if (!may(ctx, ANSWER_DISPUTES)) return undefined;
    const { count, isCapped, isUrgent } = await this.disputes.countWaiting(ctx);
    return count ? { count, isCapped, isUrgent } : undefined;
  }
}
