/** An answer of Notify's that is an error. @public */
export class NotifyFault extends Error {
  readonly errors: readonly { readonly error: string; readonly message: string }[];
  constructor(readonly status: number, error: string, messages: string | readonly string[]) {
    super(error);
    this.errors = [messages].flat().map((message) => ({ error, message }));
  }
}

/** @throws NotifyFault */
export const badRequest = (message: string, status = 400): never => { throw new NotifyFault(status, 'BadRequestError', message); };
/** @throws NotifyFault */
export const invalid = (messages: string | readonly string[]): never => { throw new NotifyFault(400, 'ValidationError', messages); };
/** @throws NotifyFault */
export const noResult = (): never => { throw new NotifyFault(404, 'NoResultFound', 'No result found'); };
