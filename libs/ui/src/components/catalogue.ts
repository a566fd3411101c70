import { button } from './button';
import { characterCount } from './character-count';
import { checkboxes, radios } from './choices';
import { dateInput } from './date-input';
import { errorMessage } from './error-message';
import { fieldset } from './fieldset';
import { fileUpload } from './file-upload';
import { hint } from './hint';
import { input } from './input';
import { label } from './label';
import { backLink, breadcrumbs, pagination, skipLink } from './links';
import { summaryList, table, taskList } from './lists';
import { details, errorSummary, insetText, notificationBanner, panel, phaseBanner, tag, warningText } from './messages';
import { select } from './select';
import { textarea } from './textarea';
import type { ComponentWords, SafeHtmlLike } from './words';

/** A component as templates call it: whatever a template passes is its options. */
export type AnyComponent = (options: never, words: ComponentWords, caller?: () => SafeHtmlLike) => string;

/**
 * The components of the GOV.UK Design System that our pages use, written as functions: the same HTML as GOV.UK Frontend's macros
 * (its own fixtures are the test), at a small part of their cost. By their name in `govuk/components/<name>/macro.njk`.
 */
export const COMPONENTS: Readonly<Record<string, AnyComponent>> = {
  'back-link': backLink, breadcrumbs, button, 'character-count': characterCount, checkboxes, 'date-input': dateInput, details, 'error-message': errorMessage,
  'error-summary': errorSummary, fieldset, 'file-upload': fileUpload, hint, input, 'inset-text': insetText, label, 'notification-banner': notificationBanner,
  pagination, panel, 'phase-banner': phaseBanner, radios, select, 'skip-link': skipLink, 'summary-list': summaryList, table, tag, 'task-list': taskList, textarea, 'warning-text': warningText,
};

/** `date-input` → `govukDateInput` */
export function macroName(component: string): string {
  return `govuk${component.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')}`;
}
