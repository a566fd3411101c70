/** A button as it stands on a page. */
export interface ButtonOnPage { readonly text: string; readonly name?: string; readonly value: string }
/** A form as it stands on a page: where it leads, and what it would send if nothing were typed. */
export interface FormOnPage {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly isMultipart: boolean;
  /** Names with the values that stand in them: typed text, chosen options, ticked boxes, what is hidden. */
  readonly filled: readonly (readonly [name: string, value: string])[];
  /** Every name that can be filled, with the values that it offers where it offers some. */
  readonly offers: ReadonlyMap<string, { readonly kind: 'text' | 'choice' | 'file'; readonly values: readonly string[] }>;
  readonly buttons: readonly ButtonOnPage[];
}

type Attributes = Readonly<Record<string, string>>;

/** The forms of a page in their order, as a browser without scripts would send them. */
export function formsOnPage(html: string): readonly FormOnPage[] {
  const body = html.replace(/<!--[\s\S]*?-->/g, '').replace(/<script[\s\S]*?<\/script>/g, '');
  return [...body.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', inside = '']) => formOf(attributesOf(attributes), inside));
}

function formOf(form: Attributes, inside: string): FormOnPage {
  const filled: [string, string][] = [];
  const offers = new Map<string, { kind: 'text' | 'choice' | 'file'; values: string[] }>();
  const buttons: ButtonOnPage[] = [];
  const offer = (name: string, kind: 'text' | 'choice' | 'file', value?: string): void => {
    const known = offers.get(name) ?? { kind, values: [] };
    offers.set(name, { kind, values: value === undefined ? known.values : [...known.values, value] });
  };
  for (const [, tag = '', raw = '', content = ''] of inside.matchAll(/<(input|textarea|select|button)\b([^>]*)>(?:([\s\S]*?)<\/\1>)?/g)) {
    const { name, type = 'text', value, ...has } = attributesOf(raw);
    if ('disabled' in has) continue;
    if (tag === 'button') {
      if (type !== 'button' && type !== 'reset') buttons.push({ text: textOf(content), ...(name !== undefined && { name }), value: value ?? '' });
    } else if (name === undefined) continue;
    else if (tag === 'textarea') {
      offer(name, 'text');
      filled.push([name, decoded(content).replace(/^\n/, '')]);
    } else if (tag === 'select') {
      const options = [...content.matchAll(/<option\b([^>]*)>([^<]*)/g)].map(([, one = '', text = '']) => ({ value: attributesOf(one)['value'] ?? decoded(text).trim(), isChosen: 'selected' in attributesOf(one) }));
      for (const option of options) offer(name, 'choice', option.value);
      const chosen = options.find(({ isChosen }) => isChosen) ?? options[0];
      if (chosen) filled.push([name, chosen.value]);
    } else if (type === 'radio' || type === 'checkbox') {
      offer(name, 'choice', value ?? 'on');
      if ('checked' in has) filled.push([name, value ?? 'on']);
    } else if (type === 'file') offer(name, 'file');
    else if (type === 'submit') buttons.push({ text: value ?? '', name, value: value ?? '' });
    else {
      if (type !== 'hidden') offer(name, 'text');
      filled.push([name, value ?? '']);
    }
  }
  return { action: form['action'] ?? '', method: (form['method'] ?? 'get').toUpperCase() === 'POST' ? 'POST' : 'GET', isMultipart: form['enctype'] === 'multipart/form-data', filled, offers, buttons };
}

/** Addresses to which a page leads by itself: links, pictures, forms. */
export function addressesOnPage(html: string): readonly string[] {
  return [...html.matchAll(/\s(?:href|src|srcset|action|formaction|content)="([^"]*)"/g)].map(([, address = '']) => decoded(address));
}

/** The links of a page with their words. */
export function linksOnPage(html: string): readonly { readonly text: string; readonly href: string }[] {
  return [...html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g)].map(([, attributes = '', inside = '']) => ({ text: textOf(inside), href: attributesOf(attributes)['href'] ?? '' }));
}

/** A page's words as somebody reads them. */
export function textOf(html: string): string {
  return decoded(html.replace(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ').trim();
}

function attributesOf(text: string): Attributes {
  return Object.fromEntries([...text.matchAll(/([a-zA-Z][\w:-]*)(?:\s*=\s*"([^"]*)")?/g)].map(([, name = '', value]) => [name.toLowerCase(), decoded(value ?? '')]));
}

function decoded(text: string): string {
  return text.replace(/&#x([0-9a-f]+);/gi, (_all, code: string) => String.fromCodePoint(parseInt(code, 16))).replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&nbsp;/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');
}
