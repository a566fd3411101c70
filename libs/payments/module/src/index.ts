export { payments } from './payments.module';
export type { PaymentsOptions } from './payments.options';
