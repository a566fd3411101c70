import type { Log } from '@guildhall/kernel-contract';
import { JsonLog } from '../../working/log';

/** A log whose lines are kept as they would be written, to be looked through. */
export class KeepsLines implements Log {
  readonly lines: string[] = [];
  readonly #log = new JsonLog('info', { write: (line: string) => void this.lines.push(line) });
  info(event: string, ids: object = {}): void { this.#log.info(event, ids); }
  warn(event: string, ids: object = {}): void { this.#log.warn(event, ids); }
  error(event: string, ids: object = {}): void { this.#log.error(event, ids); }
}
