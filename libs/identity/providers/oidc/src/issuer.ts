/** An issuer as a council pinned it. */
export interface PinnedIssuer {
  readonly issuer: string;
  /** Whether it is a simulator on this machine: who comes from there is nobody. */
  readonly isForTrying: boolean;
}

const FOR_EVERYBODY = /^\/(?:common|organizations|consumers)(?:\/|$)/i;

/**
 * An issuer that may be believed: https, one directory's own, and without a query (OpenID Connect Discovery 1.0, 3).
 * @throws Error that says what may stand there
 */
export function pinned(issuer: string): PinnedIssuer {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (!url || url.search || url.hash || url.username || url.password) throw new Error(`The issuer "${issuer}" is no issuer: write the address that stands before /.well-known/openid-configuration.`);
  // A template, or an address that everybody's directory answers at, would let in whoever has an account anywhere.
  if (/[{}]|%7b/i.test(issuer) || (/(?:^|\.)(?:microsoftonline|windows|partner\.microsoftonline)\.(?:com|net|us|cn)$/i.test(url.hostname) && FOR_EVERYBODY.test(url.pathname))) {
    throw new Error(`The issuer "${issuer}" is that of many directories. Write the one of the council's own, with its GUID.`);
  }
  const isHere = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname.endsWith('.localhost');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) throw new Error(`The issuer "${issuer}" must begin with https://.`);
  return { issuer, isForTrying: isHere };
}

/** Where a configuration stands: below the issuer, whether or not that ends in a slash (OpenID Connect Discovery 1.0, 4.1). */
export function configurationAddressOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}
