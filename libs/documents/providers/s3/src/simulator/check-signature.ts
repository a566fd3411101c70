import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { S3Error, accessDenied, invalid } from './s3-error';

/** A pair of keys that the simulator knows. @public */
export interface SimulatedKey { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }

/** A request as it came: the path and the query exactly as they stood in its first line. */
export interface SignedRequest { readonly method: string; readonly rawPath: string; readonly rawQuery: string; readonly headers: IncomingHttpHeaders }

/** How the body is bound to the signature, and what the signatures of its chunks begin from. */
export interface CheckedSignature { readonly payload: string; readonly seed: string; readonly signingKey: Buffer; readonly date: string; readonly scope: string }

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MOST_SKEW_IN_MS = 15 * 60 * 1_000;
const LONGEST_PRESIGNED_IN_SECONDS = 604_800;

/** Checks the signature of a request, in its header or in its query, to the letter of "Authenticating Requests (AWS Signature Version 4)". @throws S3Error */
export function checkSignature(request: SignedRequest, keys: readonly SimulatedKey[], region: string, now: Date): CheckedSignature {
  const query = pairsOf(request.rawQuery);
  const inQuery = query.some(([name]) => name === 'X-Amz-Signature');
  const given = inQuery ? fromQuery(query) : fromHeader(request.headers);
  const [accessKeyId, day, credentialRegion, service, end] = splitCredential(given.credential);
  if (service !== 's3' || end !== 'aws4_request') throw malformed('The credential is not for S3.');
  const key = keys.find((each) => each.accessKeyId === accessKeyId);
  if (!key) throw new S3Error('InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.', { AWSAccessKeyId: accessKeyId });
  if ((key.sessionToken ?? '') !== (inQuery ? (valueOf(query, 'X-Amz-Security-Token') ?? '') : headerOf(request.headers, 'x-amz-security-token'))) throw new S3Error('InvalidToken', 400, 'The provided token is malformed or otherwise invalid.');
  if (credentialRegion !== region) throw malformed(`The authorization header is malformed; the region '${credentialRegion}' is wrong; expecting '${region}'`, { Region: region });
  const at = parseDate(given.date);
  if (!at || !given.date.startsWith(day)) throw accessDenied('AWS authentication requires a valid Date or x-amz-date header');
  if (given.expiresInSeconds === undefined) {
    if (Math.abs(at.getTime() - now.getTime()) > MOST_SKEW_IN_MS) {
      throw new S3Error('RequestTimeTooSkewed', 403, 'The difference between the request time and the current time is too large.', { RequestTime: given.date, ServerTime: now.toISOString(), MaxAllowedSkewMilliseconds: String(MOST_SKEW_IN_MS) });
    }
  } else if (now.getTime() > at.getTime() + given.expiresInSeconds * 1_000) throw accessDenied('Request has expired');
  refuseUnsigned(request.headers, given.signedHeaders, inQuery);
  const payload = inQuery ? (headerOf(request.headers, 'x-amz-content-sha256') || 'UNSIGNED-PAYLOAD') : headerOf(request.headers, 'x-amz-content-sha256');
  if (payload === '') throw invalid('Missing required header for this request: x-amz-content-sha256');
  const canonical = [
    request.method, canonicalPath(request.rawPath), canonicalQuery(query.filter(([name]) => name !== 'X-Amz-Signature')),
    ...given.signedHeaders.map((name) => `${name}:${headerOf(request.headers, name).trim().replace(/ +/g, ' ')}`), '', given.signedHeaders.join(';'), payload,
  ].join('\n');
  const scope = `${day}/${credentialRegion}/s3/aws4_request`;
  const signingKey = ['aws4_request', 's3', credentialRegion, day].reduceRight<Buffer>((secret, part) => hmac(secret, part), Buffer.from(`AWS4${key.secretAccessKey}`));
  const signature = hmac(signingKey, [ALGORITHM, given.date, scope, sha256(canonical)].join('\n')).toString('hex');
  if (!isSame(signature, given.signature)) throw new S3Error('SignatureDoesNotMatch', 403, 'The request signature we calculated does not match the signature you provided. Check your key and signing method.', { AWSAccessKeyId: accessKeyId });
  return { payload, seed: signature, signingKey, date: given.date, scope };
}

/** Whether a chunk was signed by who signed the request: each signature is of the one before it and of the chunk. */
export function signatureOfChunk({ signingKey, date, scope }: CheckedSignature, before: string, chunk: Buffer): string {
  return hmac(signingKey, [`${ALGORITHM}-PAYLOAD`, date, scope, before, sha256(''), sha256(chunk)].join('\n')).toString('hex');
}
export function signatureOfTrailer({ signingKey, date, scope }: CheckedSignature, before: string, trailer: string): string {
  return hmac(signingKey, [`${ALGORITHM}-TRAILER`, date, scope, before, sha256(trailer)].join('\n')).toString('hex');
}

