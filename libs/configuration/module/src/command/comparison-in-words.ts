import type { ChangedLine, Comparison } from '@guildhall/configuration-contract';

/** A comparison as a terminal shows it: each line that changes as it is now and as it would be. */
export function comparisonInWords({ changed, unchanged }: Comparison): string {
  if (changed.length === 0) return 'Nothing would change: it is the same as what holds now.';
  return [...changed.map(inWords), ...(unchanged > 0 ? [`${unchanged} line${unchanged === 1 ? ' stays' : 's stay'} as now.`] : [])].join('\n');
}

function inWords({ label, language, before, after }: ChangedLine): string {
  return [`  ${label.en}${language ? ` (${language === 'cy' ? 'Welsh' : 'English'})` : ''}`, `    now   ${said(before)}`, `    then  ${said(after)}`].join('\n');
}

function said(value: ChangedLine['after']): string {
  if (value === undefined) return 'nothing';
  return (typeof value === 'string' ? value : value.en).replaceAll('\n', '\n          ');
}
