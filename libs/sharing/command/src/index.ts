export { agreementCommand } from './agreement-command';
export { assureCommand } from './assure-command';
export { CannotDo, given } from './command';
export type { Said, World } from './command';
export { trustListCommand } from './trust-list-command';
export { fetched } from './run';
