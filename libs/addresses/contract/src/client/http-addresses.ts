import type { Outcome, RemoteApiOptions, RequestContext } from '@guildhall/kernel-contract';
import { RemoteApi, isGuildhallError } from '@guildhall/kernel-contract';
import type { Address, AddressMatches, AddressQuery, Area, Extent, NearbyAddress, Street, StreetMap, Uprn, Zone } from '../address';
import type { AddressesApi, Place, SearchRefusal, Spot } from '../addresses-api';
import type { Bounds, Point } from '../geometry';
import { writeMapView } from '../map-view';
import type { MapPicture, MapView } from '../map-view';
import * as parse from './addresses-json';

const BASE = '/api/addresses/v1';

/**
 * The addresses of another deployment, over its REST API: a neighbour's, a region's.
 * @public
 * @example new HttpAddresses({ origin: 'https://addresses.region.example', outbound, credential })
 */
export class HttpAddresses implements AddressesApi {
  readonly #remote: RemoteApi;
  constructor(private readonly options: RemoteApiOptions) { this.#remote = new RemoteApi(options); }

  search(ctx: RequestContext, query: AddressQuery): Promise<Outcome<AddressMatches, SearchRefusal>> {
    const asked = 'postcode' in query ? { postcode: query.postcode, building: query.building } : { text: query.text };
    return this.#remote.outcome<AddressMatches, SearchRefusal>(parse.addressMatches, `${BASE}/addresses`, { query: { ...asked, limit: written(query.limit), lang: ctx.language } });
  }
  async byUprn(ctx: RequestContext, uprn: Uprn): Promise<Address | undefined> {
    try {
      return parse.address(await this.#remote.call(`${BASE}/addresses/${encodeURIComponent(uprn)}`, { query: { lang: ctx.language } }));
    } catch (error) {
      if (isGuildhallError(error) && error.code === 'not-found') return undefined;
      throw error;
    }
  }
  async nearest(ctx: RequestContext, point: Point, options: { readonly limit?: number; readonly withinInMetres?: number } = {}): Promise<readonly NearbyAddress[]> {
    return parse.nearbyAddresses(await this.#remote.call(`${BASE}/nearest`, { query: { ...writtenPoint(point), limit: written(options.limit), withinInMetres: written(options.withinInMetres), lang: ctx.language } }));
  }
  async searchStreets(ctx: RequestContext, text: string, options: { readonly limit?: number } = {}): Promise<readonly Street[]> {
    return parse.streets(await this.#remote.call(`${BASE}/streets`, { query: { text, limit: written(options.limit), lang: ctx.language } }));
  }
  async areaOf(ctx: RequestContext, place: Place): Promise<Area | undefined> {
    const asked = 'postcode' in place ? { postcode: place.postcode } : writtenSpot(place);
    return parse.area(await this.#remote.call(`${BASE}/areas`, { query: { ...asked, lang: ctx.language } }));
  }
  async zonesOf(ctx: RequestContext, spot: Spot): Promise<readonly Zone[]> {
    return parse.zones(await this.#remote.call(`${BASE}/zones`, { query: { ...writtenSpot(spot), lang: ctx.language } }));
  }
  async streetsWithin(ctx: RequestContext, bounds: Bounds): Promise<StreetMap> {
    return parse.streetMap(await this.#remote.call(`${BASE}/map`, { query: { south: written(bounds.south), west: written(bounds.west), north: written(bounds.north), east: written(bounds.east), lang: ctx.language } }));
  }
  async extent(ctx: RequestContext): Promise<Extent> {
    return parse.extent(await this.#remote.call(`${BASE}/extent`, { query: { lang: ctx.language } }));
  }
  /** The pictures are on the other deployment's origin: allow it in `contentOrigins.images`. */
  async picture(ctx: RequestContext, view: MapView, options: { readonly at?: Point } = {}): Promise<MapPicture> {
    const found = parse.picture(await this.#remote.call(`${BASE}/picture`, { query: { view: writeMapView(view), at: options.at && `${options.at.latitude},${options.at.longitude}`, lang: ctx.language } }));
    return { ...found, image: this.options.origin + found.image };
  }
}

function written(number: number | undefined): string | undefined { return number === undefined ? undefined : String(number); }
function writtenSpot(spot: Spot): Readonly<Record<string, string>> { return 'point' in spot ? writtenPoint(spot.point) : { uprn: spot.uprn }; }
function writtenPoint(point: Point): { latitude: string; longitude: string } { return { latitude: String(point.latitude), longitude: String(point.longitude) }; }
