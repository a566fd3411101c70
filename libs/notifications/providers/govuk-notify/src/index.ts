export { govUkNotify } from './govuk-notify.provider';
export type { GovUkNotifyOptions, IdByLanguage, NotifyTemplates } from './govuk-notify.options';
