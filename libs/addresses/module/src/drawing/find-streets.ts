import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import { InvalidInput } from '@guildhall/kernel-contract';
import type { Bounds, Extent, StreetMap } from '@guildhall/addresses-contract';
import { AbleProviders } from '../finding/able-providers';

/** A county is larger; a map of one is drawn from something else than its streets. */
const WIDEST_IN_DEGREES = 0.5;

/** Finds what a map is drawn from. */
@Injectable()
export class FindStreets {
  constructor(@Inject(AbleProviders) private readonly providers: AbleProviders) {}

  async within(ctx: RequestContext, bounds: Bounds): Promise<StreetMap> {
    const { south, west, north, east } = bounds;
    if (![south, west, north, east].every(Number.isFinite) || south >= north || west >= east) throw new InvalidInput('Give a rectangle: south below north, west before east, in degrees.');
    if (north - south > WIDEST_IN_DEGREES || east - west > WIDEST_IN_DEGREES) throw new InvalidInput(`Ask for at most ${WIDEST_IN_DEGREES} degrees at once.`);
    return this.providers.ask(ctx, 'streets', (provider) => provider.streetsWithin?.(bounds, ctx.language));
  }

  extent(ctx: RequestContext): Promise<Extent> {
    return this.providers.ask(ctx, 'streets', (provider) => provider.extent?.());
  }
}
