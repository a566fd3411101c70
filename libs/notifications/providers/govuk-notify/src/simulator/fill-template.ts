import { badRequest } from './fault';
import type { SimulatedTemplate } from './service';

export type Personalisation = Readonly<Record<string, unknown>>;

const PLACEHOLDER = /\({2}([^()]+)\){2}/g;
/** Values for which `((name??words))` shows its words. */
const SHOWN = new Set(['yes', 'y', 'true', 't', '1', 'include', 'show']);

/** Names are the same without regard to case, spaces, hyphens and underscores. */
export function keyOf(name: string): string {
  return name.replace(/[\s_-]/g, '').toLowerCase();
}

/** The names of a template's placeholders, each once, in order. */
export function placeholdersOf(template: Pick<SimulatedTemplate, 'subject' | 'body'>): readonly string[] {
  const names = new Map<string, string>();
  for (const [, inside = ''] of `${template.subject ?? ''}\n${template.body}`.matchAll(PLACEHOLDER)) {
    const name = (inside.split('??')[0] ?? '').trim();
    if (!names.has(keyOf(name))) names.set(keyOf(name), name);
  }
  return [...names.values()];
}

/**
 * Puts values into a template, once: what looks like a placeholder inside a value stays as it is. Lists become bullets. What a template does not ask for is left.
 * @throws NotifyFault 400 that names every value that is missing
 */
export function fillTemplate(template: SimulatedTemplate, personalisation: Personalisation): { readonly subject?: string; readonly body: string } {
  const values = new Map(Object.entries(personalisation).map(([name, value]) => [keyOf(name), value]));
  const isMissing = (name: string): boolean => values.get(keyOf(name)) === undefined || values.get(keyOf(name)) === null;
  const missing = placeholdersOf(template).filter(isMissing);
  if (missing.length) return badRequest(`Missing personalisation: ${missing.join(', ')}`);
  const fill = (text: string): string => text.replace(PLACEHOLDER, (_, inside: string) => {
    const at = inside.indexOf('??');
    const value = values.get(keyOf(at < 0 ? inside : inside.slice(0, at)));
    if (at >= 0) return SHOWN.has(String(value).trim().toLowerCase()) ? inside.slice(at + 2) : '';
    return Array.isArray(value) ? `\n\n${value.map((item) => `* ${String(item)}`).join('\n')}\n` : String(value);
  });
  return { subject: template.subject === undefined ? undefined : fill(template.subject).replace(/\s+/g, ' ').trim(), body: fill(template.body).trim() };
}
