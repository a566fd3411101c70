import { isGuildhallError } from '@guildhall/kernel-contract';
import type { ConnectionCheck, Language, OutboundResponse, Unavailable } from '@guildhall/kernel-contract';
import { distanceInMetres } from '@guildhall/addresses-contract';
import type { Address, AddressAbility, AddressMatches, AddressProvider, NearbyAddress, Point, Postcode, ProviderQuery, Street, Uprn } from '@guildhall/addresses-contract';
import { fitToSend, narrow, plainWords, postcodeIn } from './narrow';
import { gridBox, toGrid } from './national-grid';
import type { OsPlacesOptions } from './options';
import { whatStatusMeans } from './os-places.client';
import type { OsPlacesClient, OsPlacesParameters, OsPlacesResource } from './os-places.client';
import { readPlace, readStreet } from './read-address';
import type { ReadPlace } from './read-address';
import type { OsPlacesAnswer } from './read-answer';
import { readAnswer } from './read-answer';

/** The most that one answer holds. */
const PAGE = 100;
/** A postcode has at most a hundred letterboxes, and seldom more than a few hundred entries of a gazetteer. */
const MOST_PAGES = 10;
const MOST_COUNTED = 1_000;
/** Below this the service's own score calls a result no match: words that stand nowhere must find nothing. */
const LEAST_MATCH = 0.3;
/** Only what is approved: not the alternative names, the planned and the demolished (BS 7666 logical status). */
const APPROVED = 'LPI_LOGICAL_STATUS_CODE:1';
/** Everything but O (other, such as a lamp post) and P (street records, and shells around other addresses). */
const ADDRESSABLE = ['C', 'L', 'M', 'R', 'U', 'X', 'Z'].map((code) => `CLASSIFICATION_CODE:${code}*`).join(' ');
const STREET_RECORDS = 'CLASSIFICATION_CODE:PS';
const SMALLEST_RADIUS_IN_METRES = 50;

/**
 * Answers from OS Places. Both languages are asked for at once, as the service does unless told: an address that is only recorded in one of
 * them is still an address.
 */
export class OsPlacesProvider implements AddressProvider {
  readonly abilities: readonly AddressAbility[] = ['postcode-search', 'text-search', 'uprn', 'uprn-points', 'nearest', 'street-search', 'welsh'];
  readonly #inOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

  constructor(private readonly client: OsPlacesClient, private readonly options: Pick<OsPlacesOptions, 'dataset' | 'bounds'>) {}

