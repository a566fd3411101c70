import { createHmac, timingSafeEqual } from 'node:crypto';
import { RESIDENT_SIGN_IN } from '@guildhall/identity-contract';
import type { CodeAnswer, CodeBegun, CodeChallenge, CodeSignIn, IdentityClaims, SignInContact, SignInProvider } from '@guildhall/identity-contract';
import { defineProvider, done, refused } from '@guildhall/kernel-contract';
import type { Clock, Ids, ProviderDependencies, ProviderInstallation } from '@guildhall/kernel-contract';

const DIGITS = 6;
const VERSION = 'v1';

/** What a council may choose. @public */
export interface OneTimeCodeOptions {
  /** By which ways a code may be sent; email and text unless told. */
  readonly channels?: readonly SignInContact['channel'][];
  /** How long a code works; 10 minutes unless told, at most 30. */
  readonly minutes?: number;
  /** How often a code may be mistyped; 5 unless told, at most 10. */
  readonly tries?: number;
}

class OneTimeCodeSignIn implements CodeSignIn {
  readonly method = 'code';
  readonly digits = DIGITS;
  readonly channels: CodeSignIn['channels'];
  readonly #minutes: number;
  readonly #tries: number;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #secret: Uint8Array;

  constructor(options: OneTimeCodeOptions, { clock, ids, secret }: ProviderDependencies) {
    this.channels = options.channels ?? ['email', 'text'];
    this.#minutes = options.minutes ?? 10;
    this.#tries = options.tries ?? 5;
    this.#clock = clock;
    this.#ids = ids;
    this.#secret = secret('identity.one-time-code');
  }

  async begin(contact: SignInContact): Promise<CodeBegun> {
    const code = this.#makeCode();
    const salt = this.#ids.token(16);
    return {
      challenge: {
        contact,
        keep: `${VERSION}.${salt}.${this.#hash(salt, contact, code)}`,
        expiresAt: new Date(this.#clock.now().getTime() + this.#minutes * 60_000),
        triesLeft: this.#tries,
        isUsed: false,
      },
      send: { code, minutes: this.#minutes },
    };
  }

  async complete(challenge: CodeChallenge, given: string): Promise<CodeAnswer> {
    if (challenge.isUsed) return { outcome: refused('used', 'This code was used before.'), challenge };
    if (challenge.expiresAt <= this.#clock.now()) return { outcome: refused('expired', 'This code is too old.'), challenge };
    if (challenge.triesLeft <= 0) return { outcome: refused('too-many-tries', 'Too many codes were tried.'), challenge };
    if (this.#isRight(challenge, given)) return { outcome: done(claimsOf(challenge.contact)), challenge: { ...challenge, isUsed: true } };
    const triesLeft = challenge.triesLeft - 1;
    return { outcome: triesLeft > 0 ? refused('wrong-code', 'This is not the code that was sent.') : refused('too-many-tries', 'Too many codes were tried.'), challenge: { ...challenge, triesLeft } };
  }

  /** Six digits, each of the million as likely as any other. */
  #makeCode(): string {
    const whole = 10 ** DIGITS;
    const fair = Math.floor(2 ** 32 / whole) * whole;
    for (;;) {
      const number = Buffer.from(this.#ids.bytes(4)).readUInt32BE(0);
      if (number < fair) return (number % whole).toString().padStart(DIGITS, '0');
    }
  }

  #isRight({ keep, contact }: CodeChallenge, given: string): boolean {
    const [version, salt, hash, ...rest] = keep.split('.');
    // A person may paste much more than a code; nothing longer is worth reading.
    const code = given.slice(0, 64).normalize('NFKC').replace(/[\s\-‐-―]/g, '');
    const isCode = /^[0-9]{6}$/.test(code) && given.length <= 64;
    const expected = Buffer.from(this.#hash(salt ?? '', contact, isCode ? code : ''));
    const kept = Buffer.from(hash ?? '');
    return isCode && version === VERSION && rest.length === 0 && kept.length === expected.length && timingSafeEqual(kept, expected);
  }

  /** Keyed: a million codes are tried against a plain hash in a second. The contact is in it, so that a challenge cannot be turned towards another. */
  #hash(salt: string, { channel, address }: SignInContact, code: string): string {
    return createHmac('sha256', this.#secret).update(JSON.stringify([VERSION, salt, channel, address, code])).digest('base64url');
  }
}

function claimsOf({ channel, address }: SignInContact): IdentityClaims {
  return { issuer: `code:${channel}`, subject: address, confidence: 'none', ...(channel === 'email' ? { verifiedEmail: address } : { verifiedPhone: address }) };
}

/**
 * Sign-in by a code of six digits, sent by email or text message: an account for whoever has a mailbox or a telephone (NIST SP 800-63B,
 * out-of-band). The code works once, for ten minutes, with five tries; what is kept of it is keyed with a secret of the council's own.
 * @public
 * @example identity({ residents: [oneTimeCode()] })
 */
export function oneTimeCode(options: OneTimeCodeOptions = {}): ProviderInstallation<SignInProvider> {
  const { minutes = 10, tries = 5, channels = ['email', 'text'] } = options;
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 30) throw new Error(`oneTimeCode({ minutes: ${minutes} }): a code must work for 1 to 30 whole minutes. Leave it out for 10.`);
  if (!Number.isInteger(tries) || tries < 3 || tries > 10) throw new Error(`oneTimeCode({ tries: ${tries} }): a code may be tried 3 to 10 times. Leave it out for 5.`);
  if (channels.length === 0) throw new Error('oneTimeCode({ channels: [] }): name "email", "text" or both. Leave it out for both.');
  return defineProvider<SignInProvider>({
    port: RESIDENT_SIGN_IN,
    id: 'identity.one-time-code',
    title: { en: 'A code by email or text message', cy: 'Cod drwy e-bost neu neges destun' },
    isSandbox: false,
    create: (dependencies) => new OneTimeCodeSignIn({ minutes, tries, channels }, dependencies),
  });
}
