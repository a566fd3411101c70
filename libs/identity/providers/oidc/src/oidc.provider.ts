import { RESIDENT_SIGN_IN } from '@guildhall/identity-contract';
import type { RedirectSignIn, SignInProvider } from '@guildhall/identity-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation, Text } from '@guildhall/kernel-contract';
import { pinned } from './issuer';
import { OidcSignIn } from './oidc-sign-in';
import type { SignInParts } from './oidc-sign-in';
import type { OidcOptions } from './options';
import { ReadResident } from './read-resident';

/** The id of the residents' sign-in, unless a council has several. */
export const RESIDENTS_ID = 'identity.oidc';

/**
 * Residents sign in with any OpenID Connect provider.
 * @public
 * @throws Error that says which setting is missing or wrong
 * @example identity({ residents: [oidc({ issuer: env.string('OIDC_ISSUER'), clientId: env.string('OIDC_CLIENT_ID'), clientSecret: env.secret('OIDC_SECRET') }), oneTimeCode()], officers: [...] })
 */
export function oidc(options: OidcOptions): ProviderInstallation<SignInProvider> {
  const parts = residentParts(options);
  return defineProvider<SignInProvider>({ port: RESIDENT_SIGN_IN, ...installed(parts), create: (dependencies) => new OidcSignIn(parts, dependencies) });
}

/** What the residents' sign-in is made from. */
export function residentParts(options: OidcOptions): SignInParts {
  return { who: 'resident', id: options.id ?? RESIDENTS_ID, options, pinned: pinned(options.issuer), reading: new ReadResident(options) };
}

const TITLES: Readonly<Record<SignInParts['who'], Text>> = { resident: { en: 'Residents’ sign-in', cy: 'Mewngofnodi trigolion' }, officer: { en: 'Officers’ single sign-on', cy: 'Mewngofnodi unwaith swyddogion' } };

/** What both kinds of installation have in common. */
export function installed({ who, id, options: { formOrigins = [] }, pinned: { issuer, isForTrying } }: SignInParts) {
  return {
    id, title: TITLES[who],
    // Whoever comes from a simulator could be anybody.
    isSandbox: isForTrying,
    formOrigins: () => [new URL(issuer).origin, ...formOrigins],
    check: async (provider: SignInProvider | RedirectSignIn) => (provider instanceof OidcSignIn ? provider.check() : { ok: false, message: `This is not ${id}.` }),
  };
}
