import type { Log } from '@guildhall/kernel-contract';
import pino from 'pino';

/** Injection token of the Log. @public */
export const LOG = Symbol.for('guildhall:log');

/** Structured logs: one line of JSON per event, with ids. Whoever writes a line gives ids only; nothing else has a place in its type. */
export class JsonLog implements Log {
  readonly #pino: pino.Logger;
  constructor(level: string, destination?: pino.DestinationStream) {
    this.#pino = destination ? pino({ level, base: undefined }, destination) : pino({ level, base: undefined });
  }
  info(event: string, ids: object = {}): void { this.#pino.info({ event, ...ids }); }
  warn(event: string, ids: object = {}): void { this.#pino.warn({ event, ...ids }); }
  error(event: string, ids: object = {}): void { this.#pino.error({ event, ...ids }); }
}
