import type { PageRenderer } from '@guildhall/kernel';
import type { Language, RequestContext } from '@guildhall/kernel-contract';
import { formatDate } from '@guildhall/ui';
import type { Item } from '../requests/reads-requests';

/** The module's words in a language. */
export type Words = (key: string, values?: Record<string, string>) => string;

export function textsFor(renderer: PageRenderer, ctx: RequestContext, language: Language): Words {
  return (key, values) => renderer.messages.t({ ...ctx, language }, `information-rights.${key}`, values);
}

/** What becomes of a record, as its owner is told: erased, or kept because of what, until when. */
export function itemInWords(t: Words, language: Language, { decision, outcome, because, decidedBecause, keepUntil }: Item): string {
  const isKept = outcome ? outcome === 'kept' : decision === 'keep';
  if (!isKept) return t(outcome === 'erased' ? 'items.erased' : 'items.to-be-erased');
  const reason = decidedBecause ?? because?.[language] ?? t('items.worked-on');
  return keepUntil && !decidedBecause ? t('items.kept-until', { because: reason, until: formatDate(language, keepUntil, 'short') }) : t('items.kept', { because: reason });
}
