export { sqlRegister } from './sql-register';
export type { SqlRegisterOptions, SqlTable } from './sql-register.options';
