import { LANGUAGES } from '@guildhall/kernel-contract';
import type { Text } from '@guildhall/kernel-contract';

/** Parts of a service whose words have rules of their own, and are not filled with settings. */
const NOT_OURS: ReadonlySet<string> = new Set(['types', 'messages', 'standardTexts', 'settings', 'keywords']);

/** Whether a value is words in every language. */
export function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && Object.keys(value).length === LANGUAGES.length && LANGUAGES.every((language) => typeof (value as Partial<Text>)[language] === 'string');
}

/**
 * A copy of a service with each of its texts changed; everything else stays as it is.
 * @param change gets the text and where it stands: `pages.bins.questions.numberOfBins.hint`
 */
export function mapTexts<Value>(value: Value, change: (text: Text, path: string) => Text, path = ''): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (isText(value)) return change(value, path) as Value;
  const within = (key: string): string => (path ? `${path}.${key}` : key);
  if (Array.isArray(value)) return (value as readonly unknown[]).map((item, index) => mapTexts(item, change, within(nameOf(item) ?? String(index)))) as Value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, NOT_OURS.has(key) && path.split('.').length <= 1 ? item : mapTexts(item as unknown, change, within(key))])) as Value;
}

/** Every text of a service with its place. */
export function textsIn(value: unknown): readonly { readonly path: string; readonly text: Text }[] {
  const found: { path: string; text: Text }[] = [];
  mapTexts(value, (text, path) => { found.push({ path, text }); return text; });
  return found;
}

/** Things in a list are called by what they are called elsewhere, so that a place in the service survives when something is added before it. */
function nameOf(item: unknown): string | undefined {
  const { slug, id, value } = (typeof item === 'object' && item !== null ? item : {}) as { slug?: unknown; id?: unknown; value?: unknown };
  return [slug, id, value].find((name): name is string => typeof name === 'string');
}
