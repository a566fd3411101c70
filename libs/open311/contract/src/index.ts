export { EXTENDED_STATUSES, STANDARD_STATUSES, parseStatus, standardStatusOf } from './statuses';
export type { ExtendedStatus, StandardStatus } from './statuses';
export { readDateTime, writeDateTime } from './date-times';
export { DAYS_LISTED, FORMATS, IDENTIFIER, MOST_DESCRIPTION, MOST_REQUESTS } from './shapes';
export type { AttributeDefinition, Datatype, Discovery, DocumentKind, Documents, Endpoint, ExtendedAttributes, Format, Open311Error, RequestTaken, RequestUpdate, Service, ServiceDefinition, ServiceRequest, TokenFound, UpdateTaken } from './shapes';
export { CONTENT_TYPES, writeDocument } from './write-document';
export { UnreadableDocument, readDocument } from './read-document';
export { OPEN311_PERMISSIONS, READ_PRIVATE_REPORTS, READ_REPORTS, SEND_REPORTS, SEND_UPDATES } from './permissions';
