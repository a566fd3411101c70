export { csvRegister } from './csv-register';
export type { CsvEncoding, CsvRegisterOptions } from './csv-register.options';
export type { CsvPreview, CsvRegister } from './csv-register.provider';
export type { QualityReport, RowsCounted } from './quality-report';
