import { Unavailable, isGuildhallError, refused } from '@guildhall/kernel-contract';
import type { Outcome } from '@guildhall/kernel-contract';
import type { RedirectRefusal } from '../sign-in-provider';

type Refused = Extract<Outcome<never, RedirectRefusal>, { readonly ok: false }>;

type ErrorClass<Found extends Error> = abstract new (...given: never[]) => Found;

/** The errors of an OpenID Connect client, as openid-client has them. @beta */
export interface ClientErrors {
  readonly AuthorizationResponseError: ErrorClass<Error & { readonly error: string }>;
  readonly ResponseBodyError: ErrorClass<Error & { readonly error: string }>;
  readonly ClientError: ErrorClass<Error & { readonly code?: string }>;
  readonly WWWAuthenticateChallengeError: ErrorClass<Error & { readonly code: string }>;
}

/** Why a token does not hold, by a code of our own: its key is not published, or what it says is wrong though its signature is right. @beta */
export class TokenFault extends Error {
  constructor(readonly code: string) { super(code); }
}

/** What came of a sign-in that failed. Messages hold codes only: what the far end describes in words may name somebody. @beta @throws Unavailable when it is not known, and whatever is our own fault */
export function refusalOf(error: unknown, client: ClientErrors): Refused {
  const unavailable = unavailableIn(error);
  if (unavailable) throw unavailable;
  if (error instanceof client.AuthorizationResponseError) return ofRedirect(error.error);
  if (error instanceof client.ResponseBodyError) {
    return error.error === 'invalid_grant' ? refused('used-or-expired', 'This answer was used before, or is too old.') : refused('not-valid', `The far end refused: ${codeOf(error.error)}.`);
  }
  if (error instanceof client.ClientError || error instanceof client.WWWAuthenticateChallengeError) return refused('not-valid', `The answer does not verify: ${String(error.code)}.`);
  const fault = tokenFault(error);
  if (fault) return refused('not-valid', `The answer does not verify: ${fault}.`);
  throw error;
}

/** Why a token does not verify; undefined when the error is about something else. @beta */
export function tokenFault(error: unknown): string | undefined {
  if (error instanceof TokenFault) return error.code;
  // By code: the library's classes differ between the two ways to load it.
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && /^ERR_J(?:WT|WS|WK|OSE)/.test(code) ? code : undefined;
}

/** The far end's silence, wherever a library put it. @beta */
export function unavailableIn(error: unknown): Unavailable | undefined {
  for (let each = error; each instanceof Error; each = each.cause) if (isGuildhallError(each) && each.code === 'unavailable') return each;
  return undefined;
}

/** An error that the browser brought back (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6; Unmet Authentication Requirements 1.0). */
function ofRedirect(error: string): Refused {
  switch (error) {
    case 'access_denied': case 'login_required': case 'interaction_required': case 'consent_required': case 'account_selection_required': return refused('declined', 'The person did not sign in.');
    case 'unmet_authentication_requirements': return refused('not-confident-enough', 'The far end could not authenticate the person as surely as was asked.');
    case 'temporarily_unavailable': case 'server_error': return refused('not-available', `The far end cannot just now: ${error}.`);
    case 'unauthorized_client': return refused('switched-off', 'The far end has switched off this client.');
    default: return refused('not-valid', `The far end refused: ${codeOf(error)}.`);
  }
}

/** An error code of the protocol's, and no words. @beta */
export function codeOf(error: string): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : 'unknown';
}
