/** A logout token says one thing; anything longer is somebody's try to keep us busy. */
const MOST_BYTES = 10_000;

/** The one logout token in a form (OpenID Connect Back-Channel Logout 1.0, 2.5); undefined when there is none, more than one, or far too much. @beta */
export function logoutTokenIn(body: string): string | undefined {
  if (body.length > MOST_BYTES) return undefined;
  const tokens = new URLSearchParams(body).getAll('logout_token');
  return tokens.length === 1 && tokens[0] ? tokens[0] : undefined;
}
