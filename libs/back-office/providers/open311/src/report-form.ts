import type { HandedAnswer, HandedCase, HandedPhoto, HandedPlace } from '@guildhall/back-office-contract';
import { MOST_DESCRIPTION, writeDateTime, type AttributeDefinition } from '@guildhall/open311-contract';
import type { Fields } from './georeport-calls';
import type { Open311ClientOptions } from './open311-client.options';

/** The far end's code for a kind of case. */
export function serviceCodeOf({ services = {} }: Pick<Open311ClientOptions, 'services'>, caseType: string): string {
  return (Object.hasOwn(services, caseType) ? services[caseType] : undefined) ?? caseType.replaceAll('.', '_');
}

/** A case as the fields of POST Service Request (GeoReport v2), with the attributes that the service's definition knows. */
export function reportForm(handed: HandedCase, options: Pick<Open311ClientOptions, 'services' | 'attributes' | 'photos'>, attributes: readonly AttributeDefinition[]): Fields {
  return {
    service_code: serviceCodeOf(options, handed.caseType), description: descriptionOf(handed), ...placeFields(handed.place), ...personFields(handed.contact), ...photoFields(handed.photos, options),
    ...Object.fromEntries(attributes.flatMap((attribute) => attributeFields(attribute, handed, options))),
  };
}

/** Our reference stands in the last line: people quote it, and it tells a report that came before from another. */
export function descriptionOf({ summary, answers, place, reference }: HandedCase): string {
  const lines = [summary, ...answers.map(({ question, answer }) => `${question}\n${answer}`), ...[place?.near, place?.note].filter((one) => one !== undefined)];
  // What neither XML nor a form can carry.
  const text = [...lines.join('\n\n').replace(/\r\n?/g, '\n').replace(/(?!\n|\t)\p{Cc}/gu, '')];
  const end = `\n\n${reference}`;
  const most = MOST_DESCRIPTION - end.length;
  return `${text.length > most ? `${text.slice(0, most - 1).join('')}…` : text.join('')}${end}`;
}

/** Where photos are fetched. */
export function photoFields(photos: readonly HandedPhoto[] = [], { photos: which = 'all' }: Pick<Open311ClientOptions, 'photos'>): Fields {
  const urls = photos.map(({ url }) => url);
  return urls.length ? { media_url: which === 'first' ? urls.slice(0, 1) : urls } : {};
}

/** GeoReport v2 wants a point, an address or an address's id: of a place that was only described, the words are the address. */
function placeFields(place: HandedPlace = {}): Fields {
  const address = [...(place.lines ?? []), ...(place.postcode === undefined ? [] : [place.postcode])].join(', ') || place.near || (place.point || place.uprn ? undefined : place.note?.replace(/\s+/g, ' '));
  return {
    ...(place.point && { lat: String(place.point.latitude), long: String(place.point.longitude) }), ...(address && { address_string: address }),
    ...(place.uprn !== undefined && { address_id: place.uprn, 'attribute[uprn]': place.uprn }),
  };
}

function personFields(contact: HandedCase['contact']): Fields {
  if (!contact) return {};
  const words = contact.name?.trim().split(/\s+/) ?? [];
  return {
    ...(words.length > 0 && { first_name: words.slice(0, -1).join(' '), last_name: words.at(-1) }),
    ...(contact.email !== undefined && { email: contact.email }), ...(contact.phone !== undefined && { phone: contact.phone }),
  };
}

/** What the sending system fills in itself, as FixMyStreet does. */
function ownValue(code: string, { reference, place }: HandedCase): string | undefined {
  switch (code) {
    case 'fixmystreet_id': case 'external_id': case 'client_reference': return reference;
    case 'uprn': return place?.uprn;
    default: return undefined;
  }
}

function attributeFields(attribute: AttributeDefinition, handed: HandedCase, { attributes: renamed = {} }: Pick<Open311ClientOptions, 'attributes'>): readonly (readonly [string, string | readonly string[]])[] {
  const { code, datatype, variable } = attribute;
  if (!variable) return [];
  const own = ownValue(code, handed);
  if (own !== undefined) return [[`attribute[${code}]`, own]];
  const answer = handed.answers.find((one) => one.code !== undefined && (Object.hasOwn(renamed, one.code) ? renamed[one.code] === code : one.code === code));
  if (!answer) return [];
  if (datatype === 'multivaluelist') return [[`attribute[${code}][]`, answer.answer.split('\n').map((line) => keyOf(attribute, line))]];
  return [[`attribute[${code}]`, datatype === 'datetime' ? dateOf(answer) : datatype === 'singlevaluelist' ? keyOf(attribute, answer.answer) : answer.answer]];
}

/** The list's key for what was answered: by its name, however it is written; as it is when the list has neither, so that the far end says what it wants. */
function keyOf({ values = [] }: AttributeDefinition, answer: string): string {
  const plain = (words: string): string => words.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
  return (values.find(({ key, name }) => plain(name) === plain(answer) || key === answer.trim()))?.key ?? answer;
}

/** A day in words as a date-time, where it is one. */
function dateOf({ answer }: HandedAnswer): string {
  const at = /^\d{1,2} \p{L}+ \d{4}$/u.test(answer.trim()) ? new Date(`${answer.trim()} 12:00 UTC`) : new Date(Number.NaN);
  return Number.isNaN(at.getTime()) ? answer : writeDateTime(at);
}
