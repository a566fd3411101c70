import { OFFICER_SIGN_IN, RESIDENT_SIGN_IN, isAtLeast } from '@guildhall/identity-contract';
import type { CodeSignIn, IdentityConfidence, RedirectSignIn, SignInContact, SignInProvider } from '@guildhall/identity-contract';
import { providerIdsOf, providersOf } from '@guildhall/kernel';
import { NotFound } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';

/** Whose sign-in it is. */
export type Who = 'resident' | 'officer';
/** A provider with the id by which the council's configuration knows it. */
export interface Named<Provider extends SignInProvider> { readonly id: string; readonly provider: Provider }

/** The council's redirecting providers, in the order of its configuration. */
export function redirectsOf(ctx: RequestContext, who: Who): readonly Named<RedirectSignIn>[] {
  return named(ctx, who).filter((each): each is Named<RedirectSignIn> => each.provider.method === 'redirect');
}

/** Those of the redirecting providers that can be as sure of a resident as this. */
export function redirectsSureOf(ctx: RequestContext, confidence: IdentityConfidence): readonly Named<RedirectSignIn>[] {
  return redirectsOf(ctx, 'resident').filter(({ provider: { highestConfidence } }) => !highestConfidence || isAtLeast(highestConfidence, confidence));
}

/** The redirecting provider of this id. @throws NotFound */
export function redirectOf(ctx: RequestContext, who: Who, id: string): RedirectSignIn {
  const found = redirectsOf(ctx, who).find((each) => each.id === id);
  if (!found) throw new NotFound('There is no such way to sign in.');
  return found.provider;
}

/** The council's code providers. */
export function codesOf(ctx: RequestContext): readonly Named<CodeSignIn>[] {
  return named(ctx, 'resident').filter((each): each is Named<CodeSignIn> => each.provider.method === 'code');
}

/** By which ways the council sends codes. */
export function channelsOf(ctx: RequestContext): readonly SignInContact['channel'][] {
  return (['email', 'text'] as const).filter((channel) => codesOf(ctx).some(({ provider }) => provider.channels.includes(channel)));
}

function named(ctx: RequestContext, who: Who): readonly Named<SignInProvider>[] {
  const port = who === 'officer' ? OFFICER_SIGN_IN : RESIDENT_SIGN_IN;
  const ids = providerIdsOf(ctx, port);
  const providers: readonly SignInProvider[] = who === 'officer' ? providersOf(ctx, OFFICER_SIGN_IN) : providersOf(ctx, RESIDENT_SIGN_IN);
  return providers.map((provider, index) => ({ id: ids[index] ?? '', provider }));
}
