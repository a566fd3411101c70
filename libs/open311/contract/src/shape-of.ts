import type { AttributeDefinition, Datatype, DocumentKind, Documents, Endpoint, RequestUpdate, Service, ServiceRequest } from './shapes';
import { parseStatus } from './statuses';

type Plain = Readonly<Record<string, unknown>>;
const DATATYPES: readonly Datatype[] = ['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist'];

/** What was read, with the types that the shapes promise: whatever is missing is empty. */
export function shapeOf<Kind extends DocumentKind>(kind: Kind, plain: unknown): Documents[Kind] {
  const items = (Array.isArray(plain) ? plain : []).filter((one): one is Plain => typeof one === 'object' && one !== null);
  const shapes: { readonly [K in DocumentKind]: () => Documents[K] } = {
    discovery: () => discoveryOf(plain as Plain),
    services: () => items.map(serviceOf),
    definition: () => ({ service_code: text((plain as Plain)['service_code']), attributes: listOf((plain as Plain)['attributes']).map(attributeOf) }),
    requests: () => items.map(requestOf),
    taken: () => items.map((one) => ({ ...optional(one, 'service_request_id'), ...optional(one, 'token'), service_notice: text(one['service_notice']), account_id: text(one['account_id']) })),
    tokens: () => items.map((one) => ({ service_request_id: text(one['service_request_id']), token: text(one['token']) })),
    updates: () => items.map(updateOf),
    'updates-taken': () => items.map((one) => ({ update_id: text(one['update_id']), ...optional(one, 'account_id') })),
    errors: () => items.map((one) => ({ code: text(one['code']), description: text(one['description']) })),
  };
  return shapes[kind]();
}

function discoveryOf(one: Plain): Documents['discovery'] {
  return { changeset: text(one['changeset']), contact: text(one['contact']), key_service: text(one['key_service']), endpoints: listOf(one['endpoints']).map(endpointOf) };
}
function endpointOf(one: Plain): Endpoint {
  return { specification: text(one['specification']), url: text(one['url']), changeset: text(one['changeset']), type: one['type'] === 'test' ? 'test' : 'production', formats: textsOf(one['formats']) };
}

function serviceOf(one: Plain): Service {
  const type = text(one['type']);
  return {
    service_code: text(one['service_code']), service_name: text(one['service_name']), description: text(one['description']), metadata: isTrue(one['metadata']), type: type === 'batch' || type === 'blackbox' ? type : 'realtime',
    keywords: Array.isArray(one['keywords']) ? textsOf(one['keywords']) : text(one['keywords']).split(',').map((word) => word.trim()).filter(Boolean), group: text(one['group']), groups: textsOf(one['groups']),
  };
}

function attributeOf(one: Plain): AttributeDefinition {
  const { automated } = one;
  const values = listOf(one['values']).map((value) => ({ key: text(value['key']), name: text(value['name']) }));
  return {
    variable: isTrue(one['variable']), code: text(one['code']), datatype: DATATYPES.find((type) => type === one['datatype']) ?? 'string', required: isTrue(one['required']), datatype_description: text(one['datatype_description']),
    order: Number(one['order']) || 0, description: text(one['description']), ...(values.length && { values }), ...((automated === 'server_set' || automated === 'hidden_field') && { automated }),
  };
}

function requestOf(one: Plain): ServiceRequest {
  const { extended_attributes: more } = one as { extended_attributes?: Plain };
  const detailed = parseStatus(text(more?.['detailed_status']));
  const part = (name: string): string => text(one[name]);
  return {
    service_request_id: part('service_request_id'), status: parseStatus(part('status')) ?? 'open', ...unknownStatus(part('status')), status_notes: part('status_notes'), service_name: part('service_name'), service_code: part('service_code'), description: part('description'),
    agency_responsible: part('agency_responsible'), service_notice: part('service_notice'), requested_datetime: part('requested_datetime'), updated_datetime: part('updated_datetime'), expected_datetime: part('expected_datetime'),
    address: part('address'), address_id: part('address_id'), zipcode: part('zipcode'), ...degrees(one, 'lat'), ...degrees(one, 'long'), media_url: part('media_url'),
    ...(more && detailed && { extended_attributes: { detailed_status: detailed, fixmystreet_id: text(more['fixmystreet_id']), photos: textsOf(more['photos']) } }),
  };
}

function updateOf(one: Plain): RequestUpdate {
  const { media_url: media, extras } = one;
  return {
    update_id: text(one['update_id']), service_request_id: text(one['service_request_id']), status: parseStatus(text(one['status'])) ?? 'unchanged', ...unknownStatus(text(one['status'])), updated_datetime: text(one['updated_datetime']), description: text(one['description']),
    media_url: Array.isArray(media) && textsOf(media).length > 1 ? textsOf(media) : text(Array.isArray(media) ? media[0] : media), ...optional(one, 'external_status_code'), ...optional(one, 'customer_reference'), ...optional(one, 'fixmystreet_id'),
    ...(typeof extras === 'object' && extras !== null && { extras: Object.fromEntries(Object.entries(extras).map(([name, value]) => [name, text(value)])) }),
  };
}

/** A word for a status that is in no list of ours: what it says is not lost. */
function unknownStatus(written: string): { readonly unknown_status?: string } {
  return written.trim() === '' || parseStatus(written) ? {} : { unknown_status: written.trim() };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).map(text).filter(Boolean);
}
function listOf(value: unknown): readonly Plain[] {
  return (Array.isArray(value) ? value : []).filter((one): one is Plain => typeof one === 'object' && one !== null);
}
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
function optional<Name extends string>(one: Plain, name: Name): { readonly [N in Name]?: string } {
  const value = text(one[name]);
  return value === '' ? {} : ({ [name]: value } as { readonly [N in Name]?: string });
}
function degrees<Name extends string>(one: Plain, name: Name): { readonly [N in Name]?: number } {
  const value = text(one[name]);
  return value === '' || !Number.isFinite(Number(value)) ? {} : ({ [name]: Number(value) } as { readonly [N in Name]?: number });
}
