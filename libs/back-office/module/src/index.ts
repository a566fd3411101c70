export { backOffice } from './back-office.module';
export type { BackOfficeOptions, CasesHandedOver } from './back-office.options';
