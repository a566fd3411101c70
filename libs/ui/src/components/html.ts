import { runtime } from 'nunjucks';

/** Text that is already HTML: a template prints it as it is. Everything else is escaped. @public */
export interface SafeHtml {
  toString(): string;
  valueOf(): string;
  readonly length: number;
}

/** What a component accepts where it prints something. @public */
export type Printable = string | number | boolean | SafeHtml | null | undefined;

/** Attributes by name, as GOV.UK Frontend takes them; or HTML that is ready. @public */
export type Attributes = string | SafeHtml | Readonly<Record<string, unknown>>;

/** Text, or HTML in its place. @public */
export interface Content {
  readonly text?: Printable;
  readonly html?: Printable;
}

const SafeString = (runtime as unknown as { SafeString: new (html: string) => SafeHtml }).SafeString;

/** Marks HTML of our own making as safe. @public */
export function safe(html: string): SafeHtml {
  return new SafeString(html);
}

/** Whether somebody has marked this as HTML. */
export function isSafe(value: unknown): value is SafeHtml {
  return value instanceof SafeString;
}

const UNSAFE = /[&"'<>\\]/;
const EVERY_UNSAFE = /[&"'<>\\]/g;
const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', "'": '&#39;', '<': '&lt;', '>': '&gt;', '\\': '&#92;' };

/** Escapes text for HTML, in elements and in quoted attributes alike. @public */
export function escapeHtml(text: string): string {
  return UNSAFE.test(text) ? text.replace(EVERY_UNSAFE, (character) => ENTITY[character] ?? character) : text;
}

/** Prints a value as a template would: nothing for nothing, HTML as it is, the rest escaped. */
export function print(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? escapeHtml(value) : isSafe(value) ? value.toString() : escapeHtml(String(value));
}

/** Whether two values are the same on a form, where everything is text. */
export function isSame(one: Printable, other: Printable): boolean {
  return one === other || (one !== undefined && one !== null && other !== undefined && other !== null && String(one) === String(other));
}

/** HTML where there is some, else text. */
export function content(given: Content | undefined): string {
  return given?.html ? String(given.html).trim() : print(given?.text);
}

/** ` name="value"` when there is a value. */
export function attribute(name: string, value: Printable): string {
  return value ? ` ${name}="${print(value)}"` : '';
}

/** A class attribute's further classes. */
export function more(classes: Printable): string {
  return classes ? ` ${print(classes)}` : '';
}

function isOptions(item: unknown): item is { readonly value: unknown; readonly optional?: boolean } {
  return typeof item === 'object' && item !== null && !Array.isArray(item) && !isSafe(item);
}

/** Attributes as GOV.UK Frontend prints them; see its `macros/attributes.njk` for the rules. */
export function attributes(given: Attributes | undefined): string {
  if (!given) return '';
  if (typeof given === 'string' || isSafe(given)) return String(given);
  let html = '';
  for (const [name, item] of Object.entries(given)) {
    const { value, optional } = isOptions(item) ? { value: item.value, optional: item.optional === true } : { value: item, optional: false };
    if (optional && value === true) html += ` ${escapeHtml(name)}`;
    else if (!optional || (value !== undefined && value !== null && value !== false)) html += ` ${escapeHtml(name)}="${print(value)}"`;
  }
  return html;
}

/** Translations that a component's script reads from data attributes; see GOV.UK Frontend's `macros/i18n.njk`. */
export function i18nAttributes(key: string, message: Printable | Readonly<Record<string, string>>): string {
  if (!message) return '';
  if (typeof message === 'object' && !isSafe(message)) return Object.entries(message).map(([rule, text]) => ` data-i18n.${key}.${rule}="${print(text)}"`).join('');
  return ` data-i18n.${key}="${print(message)}"`;
}
