export { smtp } from './smtp.provider';
export type { SmtpOptions } from './smtp.options';
