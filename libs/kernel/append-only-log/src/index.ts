export { councilKey } from './council-key';
export { growLog } from './grow-log';
export type { GrowingLog } from './grow-log';
export { LogReader } from './log-reader';
export type { LogHead, LogTables } from './log-tables';
