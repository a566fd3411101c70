import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import { isGuildhallError, unlessUnavailable } from '@guildhall/kernel-contract';
import { parsePostcode, parseUprn } from '@guildhall/addresses-contract';
import type { Address, Area, Place, Point, Postcode, Spot, Zone } from '@guildhall/addresses-contract';
import { UprnPoints } from '../importing/uprn-points';
import { AbleProviders } from './able-providers';

/** Finds the ward, the council and the zones of a place. */
@Injectable()
export class FindAreas {
  constructor(@Inject(AbleProviders) private readonly providers: AbleProviders, @Inject(UprnPoints) private readonly points: UprnPoints) {}

  async areaOf(ctx: RequestContext, place: Place): Promise<Area | undefined> {
    if (!('postcode' in place)) {
      const point = await this.#pointOf(ctx, place);
      return point && this.#ofPoint(ctx, point);
    }
    const postcode = parsePostcode(place.postcode);
    if (!postcode) return undefined;
    if (!this.providers.anyHas(ctx, 'postcode-areas')) return this.#ofAddressesAt(ctx, postcode);
    try {
      return await this.providers.ask(ctx, 'postcode-areas', (provider) => provider.areaOfPostcode?.(postcode, ctx.language));
    } catch (error) {
      const hasAnotherWay = this.providers.anyHas(ctx, 'postcode-search') && this.providers.anyHas(ctx, 'areas');
      const found = hasAnotherWay && isGuildhallError(error) && error.code === 'unavailable' ? await unlessUnavailable(this.#ofAddressesAt(ctx, postcode)) : undefined;
      // Sources of the council's own addresses know nothing of a neighbour's postcode: that they find none says nothing.
      if (!found) throw error;
      return found;
    }
  }

  async zonesOf(ctx: RequestContext, spot: Spot): Promise<readonly Zone[]> {
    if (!this.providers.anyHas(ctx, 'zones')) return [];
    const point = await this.#pointOf(ctx, spot);
    return point ? this.#zonesOfPoint(ctx, point) : [];
  }

  /** The address with its zones, and with its ward when its own source does not know wards and another does. An address without them is still an address. */
  async withAreas(ctx: RequestContext, address: Address): Promise<Address> {
    const [area, zones] = await Promise.all([
      address.ward || !this.providers.anyHas(ctx, 'areas') ? undefined : unlessUnavailable(this.#ofPoint(ctx, address.point)),
      this.providers.anyHas(ctx, 'zones') ? unlessUnavailable(this.#zonesOfPoint(ctx, address.point)) : undefined,
    ]);
    return { ...address, ...(area && { ward: area.ward }), ...(zones && { zones }) };
  }

  /** By the first address that has the postcode. */
  async #ofAddressesAt(ctx: RequestContext, postcode: Postcode): Promise<Area | undefined> {
    const { addresses } = await this.providers.ask(ctx, 'postcode-search', (provider) => provider.search?.({ kind: 'postcode', postcode, limit: 1, language: ctx.language }));
    return addresses[0] && this.#ofPoint(ctx, addresses[0].point);
  }
  #ofPoint(ctx: RequestContext, point: Point): Promise<Area | undefined> {
    return this.providers.ask(ctx, 'areas', (provider) => provider.areaOfPoint?.(point, ctx.language));
  }
  #zonesOfPoint(ctx: RequestContext, point: Point): Promise<readonly Zone[]> {
    return this.providers.ask(ctx, 'zones', (provider) => provider.zonesOfPoint?.(point, ctx.language));
  }
  async #pointOf(ctx: RequestContext, spot: Spot): Promise<Point | undefined> {
    if ('point' in spot) return spot.point;
    const uprn = parseUprn(spot.uprn);
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
