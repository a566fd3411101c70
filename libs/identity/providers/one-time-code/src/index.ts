export { oneTimeCode } from './one-time-code.provider';
export type { OneTimeCodeOptions } from './one-time-code.provider';
