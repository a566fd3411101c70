export { govukOneLogin } from './govuk-one-login.provider';
export type { OneLoginOptions } from './options';
export type { OneLoginEnvironment } from './environment';
