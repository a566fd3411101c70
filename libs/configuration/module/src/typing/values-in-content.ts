import type { ConfiguredField } from '@guildhall/configuration-contract';
import type { TypedValues } from './typed-values';

/** A content with these values in it; the rest of it as it was. What is left out is taken out. */
export function withValues(content: object, fields: readonly ConfiguredField[], values: TypedValues): object {
  const changed = plain(content);
  for (const { key, path, isOptional } of fields) {
    const holder = at(changed, path.slice(0, -1));
    const [last] = path.slice(-1);
    if (!isObject(holder) || last === undefined || !values.has(key) || !(isOptional || Object.hasOwn(holder, last))) continue;
    const value = values.get(key);
    if (value !== undefined) holder[last] = value;
    else if (isOptional) Reflect.deleteProperty(holder, last);
  }
  return changed;
}

/** As JSON has it: a copy without members that have no value. */
export function plain(content: object): object {
  return JSON.parse(JSON.stringify(content)) as object;
}

/** Whether a typed value is the one that the field has. */
export function isAsBefore({ value }: ConfiguredField, typed: ConfiguredField['value'] | undefined): boolean {
  return typeof value === 'object' ? typeof typed === 'object' && typed.en === value.en && typed.cy === value.cy : typed === value;
}

function at(content: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((holder, step) => (isObject(holder) && Object.hasOwn(holder, step) ? holder[step] : undefined), content);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
