import { may, type RequestContext } from '@guildhall/kernel-contract';
import type { DeskArea, DeskBadge } from '@guildhall/portal-contract';
import { READ_AGREEMENTS } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { ReadsAgreements } from './reads-agreements';

/** The desk's area for sharing with other bodies. */
@Injectable()
export class SharingOnDesk implements DeskArea {
  readonly id = 'sharing.agreements';
  readonly order = 700;
  readonly titleKey = 'sharing.desk.area';
  readonly href = '/desk/sharing';
  readonly permission = READ_AGREEMENTS;
  constructor(private readonly reading: ReadsAgreements) {}

  async badge(ctx: RequestContext): Promise<DeskBadge | undefined> {
    if (!may(ctx, READ_AGREEMENTS)) return undefined;
    const { count, isCapped } = await this.reading.countWaiting(ctx);
    return count ? { count, isCapped } : undefined;
  }
}
