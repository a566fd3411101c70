/** Written small inside a name, in English, Welsh and the French of English villages. */
const SMALL = new Set(['and', 'at', 'by', 'cum', 'de', 'en', 'in', 'juxta', 'la', 'le', 'next', 'of', 'on', 'or', 'over', 'sub', 'super', 'the', 'to', 'under', 'upon', 'with', 'within', 'a', 'ac', 'ar', 'dan', 'ger', 'i', 'o', 'uwch', 'y', 'yn', 'yr']);
/** Written in capitals: what the letters stand for is not read out. */
const CAPITALS = new Set(['bbc', 'bt', 'dwp', 'gp', 'hm', 'hmp', 'hmrc', 'ii', 'iii', 'iv', 'mod', 'nhs', 'plc', 'po', 'raf', 'rspb', 'rspca', 'tv', 'uk', 'vi', 'vii', 'viii', 'ymca', 'ywca']);

/**
 * Writes a name as people do: the gazetteers are in capitals, and capitals are harder to read, most of all for people with dyslexia.
 * What is written in small letters already is left alone.
 * @example writeName('ST DAVID’S-ON-THE-HILL, 14A MILL LANE') // 'St David’s-on-the-Hill, 14A Mill Lane'
 */
export function writeName(name: string): string {
  const plain = name.replace(/\s+/g, ' ').trim();
  if (/\p{Ll}/u.test(plain)) return plain;
  return plain.split(/([\s\-/(,]+)/).map((part, at, parts) => (at % 2 === 1 ? part : writeWord(part, at === 0 || /[(,]/.test(parts[at - 1] ?? '')))).join('');
}

function writeWord(word: string, isFirst: boolean): string {
  const small = word.toLowerCase();
  if (/\d/.test(word)) return /^\d+(st|nd|rd|th)$/i.test(word) ? small : word;
  const letters = small.replace(/[^\p{L}]/gu, '');
  if (CAPITALS.has(letters)) return word;
  if (!isFirst && SMALL.has(letters)) return small;
  // "D’ARCY" and "O’NEILL" have a capital after the mark, "DAVID’S" has none.
  return small.replace(/\p{L}/u, (letter) => letter.toUpperCase()).replace(/^([DO]['’])(\p{L})(?=\p{L})/u, (_, start: string, letter: string) => start + letter.toUpperCase());
}
