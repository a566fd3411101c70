import type { FormBody } from '@guildhall/kernel';

/** One field of a form as it was typed, without blanks around it. */
export function fieldOf(body: FormBody, name: string): string {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).replace(/\r\n?/g, '\n').trim();
}

/** Every value of a field. */
export function fieldsOf(body: FormBody, name: string): readonly string[] {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === 'string' ? [value] : (value ?? []);
}

/** The key that a page put into its form. A form without one is sent once more each time, as its sender wanted. */
export function keyOf(body: FormBody, fresh: () => string): string {
  const key = fieldOf(body, 'key');
  return /^[\x21-\x7e]{8,200}$/.test(key) ? key : fresh();
}

/** The version that a page showed. */
export function versionOf(body: FormBody): number | undefined {
  const version = Number(fieldOf(body, 'version'));
  return Number.isInteger(version) && version > 0 ? version : undefined;
}
