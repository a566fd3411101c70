import { readOfferedPhotos, type OfferedPhoto } from '@guildhall/documents-contract/from-elsewhere';
import { InvalidInput, type FieldError } from '@guildhall/kernel-contract';
import { IDENTIFIER, MOST_DESCRIPTION, parseStatus, readDateTime, type ExtendedStatus } from '@guildhall/open311-contract';
import { field, fieldsOf, type Fields } from '../http/fields';

/** What another system wrote about a report. */
export interface SentUpdate {
  readonly updateId: string;
  readonly number: string;
  readonly status: ExtendedStatus;
  readonly at: Date;
  readonly description: string;
  readonly media: readonly OfferedPhoto[];
}

/** @param files how many photos came with the form @throws InvalidInput naming every field at fault */
export function readSentUpdate(fields: Fields, files: number): SentUpdate {
  const mistakes: FieldError[] = [];
  const wrong = (name: string, message: string): undefined => { mistakes.push({ field: name, message }); return undefined; };
  const text = (name: string): string => field(fields, name) ?? wrong(name, 'is missing') ?? '';
  const [number, updateId, written, when] = [text('service_request_id'), text('update_id'), text('status'), text('updated_datetime')];
  if (updateId && (!IDENTIFIER.test(updateId) || updateId.length > 100)) wrong('update_id', 'must be letters, digits, hyphens and underscores, at most 100');
  const status = parseStatus(written);
  if (written && !status) wrong('status', 'is not a status: OPEN, CLOSED, FIXED, REOPEN, IN_PROGRESS and the others of the extended statuses');
  const at = readDateTime(when);
  if (when && !at) wrong('updated_datetime', 'must be a W3C date-time with its offset, like 2026-11-23T09:00:00+00:00');
  const { photos: media, problems } = readOfferedPhotos(fieldsOf(fields, 'media_url'));
  mistakes.push(...problems);
  const description = (field(fields, 'description') ?? '').replace(/\r\n?/g, '\n');
  if ([...description].length > MOST_DESCRIPTION) wrong('description', `must have at most ${MOST_DESCRIPTION} characters`);
  // A photo, or a new status, may speak for itself.
  if (description === '' && media.length + files === 0 && status !== 'reopen') wrong('description', 'is missing');
  if (mistakes.length || !status || !at) throw new InvalidInput('The request has mistakes.', mistakes);
  return { updateId, number, status, at, description, media };
}
