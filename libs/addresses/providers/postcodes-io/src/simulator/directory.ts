import { distanceInMetres, parsePostcode, pointOf } from '@guildhall/addresses-contract';

/** A postcode of the simulated directory. @public */
export interface SimulatedPostcode { readonly postcode: string; readonly ward?: { readonly code: string; readonly name: string }; readonly districtCode: string; readonly latitude: number; readonly longitude: number }

/** What is answered: `{ status, result }`, or `{ status, error }`. */
export interface DirectoryAnswer { readonly status: number; readonly body: object }
interface DirectoryQuestion { readonly method: string; readonly url: URL; readonly body: string }

/** Postcodes, or points, in one bulk question (postcodes.io, "Bulk Postcode Lookup"). */
const MOST_IN_BULK = 100;
const MOST_LISTED = 100;
const USUALLY_LISTED = 10;
const WIDEST_IN_METRES = 2_000;
const USUAL_RADIUS_IN_METRES = 100;

const found = (result: unknown): DirectoryAnswer => ({ status: 200, body: { status: 200, result } });
const refused = (status: number, error: string): DirectoryAnswer => ({ status, body: { status, error } });

/** The resources of postcodes.io that begin with /postcodes, answered from invented postcodes in the shapes of its documentation (postcodes.io/docs, 2026). */
export class Directory {
  readonly #all: ReadonlyMap<string, SimulatedPostcode>;
  constructor(postcodes: readonly SimulatedPostcode[]) { this.#all = new Map(postcodes.map((each) => [each.postcode, each])); }

  get postcodes(): readonly string[] { return [...this.#all.keys()]; }

  answer({ method, url, body }: DirectoryQuestion): DirectoryAnswer {
    const [area, written, more, ...rest] = url.pathname.split('/').slice(1).map(decoded);
    if (area !== 'postcodes' || rest.length > 0) return refused(404, 'Resource not found');
    if (method === 'POST' && written === undefined) return this.#bulk(body);
    if (method !== 'GET') return refused(404, 'Resource not found');
    if (written === undefined) return this.#search(url.searchParams);
    switch (more) {
      case undefined: return this.#known(written, (postcode) => found(viewOf(postcode)));
      case 'validate': return found(this.#find(written) !== undefined);
      case 'nearest': return this.#known(written, (postcode) => this.#around(postcode, url.searchParams));
      case 'autocomplete': return this.#beginning(written, url.searchParams);
      default: return refused(404, 'Resource not found');
    }
  }

  #find(written: string): SimulatedPostcode | undefined { return this.#all.get(parsePostcode(written) ?? ''); }

  #known(written: string, then: (postcode: SimulatedPostcode) => DirectoryAnswer): DirectoryAnswer {
    if (!parsePostcode(written)) return refused(404, 'Invalid postcode');
    const postcode = this.#find(written);
    return postcode ? then(postcode) : refused(404, 'Postcode not found');
  }

  /** By what a postcode begins with, or those around a point. */
  #search(query: URLSearchParams): DirectoryAnswer {
    const [longitude, latitude] = [query.get('lon') ?? query.get('longitude'), query.get('lat') ?? query.get('latitude')];
    if (longitude !== null || latitude !== null) return this.#aroundPoint(longitude, latitude, query);
    const begun = query.get('q') ?? query.get('query');
    if (!begun) return refused(400, 'No postcode query submitted. Remember to include query parameter');
    const matching = this.#startingWith(begun, query).map(viewOf);
    return found(matching.length > 0 ? matching : null);
  }

  #beginning(written: string, query: URLSearchParams): DirectoryAnswer {
    const matching = this.#startingWith(written, query).map(({ postcode }) => postcode);
    return found(matching.length > 0 ? matching : null);
  }

  #startingWith(begun: string, query: URLSearchParams): readonly SimulatedPostcode[] {
    const plain = (text: string): string => text.replace(/\s/g, '').toUpperCase();
    return [...this.#all.values()].filter(({ postcode }) => plain(postcode).startsWith(plain(begun))).slice(0, limitIn(query));
  }

  #aroundPoint(longitude: unknown, latitude: unknown, query: URLSearchParams): DirectoryAnswer {
    const point = pointOf(numberIn(latitude), numberIn(longitude));
    return point ? this.#around(point, query) : refused(400, 'Invalid longitude/latitude submitted');
  }

