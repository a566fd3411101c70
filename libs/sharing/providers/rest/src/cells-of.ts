import type { CellOf } from '@guildhall/sharing-contract';
import { valueAt } from './json-pointer';

/** Stands for a value of a type that cannot be meant. To RegisterRows it is a damaged letter: it fits nothing, and is not told. */
export const UNFIT = '\ufffd';

/**
 * One person of an API's answer as a row, whose columns are JSON Pointers.
 * @param yesOrNo those at which `true` and `false` are meant: anywhere else they are no text
 */
export function cellsOf(person: unknown, yesOrNo: ReadonlySet<string>): CellOf {
  return (pointer) => {
    const value = valueAt(person, pointer);
    if (typeof value === 'string' || value == null) return value;
    // Beyond these a number has lost digits, or is not written as the register has it.
    if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : UNFIT;
    return typeof value === 'boolean' && yesOrNo.has(pointer) ? String(value) : UNFIT;
  };
}
