import { parseUprn, type Point, type Uprn } from '@guildhall/addresses-contract';
import { readOfferedPhotos, type OfferedPhoto } from '@guildhall/documents-contract/from-elsewhere';
import { InvalidInput, type FieldError } from '@guildhall/kernel-contract';
import { IDENTIFIER, MOST_DESCRIPTION } from '@guildhall/open311-contract';
import { field, fieldsOf, type Fields } from '../http/fields';

/** A report as another system sent it, checked as far as it can be without asking anybody. */
export interface Report {
  readonly serviceCode: string;
  readonly point?: Point;
  readonly addressString?: string;
  /** From `attribute[uprn]`, or an address_id that is one. */
  readonly uprn?: Uprn;
  readonly zipcode?: string;
  readonly description?: string;
  readonly contact: { readonly name?: string; readonly email?: string; readonly phone?: string };
  readonly fixmystreetId?: string;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly media: readonly OfferedPhoto[];
}

const LONGEST = { name: 200, email: 254, phone: 40, address: 500, attribute: 5000 } as const;

/** @throws InvalidInput naming every field at fault */
export function readReport(fields: Fields): Report {
  const mistakes: FieldError[] = [];
  const wrong = (name: string, message: string): undefined => { mistakes.push({ field: name, message }); return undefined; };
  const serviceCode = field(fields, 'service_code') ?? wrong('service_code', 'is missing') ?? '';
  const attributes = attributesIn(fields, wrong);
  const point = pointIn(fields, wrong);
  const addressString = textIn(fields, 'address_string', LONGEST.address, wrong);
  const addressId = field(fields, 'address_id');
  const uprn = parseUprn(addressId ?? attributes.get('uprn')?.[0] ?? '');
  if (addressId !== undefined && !uprn) wrong('address_id', 'must be a UPRN: 1 to 12 digits');
  if (mistakes.length === 0 && !point && addressString === undefined && !uprn) wrong('lat', 'is missing: send lat and long, or address_string, or address_id');
  const fixmystreetId = attributes.get('fixmystreet_id')?.[0];
  if (fixmystreetId !== undefined && (!IDENTIFIER.test(fixmystreetId) || fixmystreetId.length > 100)) wrong('attribute[fixmystreet_id]', 'must be letters, digits, hyphens and underscores, at most 100');
  for (const name of ['easting', 'northing']) if (attributes.get(name)?.some((value) => !Number.isFinite(Number(value)))) wrong(`attribute[${name}]`, 'must be a number');
  const description = textIn(fields, 'description', MOST_DESCRIPTION, wrong);
  const contact = contactIn(fields, wrong);
  const { photos: media, problems } = readOfferedPhotos(fieldsOf(fields, 'media_url'));
  mistakes.push(...problems);
  if (mistakes.length) throw new InvalidInput('The request has mistakes.', mistakes);
  return {
    serviceCode, ...(point && { point }), ...(addressString !== undefined && { addressString }), ...(uprn && { uprn }), ...(field(fields, 'zipcode') !== undefined && { zipcode: field(fields, 'zipcode') }),
    ...(description !== undefined && { description }), contact, ...(fixmystreetId !== undefined && { fixmystreetId }), attributes, media,
  };
}

type Wrong = (name: string, message: string) => undefined;

/** `attribute[CODE]=v`, and `attribute[CODE][]=v` for several. */
function attributesIn(fields: Fields, wrong: Wrong): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [name, given] of Object.entries(fields)) {
    const code = /^attribute\[([\w-]{1,100})\](\[\])?$/.exec(name)?.[1];
    if (code === undefined) continue;
    const values = [given ?? []].flat().map((text) => text.trim()).filter(Boolean);
    if (values.some((text) => text.length > LONGEST.attribute)) wrong(`attribute[${code}]`, `must have at most ${LONGEST.attribute} characters`);
    if (values.length) found.set(code, [...(found.get(code) ?? []), ...values]);
  }
  return found;
}

function pointIn(fields: Fields, wrong: Wrong): Point | undefined {
  const [lat, long] = [field(fields, 'lat'), field(fields, 'long') ?? field(fields, 'lon')];
  if (lat === undefined && long === undefined) return undefined;
  const degrees = (name: string, text: string | undefined, most: number): number | undefined => {
    if (text === undefined) return wrong(name, 'is missing');
    return /^[+-]?\d{1,3}(\.\d{1,20})?$/.test(text) && Math.abs(Number(text)) <= most ? Number(text) : wrong(name, `must be WGS 84 degrees from -${most} to ${most}`);
  };
  const [latitude, longitude] = [degrees('lat', lat, 90), degrees('long', long, 180)];
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

function contactIn(fields: Fields, wrong: Wrong): Report['contact'] {
  const name = [field(fields, 'first_name'), field(fields, 'last_name')].filter(Boolean).join(' ').replace(/\s+/g, ' ');
  if (name.length > LONGEST.name) wrong('first_name', `and last_name must have at most ${LONGEST.name} characters together`);
  const [email, phone] = [textIn(fields, 'email', LONGEST.email, wrong), textIn(fields, 'phone', LONGEST.phone, wrong)];
  if (email !== undefined && !/^[^\s@<>]+@[^\s@<>]+$/.test(email)) wrong('email', 'is not an email address');
  if (phone !== undefined && !/^[+(\d][\d\s().+-]{4,}$/.test(phone)) wrong('phone', 'is not a telephone number');
  return { ...(name && { name }), ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
}

/** Characters as people count them, not UTF-16 units. */
function textIn(fields: Fields, name: string, most: number, wrong: Wrong): string | undefined {
  const text = field(fields, name)?.replace(/\r\n?/g, '\n');
  return text !== undefined && [...text].length > most ? wrong(name, `must have at most ${most} characters`) : text;
}
