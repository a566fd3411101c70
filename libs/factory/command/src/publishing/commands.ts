import type { Command } from '../command';
import { assureCommand } from './assure-command';
import { checkCommand } from './check-command';
import { conformCommand } from './conform-command';
import { keyCommand } from './key-command';
import { adviseCommand, deprecateCommand, withdrawCommand } from './notice-commands';
import { publiccodeCommand } from './publiccode-command';
import { publishCommand } from './publish-command';
import { publisherCommand } from './publisher-command';
import { signCommand } from './sign-command';

/** What whoever publishes does, in the order in which it is done. */
export const PUBLISHING: Readonly<Record<string, Command>> = {
  check: checkCommand,
  conform: conformCommand,
  publiccode: publiccodeCommand,
  key: keyCommand,
  publisher: publisherCommand,
  sign: signCommand,
  publish: publishCommand,
  deprecate: deprecateCommand,
  advise: adviseCommand,
  withdraw: withdrawCommand,
  assure: assureCommand,
};
