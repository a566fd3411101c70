import type { ConfiguredField } from '@guildhall/configuration-contract';
import { LANGUAGES, type Language, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { inputName, isText, poundsOf } from './typed-values';

/** An input as the page has it: its name, and what stands in it. */
interface InputOnPage { readonly name: string; readonly value: string; readonly language?: Language; readonly rows: number }
/** A field as the page has it. */
export interface FieldOnPage { readonly type: ConfiguredField['type']; readonly label: Text; readonly isOptional: boolean; readonly least?: string; readonly most?: string; readonly inputs: readonly InputOnPage[] }
/** Fields that belong to one thing; those that belong to the whole come first, without a title. */
export interface GroupOnPage { readonly title?: Text; readonly fields: readonly FieldOnPage[] }

const CHARACTERS_IN_A_ROW = 40;

/**
 * The form's fields under what they belong to, with the council's first language first.
 * @param typed what stands in each input
 */
export function groupsOnPage(ctx: RequestContext, fields: readonly ConfiguredField[], typed: Readonly<Record<string, string>>): readonly GroupOnPage[] {
  const [first] = ctx.council.languages;
  const languages = [first, ...LANGUAGES.filter((language) => language !== first)];
  const groups: { title?: Text; fields: FieldOnPage[] }[] = [];
  for (const field of fields) {
    const onPage = fieldOnPage(field, languages, typed);
    const last = groups.at(-1);
    if (last && last.title?.en === field.group?.en) last.fields.push(onPage);
    else groups.push({ ...(field.group && { title: field.group }), fields: [onPage] });
  }
  return groups;
}

function fieldOnPage(field: ConfiguredField, languages: readonly Language[], typed: Readonly<Record<string, string>>): FieldOnPage {
  const inputs = (isText(field) ? languages : [undefined]).map((language): InputOnPage => {
    const name = inputName(field.key, language);
    const value = typed[name] ?? '';
    return { name, value, ...(language && { language }), rows: rowsFor(value) };
  });
  return { type: field.type, label: { en: begun(field.label.en), cy: begun(field.label.cy) }, isOptional: field.isOptional ?? false, inputs, ...boundsOf(field) };
}

/** Within a line a label goes on what it belongs to; here it begins. */
function begun(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

/** Bounds as they are read beside the field: pounds of money. */
export function boundsOf(field: ConfiguredField): { readonly least?: string; readonly most?: string } {
  if (field.type !== 'money' && field.type !== 'number') return {};
  const read = (amount: number): string => (field.type === 'money' ? `£${poundsOf(amount)}` : String(amount));
  return { least: read(field.atLeast), ...(field.atMost !== undefined && { most: read(field.atMost) }) };
}

function rowsFor(value: string): number {
  const rows = value.split('\n').reduce((count, line) => count + Math.max(1, Math.ceil(line.length / CHARACTERS_IN_A_ROW)), 0);
  return Math.min(15, Math.max(2, rows));
}
