/** No register has a longer id. */
const LONGEST_VALUE = 200;
/** What no address can say, or no register has: signs without a shape, and halves of letters. */
const UNSAYABLE = /[\p{Cc}\p{Cs}]/u;

/** An address with one place for a value. What is put there is a value and nothing else: it can change neither the host nor the path, nor add to the question. */
export class AddressTemplate {
  readonly origin: string;
  /** Whether it leads to this machine, where simulators are. */
  readonly isHere: boolean;
  readonly #before: string;
  readonly #after: string;

  /**
   * @param placeholder `{id}`
   * @throws Error with a sentence about an address that cannot work
   */
  constructor(template: string, placeholder: string) {
    const [before = '', after, ...others] = template.split(placeholder);
    if (after === undefined || others.length > 0 || /[{}]/.test(before + after)) throw new Error(`the address "${template}" must have ${placeholder} in it once, and no other braces.`);
    const sample = `${before}0${after}`;
    if (!URL.canParse(sample)) throw new Error(`the address "${template}" is none. It begins with https://.`);
    const { protocol, hostname, origin, href, username, password, hash } = new URL(sample);
    if (username || password) throw new Error('the address holds a name or a password. Put the credential into a setting of its own.');
    this.isHere = hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]';
    if (protocol !== 'https:' && !(protocol === 'http:' && this.isHere)) throw new Error(`the address "${template}" must begin with https://: the credential and what is answered would go in clear.`);
    if (new URL(`${before}1${after}`).origin !== origin || hash !== '') throw new Error(`${placeholder} must be in the path or the query of the address "${template}".`);
    if (href !== sample) throw new Error(`the address "${template}" must be written as it is called: the host in small letters, no port that goes without saying, no dots as a part of the path, and spaces and other signs percent-encoded.`);
    this.origin = origin;
    this.#before = before;
    this.#after = after;
  }

  /** The address of this value; nothing where it has none. */
  of(value: string): string | undefined {
    // Some far ends undo the encoding before they look at the path.
    if (value === '' || value.length > LONGEST_VALUE || UNSAYABLE.test(value) || value.split(/[/\\]/).some((part) => part === '.' || part === '..')) return undefined;
    const address = `${this.#before}${encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}${this.#after}`;
    return new URL(address).href === address ? address : undefined;
  }
}
