import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import { InvalidInput, done, refused } from '@guildhall/kernel-contract';
import type { Address, AddressMatches, AddressQuery, Area, Extent, NearbyAddress, Street, StreetMap, Uprn, Zone } from '../address';
import type { AddressesApi, Place, SearchRefusal, Spot } from '../addresses-api';
import type { AddressProvider, ProviderQuery } from '../address-provider';
import type { Bounds, Point } from '../geometry';
import { boundsOfView, mapImagePath, writeMapView } from '../map-view';
import type { MapPicture, MapView } from '../map-view';
import { parsePostcode } from '../postcode';
import { InMemoryAddressProvider } from './in-memory-address-provider';

const clamp = (value: number | undefined, usual: number, most: number): number => (value === undefined || !Number.isFinite(value) ? usual : Math.max(1, Math.min(most, Math.trunc(value))));

/** Addresses for other modules' tests: the forty houses of a village. It passes the same kit as the module. @public */
export class InMemoryAddresses implements AddressesApi {
  constructor(private readonly provider: Required<AddressProvider> = new InMemoryAddressProvider()) {}

  async search(ctx: RequestContext, query: AddressQuery): Promise<Outcome<AddressMatches, SearchRefusal>> {
    const limit = clamp(query.limit, 10, 100);
    if ('postcode' in query) {
      const postcode = parsePostcode(query.postcode);
      if (!postcode) return refused('not-a-postcode', 'This is not a postcode.');
      return done(await this.#matches(ctx, { kind: 'postcode', postcode, building: query.building, limit, language: ctx.language }));
    }
    const text = query.text.trim();
    if ((text.match(/[\p{L}\p{N}]/gu) ?? []).length < 2) return refused('too-little-text', 'Too little to search for.');
    return done(await this.#matches(ctx, { kind: 'text', text, limit, language: ctx.language }));
  }
  async byUprn(ctx: RequestContext, uprn: Uprn): Promise<Address | undefined> {
    const address = await this.provider.byUprn(uprn, ctx.language);
    return address && this.#withZones(ctx, address);
  }
  async nearest(ctx: RequestContext, point: Point, options: { readonly limit?: number; readonly withinInMetres?: number } = {}): Promise<readonly NearbyAddress[]> {
    const found = await this.provider.nearest(point, { limit: clamp(options.limit, 1, 100), withinInMetres: clamp(options.withinInMetres, 500, 1_000), language: ctx.language });
    return Promise.all(found.map(async (each) => ({ ...each, address: await this.#withZones(ctx, each.address) })));
  }
  searchStreets(ctx: RequestContext, text: string, options: { readonly limit?: number } = {}): Promise<readonly Street[]> { return this.provider.searchStreets(text, { limit: clamp(options.limit, 10, 50), language: ctx.language }); }
  async areaOf(ctx: RequestContext, place: Place): Promise<Area | undefined> {
    if ('point' in place) return this.provider.areaOfPoint(place.point, ctx.language);
    if ('postcode' in place) { const postcode = parsePostcode(place.postcode); return postcode && this.provider.areaOfPostcode(postcode, ctx.language); }
    const point = await this.provider.pointOfUprn(place.uprn);
    return point && this.provider.areaOfPoint(point, ctx.language);
  }
  async zonesOf(ctx: RequestContext, spot: Spot): Promise<readonly Zone[]> {
    const point = 'point' in spot ? spot.point : await this.provider.pointOfUprn(spot.uprn);
    return point ? this.provider.zonesOfPoint(point, ctx.language) : [];
  }
  async streetsWithin(ctx: RequestContext, bounds: Bounds): Promise<StreetMap> {
    const { south, west, north, east } = bounds;
    if (![south, west, north, east].every(Number.isFinite) || north <= south || east <= west || north - south > 0.5 || east - west > 0.5) throw new InvalidInput('This is not a rectangle of at most half a degree.');
    return this.provider.streetsWithin(bounds, ctx.language);
  }
  extent(_ctx: RequestContext): Promise<Extent> { return this.provider.extent(); }
  async picture(ctx: RequestContext, view: MapView, options: { readonly at?: Point } = {}): Promise<MapPicture> {
    const { streets } = await this.provider.streetsWithin(boundsOfView(view), ctx.language);
    return { view, viewText: writeMapView(view), image: mapImagePath(view, { language: ctx.language, at: options.at }), description: streets.map((street) => street.name).join(', '), ...options };
  }

  async #matches(ctx: RequestContext, query: ProviderQuery): Promise<AddressMatches> {
    const found = await this.provider.search(query);
    return { ...found, addresses: await Promise.all(found.addresses.map((address) => this.#withZones(ctx, address))) };
  }
  async #withZones(ctx: RequestContext, address: Address): Promise<Address> { return { ...address, zones: await this.provider.zonesOfPoint(address.point, ctx.language) }; }
}
