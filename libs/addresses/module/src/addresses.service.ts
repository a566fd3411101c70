import { Inject, Injectable } from '@nestjs/common';
import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import type { Address, AddressMatches, AddressQuery, AddressesApi, Area, Bounds, Extent, MapPicture, MapView, NearbyAddress, Place, Point, SearchRefusal, Spot, Street, StreetMap, Uprn, Zone } from '@guildhall/addresses-contract';
import { FindStreets } from './drawing/find-streets';
import { MapForPage } from './drawing/map-for-page';
import { FindAreas } from './finding/find-areas';
import { FindPlaces } from './finding/find-places';
import { SearchAddresses } from './finding/search-addresses';

/** The contract's door: each method is one use case. */
@Injectable()
export class AddressesService implements AddressesApi {
  constructor(
    @Inject(SearchAddresses) private readonly searching: SearchAddresses,
    @Inject(FindPlaces) private readonly places: FindPlaces,
    @Inject(FindAreas) private readonly areas: FindAreas,
    @Inject(FindStreets) private readonly streets: FindStreets,
    @Inject(MapForPage) private readonly maps: MapForPage,
  ) {}

  search(ctx: RequestContext, query: AddressQuery): Promise<Outcome<AddressMatches, SearchRefusal>> { return this.searching.search(ctx, query); }
  byUprn(ctx: RequestContext, uprn: Uprn): Promise<Address | undefined> { return this.places.byUprn(ctx, uprn); }
  nearest(ctx: RequestContext, point: Point, options: { readonly limit?: number; readonly withinInMetres?: number } = {}): Promise<readonly NearbyAddress[]> { return this.places.nearest(ctx, point, options); }
  searchStreets(ctx: RequestContext, text: string, options: { readonly limit?: number } = {}): Promise<readonly Street[]> { return this.searching.streets(ctx, text, options.limit); }
  areaOf(ctx: RequestContext, place: Place): Promise<Area | undefined> { return this.areas.areaOf(ctx, place); }
  zonesOf(ctx: RequestContext, spot: Spot): Promise<readonly Zone[]> { return this.areas.zonesOf(ctx, spot); }
  streetsWithin(ctx: RequestContext, bounds: Bounds): Promise<StreetMap> { return this.streets.within(ctx, bounds); }
  extent(ctx: RequestContext): Promise<Extent> { return this.streets.extent(ctx); }
  picture(ctx: RequestContext, view: MapView, options: { readonly at?: Point } = {}): Promise<MapPicture> { return this.maps.picture(ctx, view, options); }
}
