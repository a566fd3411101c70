/** Time, injected so that tests may set it. @public */
export interface Clock {
  /** The instant now. */
  now(): Date;
}
/** Identifiers and randomness, injected so that tests may repeat them. @public */
export interface Ids {
  /** UUIDv7 (RFC 9562): in order of time. */
  uuid(): string;
  /** Unguessable text: this many random bytes in base64url. */
  token(bytes?: number): string;
  /** Cryptographically random bytes. */
  bytes(count: number): Uint8Array;
}
/** Injection token of the Clock. @public */
export const CLOCK = Symbol.for('guildhall:clock');
/** Injection token of the Ids. @public */
export const IDS = Symbol.for('guildhall:ids');
