import type { Text } from '@guildhall/kernel-contract';
import type { Agreement } from './agreement';
import { canonicalize } from '../canonical-json';

/** One thing that differs between two versions of an agreement, for an officer. @public */
export interface Difference { readonly field: string; readonly text: Text }

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
    const [was, is] = [before.map(quoted), after.map(quoted)];
    const [gone, come] = [was.filter((one) => !is.includes(one)), is.filter((one) => !was.includes(one))];
    const texts: readonly Text[] = [...gone.map((one) => ({ en: `${field} no longer has ${one}.`, cy: `Nid yw ${one} yn ${field} bellach.` })), ...come.map((one) => ({ en: `${field} now has ${one}.`, cy: `Mae ${one} yn ${field} bellach.` }))];
    return (texts.length ? texts : [{ en: `${field} is in another order.`, cy: `Mae ${field} mewn trefn arall.` }]).map((text) => ({ field, text }));
  }
  if (isRecord(before) && isRecord(after)) return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => differences(before[name] ?? null, after[name] ?? null, field ? `${field}.${name}` : name));
  const [was, is] = [written(before), written(after)];
  return [{ field, text: { en: `${field} was ${was.en} and is ${is.en}.`, cy: `${field}: ${was.cy} oedd yno, a ${is.cy} sydd yno nawr.` } }];
}

function written(value: unknown): Text {
  if (value === null) return { en: 'nothing', cy: 'dim' };
  return { en: quoted(value), cy: quoted(value) };
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `“${value}”` : canonicalize(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> { return typeof value === 'object' && value !== null && !Array.isArray(value); }
