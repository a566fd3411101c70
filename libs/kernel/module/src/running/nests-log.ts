import { ConsoleLogger } from '@nestjs/common';

/** Nest tells of an error at the start, whole, before it throws it: whoever starts the app says it in a sentence, and shows the rest when asked (GUILDHALL_DEBUG). */
const SAID_BY_THE_START = 'ExceptionHandler';

/** What Nest itself has to say. */
export class NestsLog extends ConsoleLogger {
  override error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) !== SAID_BY_THE_START) super.error(message, ...rest);
  }
}
