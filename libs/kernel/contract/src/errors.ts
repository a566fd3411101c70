/** The codes by which errors are told apart. Compare codes: `instanceof` fails across two copies of a package. @public */
export type ErrorCode = 'invalid-input' | 'not-authenticated' | 'not-allowed' | 'not-found' | 'conflict' | 'unavailable';

/** HTTP status of each code (RFC 9110). @public */
export const STATUS_OF: Readonly<Record<ErrorCode, number>> = { 'invalid-input': 400, 'not-authenticated': 401, 'not-allowed': 403, 'not-found': 404, conflict: 409, unavailable: 503 };

/** One field that was wrong, by its path in the input. @public */
export interface FieldError { readonly field: string; readonly message: string }

/** The six errors that may cross a module's border; anything else is a fault of ours (500, no detail). @public */
export class GuildhallError extends Error {
  constructor(readonly code: ErrorCode, message: string, readonly fields: readonly FieldError[] = []) {
    super(message);
    this.name = new.target.name;
  }
  get status(): number {
    return STATUS_OF[this.code];
  }
}
/** The input breaks a rule that the sender can read. 400. @public */
export class InvalidInput extends GuildhallError {
  constructor(message: string, fields: readonly FieldError[] = []) { super('invalid-input', message, fields); }
}
/** Nobody has signed in, and somebody must. 401. @public */
export class NotAuthenticated extends GuildhallError {
  constructor(message = 'Sign in to do this.') { super('not-authenticated', message); }
}
/** Signed in, but this is not theirs to do. 403. @public */
export class NotAllowed extends GuildhallError {
  constructor(message = 'You do not have permission to do this.') { super('not-allowed', message); }
}
/** There is none, or the actor may not know that there is one. 404. @public */
export class NotFound extends GuildhallError {
  constructor(message = 'There is nothing here.') { super('not-found', message); }
}
/** Somebody else changed it first, or the same key came with another body. 409. @public */
export class Conflict extends GuildhallError {
  constructor(message: string) { super('conflict', message); }
}
/** Something that this depends on does not answer; try again. 503. @public */
export class Unavailable extends GuildhallError {
  constructor(message: string, readonly retryAfterInSeconds?: number) { super('unavailable', message); }
}

/** Whether a thrown value is one of the six, whichever copy of this package made it. @public */
export function isGuildhallError(error: unknown): error is GuildhallError {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'string' && (error as GuildhallError).code in STATUS_OF && Array.isArray((error as { fields?: unknown }).fields);
}

/**
 * What was asked for; undefined where nobody answers just now, for what a page or a message can do without. Any other error is thrown on.
 * @public
 */
export async function unlessUnavailable<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isGuildhallError(error) && error.code === 'unavailable') return undefined;
    throw error;
  }
}
