export { COMMANDS } from './commands';
export type { Command, Said, World } from './command';
