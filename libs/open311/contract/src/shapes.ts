import type { ExtendedStatus, StandardStatus } from './statuses';

/** The formats of GeoReport v2: XML must be there, JSON may. @public */
export const FORMATS = ['xml', 'json'] as const;
/** @public */
export type Format = (typeof FORMATS)[number];

/** How long a description may be, characters (GeoReport v2, POST Service Request). @public */
export const MOST_DESCRIPTION = 4000;
/** Without a page size this many are listed at most, of at most so many days (GeoReport v2, GET Service Requests). @public */
export const MOST_REQUESTS = 1000;
/** @public */
export const DAYS_LISTED = 90;
/** What a code, number or id may be made of, for the strictest clients. @public */
export const IDENTIFIER = /^[\w-]+$/;

/** Where a server's endpoints are. @public */
export interface Discovery {
  /** When anything in it last changed: a W3C date-time. */
  readonly changeset: string;
  readonly contact: string;
  /** How to get an API key. */
  readonly key_service: string;
  readonly endpoints: readonly Endpoint[];
}
/** @public */
export interface Endpoint {
  readonly specification: string;
  readonly url: string;
  readonly changeset: string;
  readonly type: 'production' | 'test';
  /** Content types: `text/xml`, `application/json`. */
  readonly formats: readonly string[];
}

/** Something that can be reported. @public */
export interface Service {
  readonly service_code: string;
  readonly service_name: string;
  readonly description: string;
  /** Whether it has a definition with attributes. */
  readonly metadata: boolean;
  /** `realtime`: the number comes with the answer; `batch`: a token does, and the number later; `blackbox`: no number ever. */
  readonly type: 'realtime' | 'batch' | 'blackbox';
  /** mySociety's: `private`, `inactive`, `staff`, `waste_only` change what FixMyStreet does. */
  readonly keywords: readonly string[];
  readonly group: string;
  /** mySociety's: more groups than one. */
  readonly groups: readonly string[];
}

/** @public */
export type Datatype = 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';

/** What is asked of a report, or said before it is sent. @public */
export interface AttributeDefinition {
  /** False for words that are shown and ask nothing. */
  readonly variable: boolean;
  readonly code: string;
  readonly datatype: Datatype;
  readonly required: boolean;
  readonly datatype_description: string;
  readonly order: number;
  readonly description: string;
  readonly values?: readonly { readonly key: string; readonly name: string }[];
  /** mySociety's: nobody is asked; the sending server fills it in (`server_set`), or a page does out of sight (`hidden_field`). */
  readonly automated?: 'server_set' | 'hidden_field';
}
/** @public */
export interface ServiceDefinition { readonly service_code: string; readonly attributes: readonly AttributeDefinition[] }

/** A report as it stands. What is not known, or not for everybody, is empty. @public */
export interface ServiceRequest {
  readonly service_request_id: string;
  readonly status: StandardStatus | ExtendedStatus;
  /** What was written where `status` is a guess, because nobody knows the word. Only in what was read. */
  readonly unknown_status?: string;
  readonly status_notes: string;
  readonly service_name: string;
  readonly service_code: string;
  readonly description: string;
  readonly agency_responsible: string;
  readonly service_notice: string;
  readonly requested_datetime: string;
  readonly updated_datetime: string;
  readonly expected_datetime: string;
  readonly address: string;
  readonly address_id: string;
  readonly zipcode: string;
  /** WGS 84 degrees. */
  readonly lat?: number;
  readonly long?: number;
  readonly media_url: string;
  /** With `extensions=true`. */
  readonly extended_attributes?: ExtendedAttributes;
}
/** What `extensions=true` adds: nothing here is in the standard. @public */
export interface ExtendedAttributes {
  readonly detailed_status: ExtendedStatus;
  readonly fixmystreet_id: string;
  readonly photos: readonly string[];
}

/** What a report gets at once: its number, or a token that leads to the number later. Never both. @public */
export interface RequestTaken { readonly service_request_id?: string; readonly token?: string; readonly service_notice: string; readonly account_id: string }
/** What a token leads to; without the number as long as there is none. @public */
export interface TokenFound { readonly service_request_id: string; readonly token: string }

/** mySociety's: something that happened to a report. @public */
export interface RequestUpdate {
  readonly update_id: string;
  readonly service_request_id: string;
  readonly status: ExtendedStatus;
  /** What was written where `status` is `unchanged`, because nobody knows the word. Only in what was read. */
  readonly unknown_status?: string;
  readonly updated_datetime: string;
  readonly description: string;
  /** Several are a list. */
  readonly media_url: string | readonly string[];
  readonly external_status_code?: string;
  readonly customer_reference?: string;
  readonly fixmystreet_id?: string;
  readonly extras?: Readonly<Record<string, string>>;
}
/** @public */
export interface UpdateTaken { readonly update_id: string; readonly account_id?: string }

/** One thing that was wrong. The code is the HTTP status, or begins with it. @public */
export interface Open311Error { readonly code: string; readonly description: string }

/** Every document that goes over the wire, by its kind. @public */
export interface Documents {
  readonly discovery: Discovery;
  readonly services: readonly Service[];
  readonly definition: ServiceDefinition;
  readonly requests: readonly ServiceRequest[];
  readonly taken: readonly RequestTaken[];
  readonly tokens: readonly TokenFound[];
  readonly updates: readonly RequestUpdate[];
  readonly 'updates-taken': readonly UpdateTaken[];
  readonly errors: readonly Open311Error[];
}
/** @public */
export type DocumentKind = keyof Documents;
