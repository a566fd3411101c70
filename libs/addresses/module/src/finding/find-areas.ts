import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import { unlessUnavailable } from '@guildhall/kernel-contract';
import { parsePostcode } from '@guildhall/addresses-contract';
import type { Address, Area, Place, Point } from '@guildhall/addresses-contract';
import { AbleProviders } from './able-providers';

/** Finds the ward and the council of a place. */
@Injectable()
export class FindAreas {
  constructor(@Inject(AbleProviders) private readonly providers: AbleProviders) {}

  async areaOf(ctx: RequestContext, place: Place): Promise<Area | undefined> {
    if ('point' in place) return this.#ofPoint(ctx, place.point);
    if ('uprn' in place) {
      const point = await this.#pointOf(ctx, place.uprn);
      return point && this.#ofPoint(ctx, point);
    }
    const postcode = parsePostcode(place.postcode);
    if (!postcode) return undefined;
    if (this.providers.anyHas(ctx, 'postcode-areas')) return this.providers.ask(ctx, 'postcode-areas', (provider) => provider.areaOfPostcode?.(postcode, ctx.language));
    const { addresses } = await this.providers.ask(ctx, 'postcode-search', (provider) => provider.search?.({ kind: 'postcode', postcode, limit: 1, language: ctx.language }));
    return addresses[0] && this.#ofPoint(ctx, addresses[0].point);
  }

  /** The address with its ward, when its own source does not know wards and another does. An address without a ward is still an address. */
  async withWard(ctx: RequestContext, address: Address): Promise<Address> {
    if (address.ward || !this.providers.anyHas(ctx, 'areas')) return address;
    const area = await unlessUnavailable(this.#ofPoint(ctx, address.point));
    return area ? { ...address, ward: area.ward } : address;
  }

  #ofPoint(ctx: RequestContext, point: Point): Promise<Area | undefined> {
    return this.providers.ask(ctx, 'areas', (provider) => provider.areaOfPoint?.(point, ctx.language));
  }
  #pointOf(ctx: RequestContext, uprn: Address['uprn']): Promise<Point | undefined> {
    if (this.providers.anyHas(ctx, 'uprn-points')) return this.providers.ask(ctx, 'uprn-points', (provider) => provider.pointOfUprn?.(uprn));
    return this.providers.ask(ctx, 'uprn', (provider) => provider.byUprn?.(uprn, ctx.language)?.then((address) => address?.point));
  }
}
