/** Words between double brackets; an address in Markdown's own brackets may hold one: `[pay](((link)))`. */
export const PLACEHOLDER = /\(\(([^()]+)\)\)/g;

/** Values of a flag that count as yes (GOV.UK Notify's table). */
const YES: ReadonlySet<string> = new Set(['yes', 'y', 'true', 't', '1', 'include', 'show']);

/** A placeholder's name without regard to case, spaces, hyphens and underscores. @public */
export function placeholderKey(name: string): string {
  return name.replace(/[\s_-]+/g, '').toLowerCase();
}

/** Whether a flag's value counts as yes. @public */
export function isYes(value: string | boolean): boolean {
  return YES.has(String(value).trim().toLowerCase());
}

/** One placeholder as written. @internal */
export interface FoundPlaceholder {
  readonly name: string;
  readonly key: string;
  readonly isCondition: boolean;
  /** What a condition shows when it holds. */
  readonly words: string;
}

/** Reads what stands between the double brackets. @internal */
export function readPlaceholder(inside: string): FoundPlaceholder {
  const at = inside.indexOf('??');
  const name = (at < 0 ? inside : inside.slice(0, at)).trim();
  return { name, key: placeholderKey(name), isCondition: at >= 0, words: at < 0 ? '' : inside.slice(at + 2) };
}

/** Every placeholder in a text, in order. @internal */
export function placeholdersIn(text: string): FoundPlaceholder[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => readPlaceholder(match[1] ?? ''));
}
