/**
 * Where a redirecting provider sends the browser back to: one path per provider, so that two cannot be mixed up (RFC 9700, 4.4).
 * Whoever runs the far end registers `<council origin><this path>`.
 * @public
 * @param who whose sign-in it is
 * @param providerId the provider's id, as in the council's configuration
 * @example returnPath('resident', 'identity.one-login') // '/sign-in/return/identity.one-login'
 */
export function returnPath(who: 'resident' | 'officer', providerId: string): string {
  return `${who === 'officer' ? '/desk' : ''}/sign-in/return/${encodeURIComponent(providerId)}`;
}

/** Where a far end sends the browser after a sign-out that went by it; registered as `post_logout_redirect_uri`. @public */
export const SIGNED_OUT_PATH = '/sign-out/done';

/** Where a far end fetches the public keys with which the council proves itself to it; registered as `jwks_uri`. @public */
export function keysPath(who: 'resident' | 'officer', providerId: string): string {
  return `${who === 'officer' ? '/desk' : ''}/sign-in/keys/${encodeURIComponent(providerId)}`;
}

/** Where a far end says that somebody signed out there; registered as `backchannel_logout_uri`. @public */
export function loggedOutPath(who: 'resident' | 'officer', providerId: string): string {
  return `${who === 'officer' ? '/desk' : ''}/sign-in/logged-out/${encodeURIComponent(providerId)}`;
}
