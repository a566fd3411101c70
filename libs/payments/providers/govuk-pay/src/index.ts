export { GOVUK_PAY_API, govUkPay } from './govuk-pay';
export type { GovUkPayOptions } from './govuk-pay';
