import { createHash } from 'node:crypto';
import { atRest, isGuildhallError, type Clock, type Outbound, type RequestContext } from '@guildhall/kernel-contract';
import type { DocumentId } from '../document';
import type { DocumentsApi } from '../documents-api';
import { fetchPhoto } from './fetch-photo';
import type { OfferedPhoto } from './offered-photo';

/** All photos of a report or an update together have so long to be fetched: whoever sent it waits for an answer, and begins again when there is none. */
const ALL_IN_MS = 60_000;

/** By what photos come and are kept. @beta */
export interface KeepingPhotos {
  readonly outbound: Outbound;
  readonly documents: Pick<DocumentsApi, 'store'>;
  readonly clock: Clock;
  /** With `lose`, a photo that cannot be looked at or kept just now is lost as `not-kept-now`, by itself; without it, nothing is told of any of them and `Unavailable` is thrown. */
  readonly whenUnavailable?: 'lose';
}
/** Photos that are kept, and why the others are not: the report matters more than its pictures, and an officer should know that there were some. @beta */
export interface KeptPhotos { readonly documentIds: readonly string[]; readonly lost: readonly string[] }

/**
 * Fetches photos that another system offers for a case, has them looked at, and keeps them with their case. Doing it again with the same photos keeps the same ones.
 * @param except origins that the council named itself, which need not be on the public internet
 * @throws Unavailable when the scanner, or where documents lie, is down, unless that is to lose the photo
 * @beta
 */
export async function keepPhotos({ outbound, documents, clock, whenUnavailable }: KeepingPhotos, ctx: RequestContext, caseId: string, photos: readonly OfferedPhoto[], except: readonly string[] = []): Promise<KeptPhotos> {
  const until = clock.now().getTime() + ALL_IN_MS;
  const secondsLeft = (): number => (until - clock.now().getTime()) / 1000;
  const documentIds: string[] = [];
  const lost: string[] = [];
  // One after the other, so that a report holds no more than one of them in memory.
  for (const [index, one] of photos.entries()) {
    const found = one.kind === 'bytes' ? one.bytes : await fetchPhoto(outbound, one.url, { secondsLeft, except });
    if (typeof found === 'string') {
      lost.push(found);
      continue;
    }
    const bytes = atRest(found);
    const documentId = idOf(caseId, bytes.sha256);
    const stored = await documents.store(ctx, { documentId, kind: 'photo', bytes, filename: one.kind === 'bytes' ? one.filename : `photo${index + 1}`, subject: { type: 'case', id: caseId } }).catch((error: unknown) => {
      // The id is made of the case and the bytes: only one that was removed can stand in the way.
      if (isGuildhallError(error) && error.code === 'conflict') return 'removed-here' as const;
      if (isGuildhallError(error) && error.code === 'unavailable' && whenUnavailable === 'lose') return 'not-kept-now' as const;
      throw error;
    });
    if (typeof stored === 'string') lost.push(stored);
    else if (!stored.ok) lost.push(stored.refusal.reason);
    else if (!documentIds.includes(documentId)) documentIds.push(documentId);
  }
  return { documentIds, lost };
}

const LOST: Readonly<Record<string, string>> = {
  'not-a-public-address': 'its address is not a public one', 'does-not-answer': 'its address did not answer', 'answers-with-no-photo': 'there was no photo at its address', 'leads-on-and-on': 'its address led on and on', 'not-an-address': 'it was neither an address nor a photo',
  'not-kept-now': 'it could not be looked at for viruses, or not be kept, at the time', 'removed-here': 'it was removed here before',
  'photos-are-not-kept-here': 'this council keeps no photos', empty: 'it was empty', 'too-large': 'it was too large', 'type-not-allowed': 'it was not a photo', unreadable: 'it could not be read', 'too-many-pixels': 'it was too large', infected: 'a virus was found in it', 'too-many': 'there were too many',
};

/** What officers read of photos that did not come along. @param from `The system through which it was reported` @beta */
export function lostPhotosInWords(lost: readonly string[], from: string): string {
  return `${lost.length === 1 ? 'A photo that was sent is' : `${lost.length} photos that were sent are`} not here: ${[...new Set(lost.map((reason) => LOST[reason] ?? reason))].join('; ')}. ${from} may still have ${lost.length === 1 ? 'it' : 'them'}.`;
}

/** The same photo of the same case has the same id, so that a report that comes again brings none twice. */
function idOf(caseId: string, sha256: string): DocumentId {
  const hex = createHash('sha256').update(caseId).update(sha256).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` as DocumentId;
}
