import { Inject, Injectable } from '@nestjs/common';
import { ADDRESSES, boundsAround, distanceInMetres, oneLine, parsePostcode, parseUprn, type Address, type AddressesApi, type Point, type Street } from '@guildhall/addresses-contract';
import { isGuildhallError, unlessUnavailable, type RequestContext } from '@guildhall/kernel-contract';
import { FAR_APART_IN_METRES, placeChoice, type LookedUp, type PlaceChoice, type Question, type RawFields } from '@guildhall/services-contract';
import { LocalExamples, type Examples } from './local-examples';

const NO_EXAMPLES: Examples = {};
/** How many are offered to choose from; more are narrowed by house number. */
const MOST_RESULTS = 10;

/** What a search found. */
export interface PlacesFound {
  readonly words: string;
  /** Without text: what was chosen, while nobody can say its name. */
  readonly choices: readonly { readonly value: string; readonly text: string }[];
  /** There are more than are shown. */
  readonly isMore: boolean;
  /** Where the best of them is: the map shows its surroundings. */
  readonly at?: Point;
  /** The search itself does not work just now. */
  readonly isDown?: boolean;
  readonly refusal?: 'not-a-postcode' | 'too-little-text';
}

/** Finds addresses and streets for questions about places, and looks up what was chosen. */
@Injectable()
export class SearchPlaces {
  constructor(@Inject(ADDRESSES.token) private readonly addresses: AddressesApi, @Inject(LocalExamples) private readonly examples: LocalExamples) {}

  /** Addresses for an address question; streets too for a place. By postcode with the house number that narrows it, or by words. */
  async find(ctx: RequestContext, kind: 'address' | 'location', words: string, building = ''): Promise<PlacesFound> {
    const postcode = parsePostcode(words);
    try {
      const [found, streets] = await Promise.all([
        this.addresses.search(ctx, postcode ? { postcode, ...(building && { building }), limit: MOST_RESULTS } : { text: building ? `${building} ${words}` : words, limit: MOST_RESULTS }),
        kind === 'location' && !postcode ? this.addresses.searchStreets(ctx, words, { limit: 5 }) : Promise.resolve([]),
      ]);
      if (!found.ok && streets.length === 0) return { words, choices: [], isMore: false, refusal: found.refusal.reason };
      const addresses = found.ok ? found.value.addresses.slice(0, MOST_RESULTS - streets.length) : [];
      return { words, choices: [...streets.map(choiceOfStreet), ...addresses.map(choiceOfAddress)], isMore: found.ok && found.value.total > addresses.length, at: (streets[0] ?? addresses[0])?.point };
    } catch (error) {
      if (isGuildhallError(error) && error.code === 'unavailable') return { words, choices: [], isMore: false, isDown: true };
      throw error;
    }
  }

  /** Results with what was chosen before among them: a search again may find it behind others, or not work just now. */
  async withChosen(ctx: RequestContext, found: PlacesFound | undefined, choice: PlaceChoice, words: string): Promise<PlacesFound | undefined> {
    if (!choice || choice.kind === 'by-hand') return found;
    const value = `${choice.kind === 'property' ? 'uprn' : 'usrn'}:${choice.id}`;
    if (found?.choices.some((each) => each.value === value)) return found;
    const chosen = (await this.asChoice(ctx, choice, words)) ?? (found?.isDown ? { value, text: '' } : undefined);
    return chosen ? { words: '', isMore: false, ...found, choices: [chosen, ...(found?.choices ?? [])] } : found;
  }

  /** What the choices and points of a form are in the gazetteer, for the engine to read. */
  async lookUp(ctx: RequestContext, questions: readonly Question[], raw: RawFields, pointOf: (question: Question) => Point | undefined): Promise<Readonly<Record<string, LookedUp>>> {
    const places = questions.filter(({ type }) => type === 'address' || type === 'location');
    const entries = await Promise.all(places.map(async (question): Promise<[string, LookedUp]> => [question.id, await this.lookUpOne(ctx, question, raw, pointOf(question))]));
    return Object.fromEntries(entries);
  }

  /** The address nearest to a point, in one line: "near …". */
  async nearestTo(ctx: RequestContext, point: Point): Promise<string | undefined> {
    const [near] = (await unlessUnavailable(this.addresses.nearest(ctx, point, { withinInMetres: 300 }))) ?? [];
    return near && oneLine(near.address);
  }

  async byUprn(ctx: RequestContext, uprn: string): Promise<Address | undefined> {
    const known = parseUprn(uprn);
    return known && unlessUnavailable(this.addresses.byUprn(ctx, known));
  }

  private async lookUpOne(ctx: RequestContext, question: Question, raw: RawFields, point: Point | undefined): Promise<LookedUp> {
    const choice = placeChoice(raw, question.id);
    const [address, found, ward, near, { ground }] = await Promise.all([
      choice?.kind === 'property' ? this.byUprn(ctx, choice.id) : undefined,
      choice?.kind === 'street' ? this.street(ctx, String(raw[`${question.id}-searched`] ?? ''), choice.id) : undefined,
      point ? unlessUnavailable(this.addresses.areaOf(ctx, { point })).then((area) => area?.ward) : undefined,
      point ? this.nearestTo(ctx, point) : undefined,
      question.type === 'location' ? this.examples.of(ctx) : NO_EXAMPLES,
    ]);
    const isPointInStreet = found && point && distanceInMetres(found.point, point) > FAR_APART_IN_METRES && (await this.isNear(ctx, found, point));
    return { ...(address && { address }), ...(found && { street: found }), ...(isPointInStreet && { isPointInStreet }), ...(ward && { ward }), ...(near && { near }), ...(ground && { ground }) };
  }

  private async asChoice(ctx: RequestContext, { kind, id }: { readonly kind: 'property' | 'street'; readonly id: string }, words: string): Promise<PlacesFound['choices'][number] | undefined> {
    if (kind === 'property') {
      const address = await this.byUprn(ctx, id);
      return address && choiceOfAddress(address);
    }
    const street = await this.street(ctx, words, id);
    return street && choiceOfStreet(street);
  }

  /** A street is looked up by the words that found it. */
  private async street(ctx: RequestContext, words: string, usrn: string): Promise<Street | undefined> {
    return (await unlessUnavailable(this.addresses.searchStreets(ctx, words, { limit: 50 })))?.find((street) => street.usrn === usrn);
  }

  /** A long street has ends that are far from its middle. */
  private async isNear(ctx: RequestContext, { usrn }: Street, point: Point): Promise<boolean | undefined> {
    return (await unlessUnavailable(this.addresses.streetsWithin(ctx, boundsAround(point, FAR_APART_IN_METRES))))?.streets.some((street) => street.usrn === usrn);
  }
}

/** An address as something to choose. */
export function choiceOfAddress({ uprn, lines, postcode }: { readonly uprn: string; readonly lines: readonly string[]; readonly postcode: string }): { value: string; text: string } {
  return { value: `uprn:${uprn}`, text: [...lines, postcode].join(', ') };
}
/** A street as something to choose. */
export function choiceOfStreet({ usrn, name, town }: { readonly usrn: string; readonly name: string; readonly town: string }): { value: string; text: string } {
  return { value: `usrn:${usrn}`, text: `${name}, ${town}` };
}
