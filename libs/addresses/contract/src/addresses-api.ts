import type { Outcome, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { defineContract } from '@guildhall/kernel-contract';
import type { Address, AddressMatches, AddressQuery, Area, Extent, NearbyAddress, Street, StreetMap, Uprn, Zone } from './address';
import type { Bounds, Point } from './geometry';
import type { MapPicture, MapView } from './map-view';

/** Why a search is refused: the words for the person are the caller's. @public */
export type SearchRefusal = Refusal<'not-a-postcode' | 'too-little-text'>;

/** A place to the metre. @public */
export type Spot = { readonly point: Point } | { readonly uprn: Uprn };
/** What is asked where. @public */
export type Place = Spot | { readonly postcode: string };

/**
 * Finds addresses, streets and areas, in the language of the context, from whichever providers the council chose.
 * A method throws Unavailable when no chosen provider has the ability or none of those that have it answers.
 * @public
 */
export interface AddressesApi {
  /**
   * Addresses by postcode or by words. Nothing found is an empty list, not a refusal.
   * @param query `limit` is 10 unless told, at most 100
   */
  search(ctx: RequestContext, query: AddressQuery): Promise<Outcome<AddressMatches, SearchRefusal>>;
  /** The address with this UPRN. */
  byUprn(ctx: RequestContext, uprn: Uprn): Promise<Address | undefined>;
  /**
   * Addresses near a point, nearest first.
   * @param options `limit` is 1 unless told, at most 100; `withinInMetres` is 500 unless told, at most 1,000
   */
  nearest(ctx: RequestContext, point: Point, options?: { readonly limit?: number; readonly withinInMetres?: number }): Promise<readonly NearbyAddress[]>;
  /** Streets by (part of) their name, best first, at most `limit` (10 unless told, at most 50). */
  searchStreets(ctx: RequestContext, text: string, options?: { readonly limit?: number }): Promise<readonly Street[]>;
  /** Ward and council of a place; undefined when it lies outside every area that is known. */
  areaOf(ctx: RequestContext, place: Place): Promise<Area | undefined>;
  /** The zones in which a place lies, as its address has them; none where the council has chosen none. A postcode may lie in several: ask for its addresses. */
  zonesOf(ctx: RequestContext, spot: Spot): Promise<readonly Zone[]>;
  /** What a map of this rectangle is drawn from. A rectangle of more than 0.5 degrees is refused as InvalidInput. */
  streetsWithin(ctx: RequestContext, bounds: Bounds): Promise<StreetMap>;
  /** Where the council's area lies. */
  extent(ctx: RequestContext): Promise<Extent>;
  /**
   * A map for a page, in the council's colours or from its tile server, with a mark at a place: give it to the partial
   * `addresses/map.njk` (to look at) or `addresses/map-picker.njk` (to choose a place, also without JavaScript).
   */
  picture(ctx: RequestContext, view: MapView, options?: { readonly at?: Point }): Promise<MapPicture>;
}

/** The contract that other modules inject: `@Inject(ADDRESSES.token) addresses: AddressesApi`. @public */
export const ADDRESSES = defineContract<AddressesApi>({
  id: 'addresses',
  version: '0.1.0',
  dispatch: (pick) => ({
    search: (ctx, query) => pick(ctx).search(ctx, query),
    byUprn: (ctx, uprn) => pick(ctx).byUprn(ctx, uprn),
    nearest: (ctx, point, options) => pick(ctx).nearest(ctx, point, options),
    searchStreets: (ctx, text, options) => pick(ctx).searchStreets(ctx, text, options),
    areaOf: (ctx, place) => pick(ctx).areaOf(ctx, place),
    zonesOf: (ctx, spot) => pick(ctx).zonesOf(ctx, spot),
    streetsWithin: (ctx, bounds) => pick(ctx).streetsWithin(ctx, bounds),
    extent: (ctx) => pick(ctx).extent(ctx),
    picture: (ctx, view, options) => pick(ctx).picture(ctx, view, options),
  }),
});
