import type { CloudEvent } from '@guildhall/subscriptions-contract';

/** A case as the depot has it. @public */
export interface DepotCase { readonly event: CloudEvent; readonly reference: string; readonly council: number }

/** A photo as the depot is told of it. @public */
export interface DepotPhoto { readonly url: string; readonly contentType: string; readonly sizeInBytes: number; readonly sha256: string; readonly until: string }

/** The photos of a case, or of what a resident wrote later. */
export function photosIn(event: CloudEvent | undefined): readonly DepotPhoto[] {
  const photos = (event?.data as { photos?: unknown } | undefined)?.photos;
  return Array.isArray(photos) ? (photos as readonly DepotPhoto[]) : [];
}
