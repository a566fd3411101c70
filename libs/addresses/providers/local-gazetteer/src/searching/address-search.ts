import type { Language } from '@guildhall/kernel-contract';
import type { Gazetteer } from '../gazetteer';
import { readQuery } from './read-query';
import type { ReadQuery } from './read-query';
import { plainWords } from './words';
import { WordIndex } from './word-index';

/** Numbers of addresses, best first, and how many there are (counted to 1,000). */
export interface Found { readonly addresses: readonly number[]; readonly total: number }

const MOST = 1_000;

/** Finds addresses and streets of one gazetteer by postcode and by words. */
export class AddressSearch {
  readonly #streets: WordIndex;
  readonly #buildings: WordIndex;
  /** The addresses that carry each building name: one, or a block of flats. */
  readonly #addressesOfBuilding: readonly number[][];
  readonly #postcodes: ReadonlyMap<string, { readonly first: number; end: number }>;
  readonly #townWords: ReadonlySet<string>;

  constructor(private readonly gazetteer: Gazetteer) {
    this.#streets = new WordIndex(gazetteer.streets.map(({ name }) => [name.en, name.cy]));
    this.#buildings = new WordIndex(gazetteer.names.map((name) => [name.en, name.cy]));
    this.#townWords = new Set([...plainWords(gazetteer.town.en), ...plainWords(gazetteer.town.cy)]);
    const addressesOfBuilding: number[][] = gazetteer.names.map(() => []);
    const postcodes = new Map<string, { first: number; end: number }>();
    for (let at = 0; at < gazetteer.size; at++) {
      const name = gazetteer.nameOf[at] ?? 0;
      if (name > 0) addressesOfBuilding[name - 1]?.push(at);
      const postcode = gazetteer.postcodes[gazetteer.postcodeOf[at] ?? 0] as string;
      const range = postcodes.get(postcode);
      if (range) range.end = at + 1; else postcodes.set(postcode, { first: at, end: at + 1 });
    }
    this.#addressesOfBuilding = addressesOfBuilding;
    this.#postcodes = postcodes;
  }

  /** Every address of a postcode, or those whose number or name the building names. */
  byPostcode(postcode: string, building: string | undefined, limit: number): Found {
    const all = this.addressesOf(postcode);
    const wanted = building?.trim() ? this.#inBuilding(all, building) : all;
    return this.#page(wanted, limit);
  }

  /** Numbers of the addresses of a postcode. */
  addressesOf(postcode: string): number[] {
    const range = this.#postcodes.get(postcode);
    return range ? Array.from({ length: range.end - range.first }, (_, at) => range.first + at) : [];
  }

  byText(text: string, limit: number): Found {
    const query = readQuery(text);
    if (query.postcodeBeginning) return this.#byPostcodeBeginning(query.postcodeBeginning, limit);
    const words = this.#withoutTown(query.words);
    if (words.length === 0) return query.postcode ? this.#page(this.#narrowed(this.addressesOf(query.postcode), query, true), limit) : { addresses: [], total: 0 };
    const groups = this.#groups(words);
    for (const insists of [true, false]) {
      const found: number[] = [];
      const seen = new Set<number>();
      for (const group of groups) {
        for (const at of this.#inOrder(this.#narrowed(group, query, insists))) if (!seen.has(at)) { seen.add(at); found.push(at); }
        if (found.length >= MOST) break;
      }
      // A number that the street does not have: better its houses than nothing.
      if (found.length > 0 || (query.houseNumber === undefined && query.flat === undefined)) return { addresses: found.slice(0, limit), total: Math.min(MOST, found.length) };
    }
    return { addresses: [], total: 0 };
  }

  /** Numbers of streets, best first. */
  streets(text: string, limit: number): number[] {
    const { words } = readQuery(text);
    const wanted = this.#withoutTown(words);
    return wanted.length === 0 ? [] : this.#ranked(this.#streets, wanted, (at) => this.gazetteer.streets[at]?.name).slice(0, limit);
  }

  #withoutTown(words: readonly string[]): readonly string[] {
    const others = words.filter((word) => !this.#townWords.has(word));
    return others.length > 0 ? others : [];
  }

  /** Addresses in groups, best first: of buildings whose name is meant, then of streets. */
  #groups(words: readonly string[]): number[][] {
    const addressesOfStreet = (at: number): number[] => {
      const street = this.gazetteer.streets[at];
      return street ? Array.from({ length: street.end - street.first }, (_, offset) => street.first + offset) : [];
    };
    const streets = this.#ranked(this.#streets, words, (at) => this.gazetteer.streets[at]?.name).map(addressesOfStreet);
    const buildings = this.#ranked(this.#buildings, words, (at) => this.gazetteer.names[at]).map((at) => this.#addressesOfBuilding[at] ?? []);
    if (streets.length + buildings.length > 0) return [...buildings, ...streets];
    return this.#buildingsInStreets(words);
  }

