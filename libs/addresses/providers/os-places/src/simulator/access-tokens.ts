import { randomBytes } from 'node:crypto';

/** As the OAuth 2 API of the OS Data Hub gives them. */
const LIVES_IN_SECONDS = 299;

/** The access tokens of projects (OS Data Hub, "OAuth 2 API"): got with the project's key and secret, and good instead of the key. */
export class AccessTokens {
  readonly #issued = new Map<string, { readonly key: string; readonly at: number }>();

  constructor(private readonly now: () => Date) {}

  /** A token for a project, as it is answered: numbers as text. */
  issue(key: string): object {
    const token = randomBytes(21).toString('base64url');
    const at = this.now().getTime();
    this.#issued.set(token, { key, at });
    return { access_token: token, expires_in: String(LIVES_IN_SECONDS), issued_at: String(at), token_type: 'Bearer' };
  }

  /** The key of the project whose token it is. */
  keyOf(token: string): string | 'expired' | undefined {
    const issued = this.#issued.get(token);
    return issued && this.now().getTime() - issued.at >= LIVES_IN_SECONDS * 1000 ? 'expired' : issued?.key;
  }
}

/** The key and the secret in an Authorization header of the kind Basic (RFC 7617). */
export function credentialsIn(authorization: string | undefined): { readonly key: string; readonly secret: string } {
  const [, encoded = ''] = /^Basic +(\S+)$/i.exec(authorization ?? '') ?? [];
  const [key = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { key, secret: secret.join(':') };
}
