import type { Command } from './command';
import { add } from './installing/add';
import { copy } from './installing/copy';
import { doctor } from './installing/doctor';
import { remove } from './installing/remove';
import { swap } from './installing/swap';
import { upgrade } from './installing/upgrade';
import { PUBLISHING } from './publishing/commands';

/** Every command by its name, in the order in which they are told. @public */
export const COMMANDS: Readonly<Record<string, Command>> = {
  // In a council's repository.
  add,
  remove,
  upgrade,
  swap,
  copy,
  doctor,
  // In a publisher's.
  ...PUBLISHING,
};
