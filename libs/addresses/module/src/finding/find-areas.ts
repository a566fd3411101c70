import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import { unlessUnavailable } from '@guildhall/kernel-contract';
import { parsePostcode, parseUprn } from '@guildhall/addresses-contract';
import type { Address, Area, Place, Point } from '@guildhall/addresses-contract';
import { UprnPoints } from '../importing/uprn-points';
import { AbleProviders } from './able-providers';

/** Finds the ward and the council of a place. */
@Injectable()
export class FindAreas {
  constructor(@Inject(AbleProviders) private readonly providers: AbleProviders, @Inject(UprnPoints) private readonly points: UprnPoints) {}

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
  async #pointOf(ctx: RequestContext, wanted: Address['uprn']): Promise<Point | undefined> {
    const uprn = parseUprn(wanted);
    if (!uprn) return undefined;
    if (this.points.has(ctx)) {
      const point = await this.points.of(ctx, uprn);
      // A UPRN that was given since the file was made may be known to a source.
      if (point || !(this.providers.anyHas(ctx, 'uprn-points') || this.providers.anyHas(ctx, 'uprn'))) return point;
    }
    if (this.providers.anyHas(ctx, 'uprn-points')) return this.providers.ask(ctx, 'uprn-points', (provider) => provider.pointOfUprn?.(uprn));
    return this.providers.ask(ctx, 'uprn', (provider) => provider.byUprn?.(uprn, ctx.language)?.then((address) => address?.point));
  }
}
