/** An answer of OAuth's that says no (RFC 6749, 5.2; RFC 6750, 3.1). */
export class ProtocolError extends Error {
  constructor(readonly status: number, readonly error: string, readonly description: string) { super(description); }
}
