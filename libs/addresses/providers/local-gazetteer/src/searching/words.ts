/** What people write short. `st` may be a saint as well: it stays a word of its own too. */
const WRITTEN_SHORT: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
  st: ['street', 'st', 'stryd'], rd: ['road'], ave: ['avenue'], av: ['avenue'], cl: ['close', 'clos'], ct: ['court'], cres: ['crescent'], dr: ['drive'], gdns: ['gardens'], gdn: ['gardens'],
  la: ['lane'], ln: ['lane'], pl: ['place'], stn: ['station'], nth: ['north'], sth: ['south'], sq: ['square'], ter: ['terrace', 'teras'], terr: ['terrace', 'teras'], saint: ['st'], str: ['street', 'stryd'], apartment: ['flat'], apt: ['flat'], fflat: ['flat'],
}));

/** Lower case, without accents, apostrophes and punctuation: `Lôn Tŷ’r Felin` becomes `lon tyr felin`. */
export function plainWords(text: string): string[] {
  const plain = text.slice(0, 200).normalize('NFD').replace(/[\p{M}'’‘`]/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
  return plain === '' ? [] : plain.split(' ');
}

/** The ways in which a written word may be meant. */
export function meaningsOf(word: string): readonly string[] { return WRITTEN_SHORT.get(word) ?? [word]; }

/** Whether the two differ by at most so many letters put in, left out, changed or swapped (optimal string alignment). */
export function isAlmost(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let older: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (older[j - 2] as number) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return false;
    older = above;
    above = row;
  }
  return (above[b.length] as number) <= most;
}
