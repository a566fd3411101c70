import type { AttributeDefinition, AttributeForm, Evidence, RowPreviewed } from '@guildhall/sharing-contract';

/** One item of a row: told, not told because it does not fit, or not there. */
export interface ShownCell { readonly state: 'told' | 'misfit' | 'nothing'; readonly form: AttributeForm; readonly evidence?: Evidence }
/** One row as it would be told. */
export interface ShownRow {
  readonly place: number;
  /** Whether the place is a line of a file. */
  readonly isLine: boolean;
  /** Why nothing of it is told. */
  readonly fault?: 'nobody' | 'as-of' | 'of-another-length';
  readonly localId?: string;
  readonly cells: readonly ShownCell[];
}

/** Rows for a page. @param hasValues without it nothing is left of what stands in them, nor whom they are about */
export function shownRows(definitions: readonly AttributeDefinition[], rows: readonly RowPreviewed[], hasValues: boolean): readonly ShownRow[] {
  return rows.map(({ line, localId, evidence, misfits }, at): ShownRow => {
    const fault = misfits.includes('of-another-length') ? 'of-another-length' as const : localId === '' ? 'nobody' as const : misfits.includes('as-of') ? 'as-of' as const : undefined;
    return {
      place: line ?? at + 1, isLine: line !== undefined, ...(fault && { fault }), ...(hasValues && { localId }),
      cells: definitions.map(({ id, form }): ShownCell => {
        const told = fault ? undefined : evidence.find(({ attribute }) => attribute === id);
        return { state: told ? 'told' : misfits.includes(id) ? 'misfit' : 'nothing', form, ...(told && hasValues && { evidence: told }) };
      }),
    };
  });
}
