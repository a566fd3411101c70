import type { Agreement } from './agreement';
import { canonicalize } from '../canonical-json';

/** One thing that differs between two versions of an agreement, for an officer. @public */
export interface Difference { readonly field: string; readonly text: string }

/**
 * What differs between two agreements, or two versions of one, field by field: of lists what came and what went.
 * @public
 */
export function diffAgreements(before: Agreement, after: Agreement): readonly Difference[] {
  return differences(before, after, '');
}

function differences(before: unknown, after: unknown, field: string): readonly Difference[] {
  if (canonicalize(before) === canonicalize(after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    const [was, is] = [before.map(written), after.map(written)];
    const [gone, come] = [was.filter((one) => !is.includes(one)), is.filter((one) => !was.includes(one))];
    const texts = [...gone.map((one) => `no longer has ${one}`), ...come.map((one) => `now has ${one}`)];
    return (texts.length ? texts : ['is in another order']).map((text) => ({ field, text: `${field} ${text}.` }));
  }
  if (isRecord(before) && isRecord(after)) return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => differences(before[name] ?? null, after[name] ?? null, field ? `${field}.${name}` : name));
  return [{ field, text: `${field} was ${written(before)} and is ${written(after)}.` }];
}

function written(value: unknown): string {
  if (value === null) return 'nothing';
  return typeof value === 'string' ? `“${value}”` : canonicalize(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> { return typeof value === 'object' && value !== null && !Array.isArray(value); }
