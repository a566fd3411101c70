import { createHash } from 'node:crypto';
import type { Progress } from '@guildhall/back-office-contract';
import { readDateTime, type RequestUpdate, type ServiceRequest } from '@guildhall/open311-contract';

const asWord = (written: string): string => written.trim().toLowerCase().replace(/[\s-]+/g, '_');

/** An update of mySociety's extension. @param now for one whose time cannot be read */
export function progressOfUpdate(update: RequestUpdate, now: Date): Progress {
  const { service_request_id: farReference, updated_datetime: written, description, external_status_code: code, media_url: media } = update;
  const photos = [media].flat().filter((url) => url.trim() !== '');
  const status = update.unknown_status === undefined ? update.status : asWord(update.unknown_status);
  return {
    progressId: update.update_id || hashOf([farReference, status, written, description]), farReference, status, at: readDateTime(written) ?? now,
    ...(code !== undefined && { code }), ...(description.trim() !== '' && { text: description }), ...(photos.length > 0 && { photos }),
  };
}

/** How a report stands, from a far end that tells no more: each status at each time is one thing that happened. Nothing for a report to which nothing has happened yet. */
export function progressOfRequest(request: ServiceRequest, now: Date): Progress | undefined {
  const { service_request_id: farReference, updated_datetime: written, requested_datetime: requested, status_notes: notes } = request;
  const status = request.unknown_status === undefined ? (request.extended_attributes?.detailed_status ?? request.status) : asWord(request.unknown_status);
  if (status === 'open' && notes.trim() === '' && (written === '' || written === requested)) return undefined;
  return { progressId: hashOf([farReference, status, written, notes]), farReference, status, at: readDateTime(written) ?? now, ...(notes.trim() !== '' && { text: notes }) };
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
