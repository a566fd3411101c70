import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { Point, Uprn } from '@guildhall/addresses-contract';
import { AddressesSettings } from '../addresses-settings';

/** Finds where a UPRN is among the points that the council has imported. */
@Injectable()
export class UprnPoints {
  constructor(@Inject(Database) private readonly db: Database, @Inject(AddressesSettings) private readonly settings: AddressesSettings) {}

  /** Whether the council imports points at all. */
  has(ctx: RequestContext): boolean { return this.settings.of(ctx).openUprn !== undefined; }

  async of(ctx: RequestContext, uprn: Uprn): Promise<Point | undefined> {
    const [found] = await this.db.query<Point>(ctx, 'select latitude, longitude from addresses.uprn_point where council_id = $1 and uprn = $2', [ctx.council.id, uprn]);
    return found && { latitude: found.latitude, longitude: found.longitude };
  }
}
