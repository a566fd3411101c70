import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import { parseUprn } from '@guildhall/addresses-contract';
import type { Address, NearbyAddress, Point, Uprn } from '@guildhall/addresses-contract';
import { AbleProviders } from './able-providers';
import { FindAreas } from './find-areas';
import { within } from './limits';

/** Finds single addresses: by their number, or by where they are. */
@Injectable()
export class FindPlaces {
  constructor(@Inject(AbleProviders) private readonly providers: AbleProviders, @Inject(FindAreas) private readonly areas: FindAreas) {}

  async byUprn(ctx: RequestContext, uprn: Uprn): Promise<Address | undefined> {
    const wanted = parseUprn(uprn);
    if (!wanted) return undefined;
    const address = await this.providers.ask(ctx, 'uprn', (provider) => provider.byUprn?.(wanted, ctx.language));
    return address && this.areas.withAreas(ctx, address);
  }

  async nearest(ctx: RequestContext, point: Point, options: { readonly limit?: number; readonly withinInMetres?: number }): Promise<readonly NearbyAddress[]> {
    const found = await this.providers.ask(ctx, 'nearest', (provider) => provider.nearest?.(point, {
      limit: within(options.limit, { usual: 1, most: 100 }), withinInMetres: within(options.withinInMetres, { usual: 500, most: 1_000 }), language: ctx.language,
    }));
    return Promise.all(found.map(async (each) => ({ ...each, address: await this.areas.withAreas(ctx, each.address) })));
  }
}