  async search(query: ProviderQuery): Promise<AddressMatches> {
    if (query.kind === 'postcode') return page(narrow(await this.#ofPostcode(query.postcode, query.language), query.building ?? ''), query.limit);
    const withPostcode = postcodeIn(query.text);
    if (!withPostcode) return this.#ofWords(query.text, query.limit, query.language);
    const all = await this.#ofPostcode(withPostcode.postcode, query.language);
    const narrowed = narrow(all, withPostcode.rest);
    // Of two things that do not agree the postcode is more often right than the spelling of a street.
    return page(narrowed.length > 0 ? narrowed : all, query.limit);
  }

  async byUprn(uprn: Uprn, language: Language): Promise<Address | undefined> {
    return this.#best(await this.#ofUprn(uprn), language).find((place) => place.address)?.address;
  }

  async pointOfUprn(uprn: Uprn): Promise<Point | undefined> {
    return this.#best(await this.#ofUprn(uprn), 'en')[0]?.point;
  }

  async nearest(point: Point, options: { readonly limit: number; readonly withinInMetres: number; readonly language: Language }): Promise<readonly NearbyAddress[]> {
    if (!toGrid(point)) return [];
    const asked = { point: `${point.latitude.toFixed(7)},${point.longitude.toFixed(7)}`, srs: 'WGS84' };
    const nearby = (places: readonly ReadPlace[]): NearbyAddress[] => addressesOf(this.#best(places, options.language))
      .map((address) => ({ address, distanceInMetres: distanceInMetres(point, address.point) })).filter((found) => found.distanceInMetres <= options.withinInMetres)
      .sort((a, b) => a.distanceInMetres - b.distanceInMetres || this.#inOrder.compare(a.address.lines.join(), b.address.lines.join())).slice(0, options.limit);
    if (options.limit === 1) {
      const answer = await this.client.ask('nearest', { ...asked, radius: options.withinInMetres, ...this.#usual() });
      const found = nearby(placesOf(answer));
      if (found.length > 0 || answer.total === 0) return found;
    }
    for (let radius = Math.min(SMALLEST_RADIUS_IN_METRES, options.withinInMetres); ; radius = radius * 4 > options.withinInMetres ? options.withinInMetres : radius * 3) {
      const found = nearby(await this.#all('radius', { ...asked, radius, ...this.#usual() }));
      // What lies in a whole circle cannot be further than what lies outside it.
      if (radius >= options.withinInMetres || found.filter((each) => each.distanceInMetres <= radius).length >= options.limit) return found;
    }
  }

  async searchStreets(text: string, options: { readonly limit: number; readonly language: Language }): Promise<readonly Street[]> {
    const query = fitToSend(text);
    if (plainWords(query).length === 0) return [];
    const { results } = await this.client.ask('find', { query, maxresults: PAGE, minmatch: LEAST_MATCH, bbox: this.#bbox(), dataset: 'LPI', output_srs: 'WGS84', fq: [STREET_RECORDS, APPROVED] });
    const streets = new Map<string, Street>();
    for (const result of results) {
      const read = readStreet(result);
      if (!read || (streets.has(read.usrn) && read.language !== options.language)) continue;
      const { language: _, ...street } = read;
      streets.set(street.usrn, street);
    }
    return [...streets.values()].slice(0, options.limit);
  }

  /** Whether the service is reached, knows the key, and lets the project in. */
  async check(): Promise<ConnectionCheck> {
    let response: OutboundResponse;
    try {
      response = await this.client.call('find', { query: 'town hall', maxresults: 1, bbox: this.#bbox(), ...this.#usual() });
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      // One that asks for a rest is there.
      const isSilent = (error as Unavailable).retryAfterInSeconds === undefined;
      return { ok: false, message: `${error.message} ${isSilent ? `Look whether this server may call ${this.client.host}, and at the service status in the OS Data Hub.` : 'Try again in a minute.'}` };
    }
    if (response.status !== 200) return { ok: false, message: whatStatusMeans(response.status) };
    const answer = readAnswer(response);
    if (!answer) return { ok: false, message: 'Something answers in the place of OS Places that is not OS Places: a proxy, or another origin in the settings than https://api.os.uk.' };
    return { ok: true, message: `OS Places answers and accepts the key (${this.#dataset} of AddressBase epoch ${answer.epoch ?? 'unknown'}).` };
  }

  async #ofPostcode(postcode: Postcode, language: Language): Promise<readonly Address[]> {
    const places = this.#best(await this.#all('postcode', { postcode, ...this.#usual() }), language);
    // Asked for one postcode, a search may also give its neighbours.
    return addressesOf(places.toSorted((a, b) => this.#compareWalks(a, b))).filter((address) => address.postcode === postcode);
  }

  async #ofWords(text: string, limit: number, language: Language): Promise<AddressMatches> {
    const query = fitToSend(text);
    if (plainWords(query).length === 0) return { addresses: [], total: 0 };
    // Twice as many, because each may be there in both languages.
    const answer = await this.client.ask('find', { query, maxresults: Math.min(PAGE, limit * 2), minmatch: LEAST_MATCH, bbox: this.#bbox(), ...this.#usual() });
    const addresses = addressesOf(this.#best(placesOf(answer), language));
    const isAll = answer.total <= answer.received;
    return { addresses: addresses.slice(0, limit), total: Math.min(MOST_COUNTED, isAll ? addresses.length : Math.max(addresses.length, answer.total)) };
  }

  /** From both data sets: a park has no letterbox, and some letterboxes have not yet reached the gazetteer. */
  async #ofUprn(uprn: Uprn): Promise<readonly ReadPlace[]> {
    return placesOf(await this.client.ask('uprn', { uprn, dataset: 'DPA,LPI', output_srs: 'WGS84' })).filter((place) => place.uprn === uprn);
  }

  async #all(resource: OsPlacesResource, parameters: OsPlacesParameters): Promise<readonly ReadPlace[]> {
    const places: ReadPlace[] = [];
    let seen = 0;
    for (let at = 0; at < MOST_PAGES; at++) {
      const answer: OsPlacesAnswer = await this.client.ask(resource, { ...parameters, maxresults: PAGE, ...(seen > 0 ? { offset: seen } : {}) });
      places.push(...placesOf(answer));
      seen += answer.received;
      if (seen >= answer.total || answer.received === 0) break;
    }
    return places;
  }

  /** One place for each UPRN, in the order in which they came: of the council's data set rather than the other, in the reader's language rather than the other. */
  #best(places: readonly ReadPlace[], language: Language): readonly ReadPlace[] {
    const worth = (place: ReadPlace): number => (place.address ? 8 : 0) + (place.dataset === this.#dataset ? 4 : 0) + (place.isApproved ? 2 : 0) + (place.language === language ? 1 : 0);
    const best = new Map<Uprn, ReadPlace>();
    for (const place of places) {
      const before = best.get(place.uprn);
      if (!before || worth(place) > worth(before)) best.set(place.uprn, place);
    }
    return [...best.values()];
  }

  #compareWalks(a: ReadPlace, b: ReadPlace): number {
    const [street, number, inside] = a.walk;
    // Houses with a name only come after those with a number.
    return this.#inOrder.compare(street, b.walk[0]) || Number(number === '') - Number(b.walk[1] === '') || this.#inOrder.compare(number, b.walk[1]) || this.#inOrder.compare(inside, b.walk[2]) || this.#inOrder.compare(a.uprn, b.uprn);
  }

  #usual(): { readonly dataset: string; readonly output_srs: string; readonly fq?: readonly string[] } {
    return { dataset: this.#dataset, output_srs: 'WGS84', ...(this.#dataset === 'LPI' ? { fq: [ADDRESSABLE, APPROVED] } : {}) };
  }
  #bbox(): string | undefined { return this.options.bounds && gridBox(this.options.bounds); }
  get #dataset(): 'LPI' | 'DPA' { return this.options.dataset ?? 'LPI'; }
}

function placesOf({ results }: OsPlacesAnswer): ReadPlace[] { return results.map(readPlace).filter((place) => place !== undefined); }
function addressesOf(places: readonly ReadPlace[]): Address[] { return places.map((place) => place.address).filter((address) => address !== undefined); }
function page(addresses: readonly Address[], limit: number): AddressMatches { return { addresses: addresses.slice(0, limit), total: Math.min(MOST_COUNTED, addresses.length) }; }
