export { payByBank } from './pay-by-bank';
export type { PayByBankOptions } from './pay-by-bank';
