import { Unavailable } from './errors';

/**
 * Takes typed values out of JSON that came from another deployment: what a contract's HTTP client reads the answers of {@link RemoteApi} with.
 * Properties that nobody asks for are left; one that is missing or of another kind means that the two sides do not speak the same version.
 * @public
 * @example const from = new JsonReader(json, 'message'); return { id: from.text('id'), ...from.maybe('sentAt', (name) => from.instant(name)) };
 */
export class JsonReader {
  readonly #json: Readonly<Record<string, unknown>>;

  /** @param what it is, for whoever reads the error. @throws Unavailable when it is no object */
  constructor(json: unknown, private readonly what: string) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw unknownForm(what);
    this.#json = json as Readonly<Record<string, unknown>>;
  }

  value(name: string): unknown { return this.#json[name]; }
  /** The value under its name; nothing where there is none, or null. */
  maybe<Name extends string, Value>(name: Name, read: (name: Name) => Value): { readonly [Key in Name]?: Value } {
    const value = this.#json[name];
    return value === undefined || value === null ? {} : ({ [name]: read(name) } as { readonly [Key in Name]?: Value });
  }
  text(name: string): string { return this.checked(name, (value) => typeof value === 'string'); }
  texts(name: string): readonly string[] { return this.checked(name, (value) => Array.isArray(value) && value.every((one) => typeof one === 'string')); }
  list(name: string): readonly unknown[] { return this.checked(name, Array.isArray); }
  flag(name: string): boolean { return this.checked(name, (value) => typeof value === 'boolean'); }
  /** A whole number, not below nought. */
  count(name: string): number { return this.checked(name, (value) => Number.isSafeInteger(value) && (value as number) >= 0); }
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value { return this.checked(name, (value) => values.some((one) => one === value)); }
  instant(name: string): Date {
    const date = new Date(this.text(name));
    if (Number.isNaN(date.getTime())) throw unknownForm(`${this.what}.${name}`);
    return date;
  }

  private checked<Value>(name: string, isRight: (value: unknown) => boolean): Value {
    const value = this.#json[name];
    if (!isRight(value)) throw unknownForm(`${this.what}.${name}`);
    return value as Value;
  }
}

function unknownForm(what: string): Unavailable {
  return new Unavailable(`The other side's ${what} is in a form that is not known here. Compare the versions of the contract on both sides.`);
}
