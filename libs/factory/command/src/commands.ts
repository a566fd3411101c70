import type { Command } from './command';
import { add } from './installing/add';
import { copy } from './installing/copy';
import { doctor } from './installing/doctor';
import { remove } from './installing/remove';
import { swap } from './installing/swap';
import { upgrade } from './installing/upgrade';
import { keyCommand } from './publishing/key-command';
import { adviseCommand, deprecateCommand, withdrawCommand } from './publishing/notice-commands';
import { publishCommand } from './publishing/publish-command';
import { publisherCommand } from './publishing/publisher-command';
import { signCommand } from './publishing/sign-command';

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
  key: keyCommand,
  publisher: publisherCommand,
  sign: signCommand,
  publish: publishCommand,
  deprecate: deprecateCommand,
  advise: adviseCommand,
  withdraw: withdrawCommand,
};
