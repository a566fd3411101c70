/** What a package is found by, as PostgreSQL reads it: stems as English has them, and every word as it is, for Welsh and for names. */
export const WORDS_OF_PACKAGE = (names: string, describes: string, does: string): string => [[names, 'A'], [describes, 'B'], [does, 'C']].map(([text, weight]) => `setweight(to_tsvector('english', ${text}) || to_tsvector('simple', ${text}), '${weight}')`).join(' || ');

/** Names are taken apart: `@westmarch/parking-permits` is found by each of its words. */
export function wordsIn(...texts: readonly string[]): string { return texts.join(' ').normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, ' ').trim(); }

const MOST_WORDS = 10;
/** What is asked for, as `to_tsquery` reads it: each word must be there, and may go on. Nothing where no word is asked for. */
export function askedWords(words: string | undefined): string | undefined {
  const asked = wordsIn(words ?? '').split(' ').filter(Boolean).slice(0, MOST_WORDS);
  return asked.length === 0 ? undefined : asked.map((word) => `${word}:*`).join(' & ');
}
