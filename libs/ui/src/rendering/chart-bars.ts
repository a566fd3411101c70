import type { Text } from '@guildhall/kernel-contract';
import { formatNumber } from '../formatting/numbers';

/** One figure of a chart as a page gives it. */
export interface ChartRow { readonly name: string | Text; readonly value: number; readonly text?: string }

/** Each figure with its share of the largest, in hundredths. */
export function chartBars(rows: readonly ChartRow[]): readonly (ChartRow & { readonly share: number; readonly text: string })[] {
  const largest = Math.max(1, ...rows.map((row) => row.value));
  return rows.map((row) => ({ ...row, share: Math.round((row.value / largest) * 1000) / 10, text: row.text ?? formatNumber(row.value) }));
}
