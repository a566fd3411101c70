export { csvRegister } from './csv-register';
export type { CsvEncoding, CsvRegisterOptions } from './csv-register.options';
export type { CsvRegister } from './csv-register.provider';