  /** `heron court weir lane`: some words are the building's, the others its street's. */
  #buildingsInStreets(words: readonly string[]): number[][] {
    const ofBuildings = words.map((word) => this.#buildings.find(word));
    const ofStreets = words.map((word) => this.#streets.find(word));
    return this.#addressesOfBuilding.filter((addresses, building) => {
      const street = this.gazetteer.streetOf[addresses[0] ?? 0] ?? 0;
      return ofBuildings.some((found) => found.has(building)) && words.every((_, at) => ofBuildings[at]?.has(building) || ofStreets[at]?.has(street));
    });
  }

  /** Entries that hold every word; those that begin as the words do, and shorter names, come first. */
  #ranked(index: WordIndex, words: readonly string[], nameOf: (at: number) => Readonly<Record<Language, string>> | undefined): number[] {
    const [first, ...others] = words.map((word) => index.find(word));
    const ranked: { at: number; score: number; name: string }[] = [];
    for (const [at, score] of first ?? []) {
      if (!others.every((found) => found.has(at))) continue;
      const name = nameOf(at)?.en ?? '';
      const names = [name, nameOf(at)?.cy ?? ''].map((each) => plainWords(each));
      const begins = names.some((each) => each[0]?.startsWith(words[0] as string)) ? 1 : 0;
      const spare = Math.min(...names.map((each) => Math.abs(each.length - words.length)));
      ranked.push({ at, name, score: others.reduce((sum, found) => sum + (found.get(at) ?? 0), score) + begins - spare * 0.1 });
    }
    return ranked.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.at - b.at)).map(({ at }) => at);
  }

  #narrowed(addresses: readonly number[], query: ReadQuery, insists: boolean): readonly number[] {
    const { gazetteer } = this;
    const inPostcode = query.postcode === undefined ? addresses : addresses.filter((at) => gazetteer.postcodes[gazetteer.postcodeOf[at] ?? 0] === query.postcode);
    if (!insists) return inPostcode;
    return inPostcode.filter((at) => (query.flat === undefined || gazetteer.flatOf[at] === query.flat) && (query.houseNumber === undefined || this.#hasNumber(at, query.houseNumber)));
  }

  /** `14` means 14, 14A and the flats in it; `14a` means 14A only. */
  #hasNumber(at: number, wanted: string): boolean {
    const own = this.gazetteer.houseNumberOf(at).toLowerCase();
    return own === wanted || (/^\d+$/.test(wanted) && String(this.gazetteer.numberOf[at]) === wanted);
  }

  #inBuilding(addresses: readonly number[], building: string): readonly number[] {
    const { flat, houseNumber, words } = readQuery(building);
    return addresses.filter((at) => {
      const names = [...plainWords(this.gazetteer.buildingNameOf(at, 'en')), ...plainWords(this.gazetteer.buildingNameOf(at, 'cy')), ...plainWords(this.gazetteer.linesOf(at, 'en').join(' ')), ...plainWords(this.gazetteer.linesOf(at, 'cy').join(' '))];
      if (flat !== undefined && this.gazetteer.flatOf[at] !== flat) return false;
      if (houseNumber !== undefined && !this.#hasNumber(at, houseNumber)) return false;
      return words.every((word) => names.some((name) => name.startsWith(word)));
    });
  }

  #byPostcodeBeginning(beginning: string, limit: number): Found {
    const found: number[] = [];
    for (const postcode of this.#postcodes.keys()) {
      if (postcode.replace(' ', '').startsWith(beginning)) found.push(...this.#inOrder(this.addressesOf(postcode)));
      if (found.length >= MOST) break;
    }
    return { addresses: found.slice(0, limit), total: Math.min(MOST, found.length) };
  }

  #page(addresses: readonly number[], limit: number): Found {
    return { addresses: this.#inOrder(addresses).slice(0, limit), total: Math.min(MOST, addresses.length) };
  }

  /** As a street is walked: by number, its letter, its flats; named houses last, by name. */
  #inOrder(addresses: readonly number[]): number[] {
    const { numberOf, suffixOf, flatOf, nameOf } = this.gazetteer;
    const last = (number: number): number => (number === 0 ? Number.MAX_SAFE_INTEGER : number);
    return [...addresses].sort((a, b) => last(numberOf[a] ?? 0) - last(numberOf[b] ?? 0) || (suffixOf[a] ?? 0) - (suffixOf[b] ?? 0) || (nameOf[a] ?? 0) - (nameOf[b] ?? 0) || (flatOf[a] ?? 0) - (flatOf[b] ?? 0) || a - b);
  }
}
