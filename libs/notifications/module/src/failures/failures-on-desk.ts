import { Inject, Injectable } from '@nestjs/common';
import { may, type RequestContext } from '@guildhall/kernel-contract';
import { READ_MESSAGES } from '@guildhall/notifications-contract';
import type { DeskArea, DeskBadge } from '@guildhall/portal-contract';
import { FailedMessages } from './failed-messages';

/** The desk's area for messages that did not arrive. */
@Injectable()
export class FailuresOnDesk implements DeskArea {
  readonly id = 'notifications.failures';
  readonly order = 350;
  readonly titleKey = 'notifications.desk.area';
  readonly href = '/desk/messages';
  readonly permission = READ_MESSAGES;
  constructor(@Inject(FailedMessages) private readonly failed: FailedMessages) {}

  async badge(ctx: RequestContext): Promise<DeskBadge | undefined> {
    if (!may(ctx, READ_MESSAGES)) return undefined;
    const { count, isCapped } = await this.failed.count(ctx);
    return count ? { count, isCapped } : undefined;
  }
}
