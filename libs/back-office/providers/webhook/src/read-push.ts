import type { Progress } from '@guildhall/back-office-contract';
import { InvalidInput, type FieldError } from '@guildhall/kernel-contract';

/** So much at once. */
const MOST_AT_ONCE = 100;
const MOST_ID = 200;
const MOST_PHOTOS = 10;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * Reads `{ "progress": [{ "id", "reference" or "caseReference", "status", "at", "code"?, "text"?, "photos"? }] }`. Unknown fields are passed over.
 * @throws InvalidInput naming every field at fault: nothing of it is then taken
 */
export function readPush(bytes: Uint8Array): readonly Progress[] {
  const { progress } = parsed(bytes);
  if (!Array.isArray(progress) || progress.length === 0 || progress.length > MOST_AT_ONCE) throw new InvalidInput('The message has mistakes.', [{ field: 'progress', message: `must be a list of 1 to ${MOST_AT_ONCE}` }]);
  const mistakes: FieldError[] = [];
  const read = progress.map((one: unknown, index) => progressOf(one, (field, message) => mistakes.push({ field: `progress.${index}.${field}`, message })));
  if (mistakes.length) throw new InvalidInput('The message has mistakes.', mistakes);
  return read;
}

function progressOf(given: unknown, wrong: (field: string, message: string) => void): Progress {
  const one = (typeof given === 'object' && given !== null ? given : {}) as Readonly<Record<string, unknown>>;
  const text = (field: string, most: number): string | undefined => {
    const value = one[field];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string' && value.length <= most) return value;
    wrong(field, `must be text of at most ${most} characters`);
    return undefined;
  };
  const [id, status, at] = [text('id', MOST_ID), text('status', 100), text('at', 40)];
  const [farReference, caseReference, code, words] = [text('reference', MOST_ID), text('caseReference', 40), text('code', 100), text('text', 20_000)];
  for (const [field, value] of [['id', id], ['status', status], ['at', at]] as const) if (value === undefined) wrong(field, 'is missing');
  if (farReference === undefined && caseReference === undefined) wrong('reference', 'is missing, and so is caseReference');
  const { photos = [] } = one;
  const isListOfPhotos = (list: unknown): list is readonly string[] => Array.isArray(list) && list.length <= MOST_PHOTOS && list.every((each) => typeof each === 'string' && each !== '');
  if (!isListOfPhotos(photos)) wrong('photos', `must be a list of at most ${MOST_PHOTOS} addresses`);
  const instant = new Date(at !== undefined && INSTANT.test(at) ? at : Number.NaN);
  if (at !== undefined && Number.isNaN(instant.getTime())) wrong('at', 'must be an instant with its offset, like 2026-11-23T09:00:00Z (RFC 3339)');
  return {
    progressId: id ?? '', status: (status ?? '').trim().toLowerCase().replace(/[\s-]+/g, '_'), at: instant,
    ...(farReference !== undefined && { farReference }), ...(caseReference !== undefined && { caseReference }), ...(code !== undefined && { code }), ...(words !== undefined && { text: words }), ...(isListOfPhotos(photos) && photos.length > 0 && { photos }),
  };
}

function parsed(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new InvalidInput('The message is no object in JSON.');
}
