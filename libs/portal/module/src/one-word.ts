/** A parameter of an address as trimmed text; undefined when it is empty, repeated or longer than can be meant. */
export function oneWord(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || text.length > most ? undefined : text;
}
