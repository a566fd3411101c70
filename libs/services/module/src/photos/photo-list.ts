import { mostPhotos, type InstalledService, type PhotoAnswer, type Question } from '@guildhall/services-contract';
import type { Draft } from '../drafts/draft';

/** The photos of a question, as its page shows them. */
export function photoList(installed: InstalledService, page: { readonly slug: string }, question: Question, draft: Draft | undefined): { photos: readonly object[]; most: number; isFull: boolean } {
  const photos = photosOf(question, draft);
  const most = question.type === 'photos' ? mostPhotos(question) : 0;
  return {
    photos: photos.map(({ documentId, filename }) => ({ documentId, filename, src: `/services/${installed.slug}/${page.slug}/photos/${documentId}` })),
    most, isFull: photos.length >= most,
  };
}

/** What a draft holds for a question of photos. */
export function photosOf({ id }: Question, draft: Draft | undefined): readonly PhotoAnswer[] {
  const answer = draft?.answers[id];
  return Array.isArray(answer) ? (answer as readonly PhotoAnswer[]) : [];
}
