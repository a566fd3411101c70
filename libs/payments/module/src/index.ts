export { payments } from './payments.module';
export type { ExportColumn, ExportValue, LedgerAccount, LedgerExportOptions } from './exporting/export-columns';
export type { PaymentsOptions } from './payments.options';
