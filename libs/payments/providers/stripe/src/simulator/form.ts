/** A form of the API with its brackets undone: `a[b][0]=c` is `{ a: { b: { 0: 'c' } } }`. Nothing in it is a list, and no name reaches what all objects have. */
export interface Form { readonly [name: string]: string | Form | undefined }

/** @throws RangeError when the names contradict each other or are nested deeper than the API's ever are */
export function formOf(fields: URLSearchParams): Form {
  const form = emptyForm();
  for (const [name, value] of fields) {
    const path = name.split(/\[|\]\[|\]/).filter((part, index) => index === 0 || part !== '' || name.includes('[]'));
    if (path.at(-1) === '') path.pop();
    if (path.length > 8) throw new RangeError('The form is nested too deeply.');
    let at = form;
    for (const part of path.slice(0, -1)) {
      const inner = (at[part] ??= emptyForm());
      if (typeof inner === 'string') throw new RangeError(`The form gives ${name.slice(0, 100)} twice.`);
      at = inner as Record<string, string | Form | undefined>;
    }
    const last = path.at(-1) ?? '';
    at[name.endsWith('[]') ? String(Object.keys(at).length) : last] = value;
  }
  return form;
}

/** The text of a field, or nothing. */
export function textIn(form: Form | undefined, name: string): string | undefined {
  const value = form?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
/** The form within, or nothing. */
export function formIn(form: Form | undefined, name: string): Form | undefined {
  const value = form?.[name];
  return typeof value === 'object' ? value : undefined;
}
/** Its texts by their names: metadata. */
export function textsIn(form: Form | undefined): Readonly<Record<string, string>> { return Object.fromEntries(Object.entries(form ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))); }

function emptyForm(): Record<string, string | Form | undefined> { return Object.create(null) as Record<string, string | Form | undefined>; }
