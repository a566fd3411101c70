export { cases } from './cases.module';
export type { CasesOptions } from './cases.module';
