import { Inject, Injectable } from '@nestjs/common';
import { may, type RequestContext } from '@guildhall/kernel-contract';
import type { DeskArea, DeskBadge } from '@guildhall/portal-contract';
import { SEE_CONNECTIONS } from '../permissions';
import { KeptConnections } from './kept-connections';

/** The desk's area for the systems around the council. */
@Injectable()
export class ConnectionsOnDesk implements DeskArea {
  readonly id = 'connections.connections';
  readonly order = 910;
  readonly titleKey = 'connections.desk.area';
  readonly href = '/desk/connections';
  readonly permission = SEE_CONNECTIONS;
  constructor(@Inject(KeptConnections) private readonly kept: KeptConnections) {}

  async badge(ctx: RequestContext): Promise<DeskBadge | undefined> {
    if (!may(ctx, SEE_CONNECTIONS)) return undefined;
    const count = await this.kept.countUnconnected(ctx);
    return count ? { count, isUrgent: true } : undefined;
  }
}
