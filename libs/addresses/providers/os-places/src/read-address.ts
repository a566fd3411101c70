import { parsePostcode, parseUprn, pointOf } from '@guildhall/addresses-contract';
import type { Address, Point, Street, Uprn, Usrn } from '@guildhall/addresses-contract';
import type { Language } from '@guildhall/kernel-contract';
import { fromGrid } from './national-grid';
import type { OsPlacesResult } from './read-answer';
import { writeName } from './write-name';

/** A result that has what an address needs; the postcode is missing where nothing is delivered. */
export interface ReadPlace {
  readonly uprn: Uprn;
  readonly point: Point;
  readonly language: Language;
  readonly dataset: 'DPA' | 'LPI';
  /** Not an alternative name, and not only planned. */
  readonly isApproved: boolean;
  readonly address?: Address;
  /** Street, then number, then what is inside: the order in which a street is walked. */
  readonly walk: readonly [street: string, number: string, inside: string];
}

type Fields = OsPlacesResult['fields'];
const LONGEST_LINE = 120;

/** @returns undefined for what is no place: without a UPRN or coordinates, or an address of the past */
export function readPlace({ dataset, fields }: OsPlacesResult): ReadPlace | undefined {
  const uprn = uprnIn(fields);
  const point = pointIn(fields);
  if (!uprn || !point || isPast(fields)) return undefined;
  const { lines, walk } = dataset === 'DPA' ? ofDeliveryPoint(fields) : ofGazetteer(fields);
  const postcode = parsePostcode(text(fields, 'POSTCODE') || text(fields, 'POSTCODE_LOCATOR'));
  const usrn = usrnIn(fields);
  // A locality is often named like its town: nobody writes it twice.
  const written = lines.map((line) => line.slice(0, LONGEST_LINE).trim()).filter((line, at, all) => line !== '' && !all.slice(0, at).includes(line));
  const address: Address | undefined = postcode && written.length > 0 ? { uprn, lines: written.slice(0, 6), postcode, point, ...(usrn ? { usrn } : {}) } : undefined;
  return { uprn, point, dataset, walk, isApproved: !/^[236]$/.test(text(fields, 'LPI_LOGICAL_STATUS_CODE') || text(fields, 'LOGICAL_STATUS_CODE')), language: /^cy/i.test(text(fields, 'LANGUAGE')) ? 'cy' : 'en', address };
}

/** @returns undefined for what is no street record of a gazetteer */
export function readStreet({ dataset, fields }: OsPlacesResult): (Street & { readonly language: Language }) | undefined {
  const usrn = usrnIn(fields);
  const point = pointIn(fields);
  const name = writeName(text(fields, 'STREET_DESCRIPTION'));
  if (dataset !== 'LPI' || !usrn || !point || name === '' || isPast(fields)) return undefined;
  const town = writeName(text(fields, 'LOCALITY_NAME') || text(fields, 'TOWN_NAME') || text(fields, 'ADMINISTRATIVE_AREA'));
  return { usrn, name, town, point, language: /^cy/i.test(text(fields, 'LANGUAGE')) ? 'cy' : 'en' };
}

interface Written { readonly lines: readonly string[]; readonly walk: ReadPlace['walk'] }

/** By the rules of Royal Mail's PAF Programmers' Guide, with flat and building on one line. */
function ofDeliveryPoint(fields: Fields): Written {
  const name = (field: string): string => writeName(text(fields, field));
  const poBox = text(fields, 'PO_BOX_NUMBER');
  let building = name('BUILDING_NAME');
  let number = text(fields, 'BUILDING_NUMBER');
  // "12A" and "1-3" are kept as names, and written as the numbers that they are.
  if (number === '' && /^\d+[A-Z]?(\s?[-/]\s?\d+[A-Z]?)?$/i.test(building)) { number = building.toUpperCase(); building = ''; }
  const dependentStreet = name('DEPENDENT_THOROUGHFARE_NAME');
  const street = name('THOROUGHFARE_NAME');
  const localities = [name('DOUBLE_DEPENDENT_LOCALITY'), name('DEPENDENT_LOCALITY')].filter(Boolean).join(', ');
  const inside = [name('SUB_BUILDING_NAME'), building].filter(Boolean).join(', ');
  const streets = [[number, dependentStreet].filter(Boolean).join(' '), dependentStreet === '' ? '' : street];
  if (dependentStreet === '') streets[0] = [number, street].filter(Boolean).join(' ');
  return {
    lines: [[name('ORGANISATION_NAME'), name('DEPARTMENT_NAME')].filter(Boolean).join(', '), [inside, poBox && `PO Box ${poBox}`].filter(Boolean).join(', '), ...streets, localities, name('POST_TOWN')],
    walk: [dependentStreet || street, number, [building, name('SUB_BUILDING_NAME')].join(' ')],
  };
}

/** By BS 7666: what is addressed inside (SAO) what is addressed from the street (PAO). */
function ofGazetteer(fields: Fields): Written {
  const name = (field: string): string => writeName(text(fields, field));
  const range = (object: 'SAO' | 'PAO'): string => [
    text(fields, `${object}_START_NUMBER`) + text(fields, `${object}_START_SUFFIX`), text(fields, `${object}_END_NUMBER`) + text(fields, `${object}_END_SUFFIX`),
  ].filter(Boolean).join('-');
  const numberInside = range('SAO');
  const building = name('PAO_TEXT');
  const number = range('PAO');
  const street = name('STREET_DESCRIPTION');
  const inside = [name('SAO_TEXT'), numberInside !== '' && building !== '' ? `${numberInside} ${building}` : numberInside || building].filter(Boolean).join(', ');
  return {
    lines: [name('ORGANISATION'), inside, [number, street].filter(Boolean).join(' '), name('LOCALITY_NAME'), name('TOWN_NAME') || name('ADMINISTRATIVE_AREA')],
    walk: [street, number, [building, name('SAO_TEXT'), numberInside].join(' ')],
  };
}

function uprnIn(fields: Fields): Uprn | undefined {
  const value = fields['UPRN'];
  return typeof value === 'string' || typeof value === 'number' ? parseUprn(value) : undefined;
}

function usrnIn(fields: Fields): Usrn | undefined {
  const digits = text(fields, 'USRN').replace(/^0+/, '');
  return /^\d{1,8}$/.test(digits) ? (digits as Usrn) : undefined;
}

/** Degrees where they were asked for and given; otherwise from the grid. */
function pointIn(fields: Fields): Point | undefined {
  const [latitude, longitude] = [number(fields, 'LAT'), number(fields, 'LNG')];
  if (latitude !== undefined && longitude !== undefined) return pointOf(latitude, longitude);
  const [easting, northing] = [number(fields, 'X_COORDINATE'), number(fields, 'Y_COORDINATE')];
  return easting === undefined || northing === undefined ? undefined : fromGrid({ easting, northing });
}

/** 8 is historical, 9 a candidate that was rejected (AddressBase, code list "logical status"). */
function isPast(fields: Fields): boolean {
  return ['LOGICAL_STATUS_CODE', 'LPI_LOGICAL_STATUS_CODE'].some((field) => /^[89]$/.test(text(fields, field)));
}

/** Text, or a number written as text: other systems write codes either way. */
function text(fields: Fields, field: string): string {
  const value = fields[field];
  return typeof value === 'string' ? value.slice(0, 300).trim() : typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

function number(fields: Fields, field: string): number | undefined {
  const value = text(fields, field);
  return /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(value) ? Number(value) : undefined;
}
