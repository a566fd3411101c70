import { type MapPicture } from '@guildhall/addresses-contract';
import { placeAndPoint, type AddressAnswer, type AnswerValue, type LocationAnswer, type RawFields } from '@guildhall/services-contract';
import type { OfferedAddress } from '../places/earlier-address';
import type { Examples } from '../places/local-examples';
import { choiceOfAddress, choiceOfStreet, type PlacesFound } from '../places/search-places';
import { one, type FieldView } from './field-view';

/** What a place question shows besides its words. */
export interface PlaceSetting {
  readonly raw: RawFields;
  readonly found?: PlacesFound;
  /** The stored answer, to be offered as the choice that it was. */
  readonly answer?: AnswerValue | null;
  readonly map?: MapPicture;
  /** The address nearest to the point, in one line. */
  readonly near?: string;
  /** An address that they gave before. */
  readonly offered?: OfferedAddress;
  /** What the hints give as examples. */
  readonly examples: Examples;
}

/** Fills in the search, its results, the fields for typing and the map. */
export function withPlaces(field: FieldView, { raw, found, answer, map, near, offered, examples }: PlaceSetting): FieldView {
  const { id } = field;
  const value = (part: string): string => one(raw, `${id}-${part}`);
  const chosen = value('choice');
  const kept = found ? undefined : keptChoice(answer, value('find'));
  const isTyped = field.kind === 'address' ? ['line1', 'line2', 'town', 'postcode'].some((part) => value(part) !== '') : value('described') !== '';
  const choices = found ? found.choices : kept ? [kept.choice] : [];
  return {
    ...field,
    options: {
      ...field.options, apart: placeAndPoint(raw, id), isApart: value('apart') !== '' && value('apart') === placeAndPoint(raw, id), right: value('right'), chosenText: choices.find((choice) => choice.value === chosen)?.text,
      find: value('find'), building: value('building') || value('narrowed'), searched: found?.words ?? kept?.searched ?? value('searched'),
      found, choices, chosen: chosen || (kept && !isTyped ? kept.choice.value : ''), isTyped: isTyped || chosen === 'by-hand',
      line1: value('line1'), line2: value('line2'), town: value('town'), postcode: value('postcode'), described: value('described'), point: value('point'), near, map, examples, offered,
    },
  };
}

/** The place that was chosen before, so that it need not be searched for again; a street is looked up by its name. */
function keptChoice(answer: AnswerValue | null | undefined, found: string): { readonly choice: { value: string; text: string }; readonly searched: string } | undefined {
  const place = answer as AddressAnswer | LocationAnswer | null | undefined;
  if (!place || typeof place !== 'object' || Array.isArray(place) || !place.lines) return undefined;
  if (place.uprn && place.postcode) return { choice: choiceOfAddress({ uprn: place.uprn, lines: place.lines, postcode: place.postcode }), searched: found };
  const [name = '', town = ''] = place.lines;
  return 'usrn' in place && place.usrn ? { choice: choiceOfStreet({ usrn: place.usrn, name, town }), searched: name } : undefined;
}
