import { InvalidInput, isUuid } from '@guildhall/kernel-contract';

/** Where a page of a log ended. */
export interface PlaceInLog { readonly at: Date; readonly id: string }

/** Reads a place that came from outside. @throws InvalidInput */
export function placeOf(text: string): PlaceInLog {
  const [, milliseconds = '', id = ''] = /^(\d{1,15})_(.{36})$/.exec(text) ?? [];
  const at = new Date(Number(milliseconds));
  if (!milliseconds || Number.isNaN(at.getTime()) || !isUuid(id)) throw new InvalidInput('This page of the log is not known. Begin at the first page.', [{ field: 'before', message: 'is not a place in this log' }]);
  return { at, id };
}

/** The place after the last row shown, when there is one row more than is shown. */
export function pageAfter<Row extends { readonly message_id: string }>(rows: readonly Row[], limit: number, atOf: (row: Row) => Date | null): string | undefined {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return last && `${atOf(last)?.getTime() ?? 0}_${last.message_id}`;
}
