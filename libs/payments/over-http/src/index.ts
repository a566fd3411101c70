export { paymentsOverHttp } from './payments-over-http.module';
export type { PaymentsOverHttpOptions } from './options';
