import { isAlmost, meaningsOf, plainWords } from './words';

/** How well a word was met: written out, its beginning, or nearly. */
const WRITTEN_OUT = 4;
const BEGINNING = 3;
const NEARLY = 1;

/** Finds the entries (streets, named buildings) whose names hold a word, its beginning, or nearly it. */
export class WordIndex {
  readonly #entriesOf = new Map<string, number[]>();
  readonly #words: readonly string[];

  constructor(entries: readonly (readonly string[])[]) {
    entries.forEach((names, at) => {
      for (const word of new Set(names.flatMap(plainWords))) {
        const known = this.#entriesOf.get(word);
        if (known) known.push(at); else this.#entriesOf.set(word, [at]);
      }
    });
    this.#words = [...this.#entriesOf.keys()].sort();
  }

  /** Entries that hold the word, with how well they do. A misspelling counts only when nothing else does. */
  find(word: string): Map<number, number> {
    const found = new Map<number, number>();
    for (const meaning of meaningsOf(word)) {
      // What is written short stands for whole words only: "st" is not the beginning of "station".
      if (meaningsOf(word).length > 1 || meaning !== word) this.#note(found, meaning, WRITTEN_OUT);
      else this.#noteBeginnings(found, meaning);
    }
    if (found.size === 0 && word.length >= 4) for (const known of this.#words) if (isAlmost(word, known, word.length >= 8 ? 2 : 1)) this.#note(found, known, NEARLY);
    return found;
  }

  #noteBeginnings(found: Map<number, number>, word: string): void {
    let low = 0; let high = this.#words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#words[middle] as string) < word) low = middle + 1; else high = middle;
    }
    for (let at = low; this.#words[at]?.startsWith(word); at++) this.#note(found, this.#words[at] as string, this.#words[at] === word ? WRITTEN_OUT : BEGINNING);
  }

  #note(found: Map<number, number>, word: string, score: number): void {
    for (const entry of this.#entriesOf.get(word) ?? []) found.set(entry, Math.max(found.get(entry) ?? 0, score));
  }
}