interface Given { readonly credential: string; readonly signedHeaders: readonly string[]; readonly signature: string; readonly date: string; readonly expiresInSeconds?: number }
type Pairs = readonly (readonly [string, string])[];

function fromHeader(headers: IncomingHttpHeaders): Given {
  const authorization = headerOf(headers, 'authorization');
  if (authorization === '') throw accessDenied();
  if (!authorization.startsWith(`${ALGORITHM} `)) throw invalid('The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.');
  const parts = new Map(authorization.slice(ALGORITHM.length).split(',').map((part) => { const [name = '', ...rest] = part.trim().split('='); return [name, rest.join('=')] as const; }));
  const [credential, signedHeaders, signature] = ['Credential', 'SignedHeaders', 'Signature'].map((name) => parts.get(name));
  if (!credential || !signedHeaders || !signature) throw malformed('The authorization header that you provided is not valid.');
  const date = headerOf(headers, 'x-amz-date') || dateOfHttp(headerOf(headers, 'date'));
  return { credential, signedHeaders: signedHeaders.split(';'), signature, date };
}
function fromQuery(query: Pairs): Given {
  const value = (name: string): string => {
    const found = valueOf(query, name);
    if (found === undefined) throw new S3Error('AuthorizationQueryParametersError', 400, `Query-string authentication version 4 requires the ${name} parameter.`);
    return found;
  };
  if (value('X-Amz-Algorithm') !== ALGORITHM) throw new S3Error('AuthorizationQueryParametersError', 400, 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const expiresInSeconds = Number(value('X-Amz-Expires'));
  if (!Number.isInteger(expiresInSeconds) || expiresInSeconds < 0 || expiresInSeconds > LONGEST_PRESIGNED_IN_SECONDS) throw new S3Error('AuthorizationQueryParametersError', 400, 'X-Amz-Expires must be less than a week (in seconds)');
  return { credential: value('X-Amz-Credential'), signedHeaders: value('X-Amz-SignedHeaders').split(';'), signature: value('X-Amz-Signature'), date: value('X-Amz-Date'), expiresInSeconds };
}

/** The host, and whatever is the request's own, must be under the signature. */
function refuseUnsigned(headers: IncomingHttpHeaders, signed: readonly string[], inQuery: boolean): void {
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !(inQuery && name === 'x-amz-content-sha256'))];
  const missing = needed.filter((name) => !signed.includes(name));
  if (missing.length) throw new S3Error('AccessDenied', 403, 'There were headers present in the request which were not signed', { HeadersNotSigned: missing.join(', ') });
}

function splitCredential(credential: string): readonly [string, string, string, string, string] {
  const parts = credential.split('/');
  if (parts.length < 5) throw malformed('The Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".');
  const [day = '', region = '', service = '', end = ''] = parts.slice(-4);
  return [parts.slice(0, -4).join('/'), day, region, service, end];
}

/** Each part of the path encoded once, and the slashes left: S3 alone does not encode twice, and does not tidy `..` away. */
function canonicalPath(rawPath: string): string { return decodedPath(rawPath).split('/').map(strictlyEncoded).join('/'); }
function canonicalQuery(query: Pairs): string {
  return query.map(([name, value]) => [strictlyEncoded(name), strictlyEncoded(value)] as const).sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0)).map(([name, value]) => `${name}=${value}`).join('&');
}
export function decodedPath(rawPath: string): string {
  try { return decodeURIComponent(rawPath); } catch { throw new S3Error('InvalidURI', 400, 'Couldn\'t parse the specified URI.'); }
}
export function pairsOf(rawQuery: string): Pairs {
  return rawQuery.split('&').filter((part) => part !== '').map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [decodedPath(part), ''] as const : [decodedPath(part.slice(0, at)), decodedPath(part.slice(at + 1))] as const;
  });
}
function valueOf(query: Pairs, name: string): string | undefined { return query.find(([each]) => each === name)?.[1]; }
export function strictlyEncoded(text: string): string { return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`); }

export function headerOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}
function parseDate(date: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(date) ?? [];
  return year === undefined ? undefined : new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
function dateOfHttp(date: string): string {
  const at = new Date(date);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().replace(/[-:]|\.\d+/g, '');
}
function malformed(message: string, more: Readonly<Record<string, string>> = {}): S3Error { return new S3Error('AuthorizationHeaderMalformed', 400, message, more); }
function hmac(key: Buffer, text: string): Buffer { return createHmac('sha256', key).update(text).digest(); }
function sha256(data: string | Buffer): string { return createHash('sha256').update(data).digest('hex'); }
function isSame(one: string, other: string): boolean { return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other)); }
