import type { Command } from './command';
import { doctor } from './installing/doctor';

/** Every command by its name, in the order in which they are told. @public */
export const COMMANDS: Readonly<Record<string, Command>> = {
  // In a council's repository.
  doctor,
  // In a publisher's.
};
