import type { Language } from '@guildhall/kernel-contract';
import { toGrid } from '../national-grid';
import type { SimulatedPlace } from './place';

/** A record as the API writes it. */
export type Fields = Readonly<Record<string, string | number>>;
/** One record of one place in one language. */
export interface SimulatedRecord { readonly dataset: 'DPA' | 'LPI'; readonly language: Language; readonly place: SimulatedPlace; readonly fields: Fields }

const DESCRIPTIONS: Readonly<Record<string, string>> = { RD02: 'Detached', RD04: 'Terraced', RD06: 'Self Contained Flat (Includes Maisonette / Apartment)', PS: 'Street Record', PP: 'Property Shell', CR08: 'Shop / Showroom', ZW99: 'Place Of Worship', LP01: 'Public Park / Garden' };
const STATUSES = { 1: 'APPROVED', 3: 'ALTERNATIVE', 6: 'PROVISIONAL', 8: 'HISTORICAL' } as const;

/** Every record of every place, once: a Welsh one besides where a name differs. */
export function recordsOf(places: readonly SimulatedPlace[]): readonly SimulatedRecord[] {
  return places.flatMap((place) => {
    const isBilingual = [place.street, place.town, place.building, place.inside].some((name) => name && name.en !== name.cy);
    return (isBilingual ? (['en', 'cy'] as const) : (['en'] as const)).flatMap((language): SimulatedRecord[] => [
      ...(place.isDeliveredTo ? [{ dataset: 'DPA' as const, language, place, fields: { ...deliveryPoint(place, language), ...ofBoth(place, language) } }] : []),
      { dataset: 'LPI', language, place, fields: { ...gazetteerEntry(place, language), ...ofBoth(place, language), LPI_LOGICAL_STATUS_CODE: place.status, LPI_LOGICAL_STATUS_CODE_DESCRIPTION: STATUSES[place.status] } },
    ]);
  });
}

function deliveryPoint(place: SimulatedPlace, language: Language): Fields {
  const isNumber = /^\d+$/.test(place.number ?? '');
  const parts = { SUB_BUILDING_NAME: capitals(place.inside?.[language]), BUILDING_NAME: isNumber ? capitals(place.building?.[language]) : capitals(place.building?.[language] ?? place.number) };
  const street = capitals(place.street[language]);
  return present({
    UPRN: place.uprn, UDPRN: place.uprn.slice(-8), ADDRESS: [capitals(place.organisation), parts.SUB_BUILDING_NAME, parts.BUILDING_NAME, isNumber ? `${place.number} ${street}` : street, capitals(place.town[language]), place.postcode].filter(Boolean).join(', '),
    ORGANISATION_NAME: capitals(place.organisation), ...parts, BUILDING_NUMBER: isNumber ? place.number : undefined, THOROUGHFARE_NAME: street, POST_TOWN: capitals(place.town[language]), POSTCODE: place.postcode,
  });
}

function gazetteerEntry(place: SimulatedPlace, language: Language): Fields {
  const [, start, startSuffix, end] = /^(\d+)([A-Z]?)(?:-(\d+))?$/.exec(place.number ?? '') ?? [];
  const building = place.classification === 'PS' ? 'STREET RECORD' : capitals(place.building?.[language]);
  const street = capitals(place.street[language]);
  const numbered = [place.number, street].filter(Boolean).join(' ');
  return present({
    UPRN: place.uprn, ADDRESS: [capitals(place.organisation), capitals(place.inside?.[language]), building, numbered, capitals(place.town[language]), place.postcode].filter(Boolean).join(', '), USRN: place.usrn, LPI_KEY: `9999L${place.uprn.slice(-9)}`,
    ORGANISATION: capitals(place.organisation), SAO_TEXT: capitals(place.inside?.[language]), PAO_TEXT: building, PAO_START_NUMBER: start, PAO_START_SUFFIX: startSuffix, PAO_END_NUMBER: end,
    STREET_DESCRIPTION: street, TOWN_NAME: capitals(place.town[language]), ADMINISTRATIVE_AREA: 'TESTHAM', POSTCODE_LOCATOR: place.postcode,
  });
}

function ofBoth(place: SimulatedPlace, language: Language): Fields {
  const grid = toGrid(place.point);
  return {
    RPC: '2', X_COORDINATE: hundredths(grid?.easting ?? 0), Y_COORDINATE: hundredths(grid?.northing ?? 0), LNG: place.point.longitude, LAT: place.point.latitude,
    STATUS: STATUSES[place.status], LOGICAL_STATUS_CODE: place.status, CLASSIFICATION_CODE: place.classification, CLASSIFICATION_CODE_DESCRIPTION: DESCRIPTIONS[place.classification] ?? 'Other',
    LOCAL_CUSTODIAN_CODE: 9999, LOCAL_CUSTODIAN_CODE_DESCRIPTION: 'TESTHAM', COUNTRY_CODE: 'W', COUNTRY_CODE_DESCRIPTION: 'This record is within Wales', POSTAL_ADDRESS_CODE: place.isDeliveredTo ? 'D' : 'N',
    BLPU_STATE_CODE: place.status === '8' ? '4' : '2', LAST_UPDATE_DATE: '23/11/2026', ENTRY_DATE: '01/04/2001', LANGUAGE: language.toUpperCase(),
  };
}

function capitals(text: string | undefined): string | undefined { return text?.replace(/’/g, '\'').toUpperCase(); }
/** To a centimetre. */
export function hundredths(metres: number): number { return Math.round(metres * 100) / 100; }
/** What is not there is left out, as the service does. */
function present(fields: Readonly<Record<string, string | undefined>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
