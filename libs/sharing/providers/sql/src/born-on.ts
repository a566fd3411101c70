import { dayAsWritten, type RegisterMapping } from '@guildhall/sharing-contract';
import { quoted } from './identifiers';

/** The condition by which those with one date of birth are found, whatever stands after it or around it; nothing where no date is told, or none is kept. The day is only ever a parameter. */
export function bornOn({ attributes, dates }: RegisterMapping, day: string): { readonly condition: string; readonly values: readonly [readonly string[], readonly string[]] } | undefined {
  const rule = attributes['person.date-of-birth'];
  const written = dayAsWritten(day, dates);
  if (written.length === 0 || !rule || !('column' in rule)) return undefined;
  const column = `lower(btrim(${quoted(rule.column)}::text, e' \\t\\r\\n'))`;
  return { condition: `(${column} = any($1::text[]) or ${column} like any($2::text[]))`, values: [written, written.flatMap((each) => [`${each} %`, `${each}t%`])] };
}
