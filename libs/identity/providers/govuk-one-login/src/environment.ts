/** Where One Login is, and what is pinned of it: nothing that an answer says can move any of these. @public */
export interface OneLoginEnvironment {
  /** The OpenID Connect issuer, with its slash at the end. */
  readonly issuer: string;
  /** Who signs core identities: another issuer than the one of sign-ins. */
  readonly identityIssuer: string;
  /** The controller of the keys of core identities. */
  readonly did: string;
  /** Where the controller's document is: fixed, and never looked up from a key's id. */
  readonly didDocument: string;
  /** Origins to which leaving for One Login may lead the browser (content security policy `form-action`). */
  readonly formOrigins: readonly string[];
  /** Whether the people there are invented: a council that lets the public in must not believe them. */
  readonly isForTrying: boolean;
}

const PRODUCTION = 'account.gov.uk';
const INTEGRATION = 'integration.account.gov.uk';

/**
 * The environment of this name: `production`, `integration`, or the address of a simulator.
 * @throws Error that says what may stand there
 */
export function environmentOf(name: string): OneLoginEnvironment {
  if (name === 'production') return governments(PRODUCTION);
  if (name === 'integration') return governments(INTEGRATION);
  const url = URL.canParse(name) ? new URL(name) : undefined;
  const isHere = url && (url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname.endsWith('.localhost'));
  // Anybody's https would do for a simulator, but a typing mistake in `production` must not become an issuer that is believed.
  if (!url || !isHere) throw new Error(`govukOneLogin({ environment: '${name}' }): write "production", "integration", or the address of a simulator on this machine, like http://localhost:4290.`);
  const origin = url.origin;
  return { issuer: `${origin}/`, identityIssuer: `${origin}/identity/`, did: `did:web:${encodeURIComponent(url.host)}`, didDocument: `${origin}/.well-known/did.json`, formOrigins: [origin], isForTrying: true };
}

function governments(domain: string): OneLoginEnvironment {
  return {
    issuer: `https://oidc.${domain}/`, identityIssuer: `https://identity.${domain}/`, did: `did:web:identity.${domain}`, didDocument: `https://identity.${domain}/.well-known/did.json`,
    // One Login leads on to hosts of its own, and browsers hold every step of a form's redirects to form-action.
    formOrigins: [`https://*.${domain}`], isForTrying: domain !== PRODUCTION,
  };
}
