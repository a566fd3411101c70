import type { ConfiguredLine } from './configurable';

/** A line that is not the same in both. @public */
export interface ChangedLine {
  readonly key: string;
  readonly label: ConfiguredLine['label'];
  readonly language?: ConfiguredLine['language'];
  /** Absent where there was none. */
  readonly before?: ConfiguredLine['value'];
  /** Absent where there is none any more. */
  readonly after?: ConfiguredLine['value'];
}

/** What a change comes to. @public */
export interface Comparison { readonly changed: readonly ChangedLine[]; readonly unchanged: number }

/** What is different between two contents, in the order of the new one; what is gone comes last. @public */
export function compareLines(before: readonly ConfiguredLine[], after: readonly ConfiguredLine[]): Comparison {
  const [old, now] = [new Map(before.map((line) => [line.key, line])), new Set(after.map(({ key }) => key))];
  const changed = after.filter(({ key, value }) => !isSame(old.get(key)?.value, value)).map(({ value, ...line }): ChangedLine => {
    const former = old.get(line.key)?.value;
    return { ...line, ...(former !== undefined && { before: former }), after: value };
  });
  const gone = before.filter(({ key }) => !now.has(key)).map(({ value, ...line }): ChangedLine => ({ ...line, before: value }));
  return { changed: [...changed, ...gone], unchanged: after.length - changed.length };
}

function isSame(one: ConfiguredLine['value'] | undefined, other: ConfiguredLine['value']): boolean {
  return typeof one === 'object' && typeof other === 'object' ? one.en === other.en && one.cy === other.cy : one === other;
}
