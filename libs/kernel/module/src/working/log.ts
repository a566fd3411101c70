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

const FRAME = /^\s+at \S.*(?::\d+:\d+\)?|<anonymous>\)?)$/;

/**
 * Where an error came from: lines of its stack, and none of its message, which may quote what somebody wrote and may have several lines.
 * @public
 * @param most lines
 */
export function originOf(error: unknown, most = 1): string | undefined {
  const { stack, message } = (error ?? {}) as { stack?: unknown; message?: unknown };
  if (typeof stack !== 'string') return undefined;
  const at = typeof message === 'string' ? stack.indexOf(message) : -1;
  const frames = stack.slice(at === -1 ? 0 : at + String(message).length).split('\n').filter((line) => FRAME.test(line));
  return frames.slice(0, most).map((line) => line.trim()).join(' < ') || undefined;
}
