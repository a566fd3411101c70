export { councilKey } from './council-key';
export { growLog, growLogFrom } from './grow-log';
export type { GrowingLog, LogEnd } from './grow-log';
export { LogReader } from './log-reader';
export type { LogHead, LogTables } from './log-tables';