  #around(point: { readonly latitude: number; readonly longitude: number }, query: URLSearchParams): DirectoryAnswer {
    const radius = Math.min(WIDEST_IN_METRES, Number(query.get('radius')) || USUAL_RADIUS_IN_METRES);
    const near = [...this.#all.values()].map((each) => ({ each, distance: distanceInMetres(point, each) })).filter(({ distance }) => distance <= radius).sort((one, two) => one.distance - two.distance);
    return found(near.length > 0 ? near.slice(0, limitIn(query)).map(({ each, distance }) => ({ ...viewOf(each), distance })) : null);
  }

  #bulk(body: string): DirectoryAnswer {
    let asked: unknown;
    try { asked = JSON.parse(body); } catch { return refused(400, 'Invalid JSON submitted. You need to submit a JSON object with an array of postcodes or geolocation objects'); }
    const { postcodes, geolocations } = (typeof asked === 'object' && asked !== null ? asked : {}) as { readonly postcodes?: unknown; readonly geolocations?: unknown };
    if (Array.isArray(postcodes)) {
      if (postcodes.length > MOST_IN_BULK) return refused(400, `Too many postcodes submitted. Up to ${MOST_IN_BULK} postcodes can be bulk requested at a time`);
      return found(postcodes.map((query: unknown) => { const known = typeof query === 'string' ? this.#find(query) : undefined; return { query, result: known ? viewOf(known) : null }; }));
    }
    if (Array.isArray(geolocations)) {
      if (geolocations.length > MOST_IN_BULK) return refused(400, `Too many locations submitted. Up to ${MOST_IN_BULK} locations can be bulk requested at a time`);
      return found(geolocations.map((query: unknown) => {
        const { longitude, latitude, limit, radius } = (typeof query === 'object' && query !== null ? query : {}) as Readonly<Record<string, unknown>>;
        const answer = this.#aroundPoint(longitude, latitude, new URLSearchParams({ limit: String(numberIn(limit)), radius: String(numberIn(radius)) }));
        return { query, result: answer.status === 200 ? (answer.body as { readonly result: unknown }).result : null };
      }));
    }
    return refused(400, 'Invalid JSON submitted. You need to submit a JSON object with an array of postcodes or geolocation objects');
  }
}

/** Half of a percent sign is no postcode. */
function decoded(part: string): string {
  try { return decodeURIComponent(part); } catch { return ''; }
}
function numberIn(value: unknown): number { return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN; }
function limitIn(query: URLSearchParams): number {
  const wanted = Number(query.get('limit'));
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(MOST_LISTED, wanted) : USUALLY_LISTED;
}

/** A postcode as postcodes.io shows it: what is not known of an invented one is null, and pseudo codes stand for "none". */
function viewOf({ postcode, ward, districtCode, latitude, longitude }: SimulatedPostcode): object {
  return {
    postcode, quality: 1, eastings: null, northings: null, country: 'England', nhs_ha: null, longitude, latitude, european_electoral_region: null, primary_care_trust: null, region: null, lsoa: null, msoa: null,
    incode: postcode.slice(-3), outcode: postcode.slice(0, -4), parliamentary_constituency: null, admin_district: ward ? 'Testham' : null, parish: null, admin_county: null, date_of_introduction: '198001',
    admin_ward: ward?.name ?? null, ced: null, ccg: null, nuts: null, pfa: null,
    codes: { admin_district: districtCode, admin_county: 'E99999999', admin_ward: ward?.code ?? 'E99999999', parish: 'E99999999', parliamentary_constituency: 'E99999999', ccg: 'E99999999', ced: 'E99999999', nuts: 'E99999999', lsoa: 'E99999999', msoa: 'E99999999', lau2: 'E99999999', pfa: 'E99999999' },
  };
}
