import { Inject, Injectable } from '@nestjs/common';
import { hasContract } from '@guildhall/kernel';
import { ADDRESSES, isWithin, oneLine, parsePostcode, type Address, type AddressesApi, type Point, type Ward } from '@guildhall/addresses-contract';
import { InvalidInput, isGuildhallError, unlessUnavailable, type RequestContext } from '@guildhall/kernel-contract';
import type { AddressAnswer, LocationAnswer, Question } from '@guildhall/services-contract';
import { invalid } from '../http/fields';
import type { Report } from './report';

/** What is known of the place of a report. */
export interface Place { readonly point?: Point; readonly ward?: Ward; readonly near?: string; readonly address?: Address; readonly words?: string; readonly zipcode?: string }

/** Finds out where a report is about, and refuses what lies outside the council. */
@Injectable()
export class FindPlace {
  constructor(@Inject(ADDRESSES.token) private readonly addresses: AddressesApi) {}

  /** @throws InvalidInput when the point lies outside the council's area, or there is no such address */
  async of(ctx: RequestContext, { point, uprn, addressString, zipcode }: Report): Promise<Place> {
    const words = { ...(addressString !== undefined && { words: addressString }), ...(zipcode !== undefined && { zipcode }) };
    if (!hasContract(ctx, ADDRESSES)) return { ...(point && { point }), ...words };
    const [address, here] = await Promise.all([uprn && unlessUnavailable(this.addresses.byUprn(ctx, uprn)), point && this.around(ctx, point)]);
    if (uprn && !address && !point && addressString === undefined) throw invalid('address_id', 'is not the UPRN of an address here');
    return { ...(point && { point }), ...here, ...(address && { address }), ...words };
  }

  private async around(ctx: RequestContext, point: Point): Promise<Pick<Place, 'ward' | 'near'>> {
    const [extent, area, nearest] = await Promise.all([
      unlessUnavailable(this.addresses.extent(ctx)),
      unlessUnavailable(this.addresses.areaOf(ctx, { point }).then((found) => found ?? 'outside')),
      unlessUnavailable(this.addresses.nearest(ctx, point, { withinInMetres: 300 })),
    ].map((asked) => (asked as Promise<unknown>).catch(ifOutOfRange)) as [Promise<Awaited<ReturnType<AddressesApi['extent']>> | undefined>, Promise<Awaited<ReturnType<AddressesApi['areaOf']>> | 'outside'>, Promise<Awaited<ReturnType<AddressesApi['nearest']>> | undefined>]);
    // A county has the points of all its districts; any other council only its own.
    const isOurs = area === undefined || (area !== 'outside' && (area.districtCode === ctx.council.gssCode || ctx.council.gssCode.startsWith('E10')));
    if (!isOurs || (extent && !isWithin(extent.bounds, point))) throw new InvalidInput('The request has mistakes.', [{ field: 'lat', message: 'and long are not in the area of this council' }]);
    const near = nearest?.[0]?.address;
    return { ...(area && { ward: area.ward }), ...(near && { near: oneLine(near) }) };
  }
}

/** A gazetteer may refuse a point as no point of its country. */
function ifOutOfRange(error: unknown): undefined {
  if (isGuildhallError(error) && error.code === 'invalid-input') return undefined;
  throw error;
}

/** The place as an answer to a service's question. @throws InvalidInput when the question wants an address and there is none */
export function placeAnswer(question: Question, place: Place): AddressAnswer | LocationAnswer {
  return question.type === 'address' ? addressAnswer(place) : locationAnswer(place);
}

function locationAnswer({ point, ward, near, address, words }: Place): LocationAnswer {
  const marked = point && { point, isMarked: true, ...(near !== undefined && { near }) };
  const wardOf = ward ?? address?.ward;
  const rest = { ...(wardOf && { ward: wardOf }), ...(words !== undefined && { note: words }) };
  if (address) return { way: 'property', uprn: address.uprn, lines: address.lines, postcode: address.postcode, point: address.point, ...marked, ...rest };
  return marked ? { way: 'point', ...marked, ...rest } : { way: 'described', ...rest };
}

function addressAnswer({ point, ward, address, words, zipcode }: Place): AddressAnswer {
  if (address) return { way: 'found', uprn: address.uprn, lines: address.lines, postcode: address.postcode, point: address.point, ...(address.ward && { ward: address.ward }) };
  if (words === undefined) throw invalid('attribute[uprn]', 'is missing: this service is about an address. Send its UPRN, address_id or address_string');
  const parts = words.split(/[,\n]/).map((part) => part.trim()).filter(Boolean);
  const postcode = parsePostcode(zipcode ?? parts.at(-1) ?? '');
  const lines = postcode && zipcode === undefined ? parts.slice(0, -1) : parts;
  return { way: 'typed', lines: (lines.length ? lines : parts).slice(0, 6).map((line) => line.slice(0, 200)), postcode: postcode ?? '', ...(point && { point }), ...(ward && { ward }) };
}
