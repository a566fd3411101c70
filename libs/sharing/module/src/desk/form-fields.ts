import type { FormBody } from '@guildhall/kernel';

/** One field of a form as it was typed, without blanks around it. */
export function fieldOf(body: FormBody, name: string): string {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
}

/** Every value of a field, each once. */
export function fieldsOf(body: FormBody, name: string): readonly string[] {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return [...new Set(typeof value === 'string' ? [value] : (value ?? []))].filter((one) => one !== '');
}
