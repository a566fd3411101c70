/** A picture of one point (PNG). */
export const smallPhoto = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** Forty ways of calling a body something that is no form. */
export const CONTENT_TYPES_THAT_ARE_NO_FORM: readonly string[] = [
  'text/plain', 'text/xml', 'application/xml', 'application/json', 'application/ld+json', 'application/problem+json', 'text/html', 'text/css', 'text/csv', 'text/javascript', 'application/javascript', 'application/octet-stream', 'application/pdf', 'application/zip',
  'application/gzip', 'application/x-yaml', 'text/yaml', 'application/soap+xml', 'application/xhtml+xml', 'application/atom+xml', 'application/geo+json', 'application/gml+xml', 'application/x-msgpack', 'application/cbor', 'application/x-protobuf', 'application/graphql',
  'application/vnd.api+json', 'image/png', 'image/jpeg', 'image/svg+xml', 'audio/mpeg', 'video/mp4', 'font/woff2', 'multipart/mixed; boundary=x', 'multipart/related; boundary=x', 'message/rfc822', 'application/x-www-form-urlencoded-not', 'form', '*/*', 'x/y/z',
];
