import type { Text } from '@guildhall/kernel-contract';
import { LANGUAGES } from '@guildhall/kernel-contract';
import type { ServiceView } from './services-api';

/** Where words of a service count how much. */
const WEIGHTS = { title: 6, keywords: 5, category: 2, summary: 1 } as const;
/** Words that are in every question and say nothing. */
const EMPTY = new Set(['a', 'an', 'the', 'my', 'for', 'of', 'to', 'in', 'on', 'and', 'or', 'i', 'is', 'how', 'do', 'can', 'get', 'y', 'yr', 'i', 'ar', 'o', 'a', 'am', 'fy', 'sut', 'mae', 'cael', 'yn']);

/**
 * The services that fit some words, best first, in either language. A word fits another that begins with it, or that differs by one mistake (two in long words).
 * @public
 */
export function searchServices(services: readonly ServiceView[], words: string, limit = 20): readonly ServiceView[] {
  const wanted = wordsOf(words);
  if (wanted.length === 0) return [];
  return services
    .map((service) => ({ service, score: scoreOf(service, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.service.slug.localeCompare(b.service.slug))
    .slice(0, limit)
    .map(({ service }) => service);
}

function scoreOf(service: ServiceView, wanted: readonly string[]): number {
  const places = [
    { weight: WEIGHTS.title, words: both(service.title) },
    { weight: WEIGHTS.keywords, words: LANGUAGES.flatMap((language) => service.keywords[language].flatMap(wordsOf)) },
    { weight: WEIGHTS.category, words: both(service.category.title) },
    { weight: WEIGHTS.summary, words: both(service.summary) },
  ];
  let score = 0;
  for (const word of wanted) {
    const best = Math.max(...places.map(({ weight, words }) => weight * Math.max(0, ...words.map((other) => likeness(word, other)))));
    score += best;
  }
  return score;
}

function likeness(word: string, other: string): number {
  if (word === other) return 1;
  if (word.length >= 3 && other.startsWith(word)) return 0.8;
  if (other.length >= 4 && word.startsWith(other)) return 0.6;
  const allowed = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  return allowed > 0 && Math.abs(word.length - other.length) <= allowed && mistakes(word, other, allowed) <= allowed ? 0.5 : 0;
}

/** Edits between two words, with two letters that changed places as one (optimal string alignment); stops counting beyond `most`. */
function mistakes(a: string, b: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next.push(best);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length] ?? most + 1;
}

function both(text: Text): string[] {
  return LANGUAGES.flatMap((language) => wordsOf(text[language]));
}

/** Words without accents or capitals. A word of nothing but filler is kept when there is no other. */
function wordsOf(text: string): string[] {
  const all = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).slice(0, 30);
  const telling = all.filter((word) => !EMPTY.has(word));
  return telling.length ? telling : all;
}
