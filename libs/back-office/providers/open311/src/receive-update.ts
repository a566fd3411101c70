import { createHash, timingSafeEqual } from 'node:crypto';
import type { PushedFile, PushedMessage, PushRefused, PushTaken } from '@guildhall/back-office-contract';
import { InvalidInput, NotAuthenticated, type FieldError, type GuildhallError, type Secret } from '@guildhall/kernel-contract';
import { CONTENT_TYPES, parseStatus, readDateTime, writeDocument, type Format } from '@guildhall/open311-contract';
import { progressOfUpdate } from './read-progress';

/** Photos that come as files stay in what is told until they stand in the case: all of one update together. */
const MOST_FILES_IN_BYTES = 16 * 1024 * 1024;

/**
 * Reads POST servicerequestupdates, mySociety's extension, as the far end sends it: a form, with photos as addresses, as `data:` URIs or as files.
 * @throws NotAuthenticated when its key is missing or wrong, InvalidInput naming every field at fault
 */
export async function receiveUpdate({ headers, bytes, path, form }: PushedMessage, key: Secret): Promise<PushTaken> {
  const fields = form ? new URLSearchParams(Object.entries(form.fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one as string]))) : new URLSearchParams(Buffer.from(bytes).toString('utf8'));
  if (!isSame(fields.get('api_key') ?? '', key.reveal())) throw new NotAuthenticated('The api_key is missing or wrong.');
  const mistakes: FieldError[] = [];
  if (!form && !(headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')) throw new InvalidInput('The request is no form.');
  const field = (name: string): string => {
    const value = fields.get(name)?.trim() ?? '';
    if (value === '') mistakes.push({ field: name, message: 'is missing' });
    return value;
  };
  const [id, number, written, when] = [field('update_id'), field('service_request_id'), field('status'), field('updated_datetime')];
  if (when && !readDateTime(when)) mistakes.push({ field: 'updated_datetime', message: 'must be a W3C date-time with its offset' });
  const at = readDateTime(when);
  const files = (form?.files ?? []).filter(({ sizeInBytes }) => sizeInBytes > 0);
  for (const file of files) if (file.isTruncated) mistakes.push({ field: file.field, message: 'is larger than photos may be' });
  if (files.reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0) > MOST_FILES_IN_BYTES) mistakes.push({ field: files[0]?.field ?? 'photo1', message: `and the other photos have more than ${MOST_FILES_IN_BYTES} bytes together` });
  if (mistakes.length || !at) throw new InvalidInput('The request has mistakes.', mistakes);
  const known = parseStatus(written);
  const code = fields.get('external_status_code') ?? undefined;
  const progress = progressOfUpdate({ update_id: id, service_request_id: number, status: known ?? 'unchanged', ...(known === undefined && { unknown_status: written }), updated_datetime: when, description: fields.get('description') ?? '', media_url: [...fields.getAll('media_url'), ...fields.getAll('media_url[]'), ...(await Promise.all(files.map(dataUriOf)))], ...(code && { external_status_code: code }) }, at);
  const format = formatOf(path);
  return { progress: [progress], answer: { contentType: CONTENT_TYPES[format], body: writeDocument('updates-taken', [{ update_id: id }], format) } };
}

async function dataUriOf(file: PushedFile): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.read() as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return `data:${/^[\w.+-]+\/[\w.+-]+$/.test(file.mimetype) ? file.mimetype : 'application/octet-stream'};base64,${Buffer.concat(chunks).toString('base64')}`;
}

/** Errors as GeoReport v2 has them, each mistake one of them. Whoever has no key is told 403: 401 is not among its codes. */
export function writeRefusal({ status: ours, message, fields }: GuildhallError, { path }: Pick<PushedMessage, 'path'>): PushRefused {
  const status = ours === 401 ? 403 : ours;
  const descriptions = fields.length ? fields.map((one) => `${one.field} ${one.message}`) : [message];
  return { status, contentType: CONTENT_TYPES[formatOf(path)], body: writeDocument('errors', descriptions.map((description) => ({ code: String(status), description })), formatOf(path)) };
}

/** The format that was asked for: XML unless told. */
function formatOf(path: string): Format {
  return path.endsWith('.json') ? 'json' : 'xml';
}

/** In constant time, whatever their lengths. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
