/** A secret that does not print itself in logs, JSON or errors. @public */
export class Secret {
  readonly #value: string;
  constructor(value: string) { this.#value = value; }
  /** The value: say this only where it is used. */
  reveal(): string { return this.#value; }
  toString(): string { return '[secret]'; }
  toJSON(): string { return '[secret]'; }
  [Symbol.for('nodejs.util.inspect.custom')](): string { return '[secret]'; }
}
