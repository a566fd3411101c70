import { OFFICER_SIGN_IN, RESIDENT_SIGN_IN } from '@guildhall/identity-contract';
import type { SignInProvider } from '@guildhall/identity-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { OFFICERS_ID, RESIDENTS_ID, signInCompanion } from './companion/sign-in-companion';
import { DemoSignIn } from './demo-sign-in';
import type { Who } from './demo-sign-in';

function demoSignIn(who: Who): ProviderInstallation<SignInProvider> {
  return defineProvider<SignInProvider>({
    port: who === 'officer' ? OFFICER_SIGN_IN : RESIDENT_SIGN_IN,
    id: who === 'officer' ? OFFICERS_ID : RESIDENTS_ID,
    isSandbox: true,
    companion: signInCompanion,
    formOrigins: ({ companionOrigin }) => companionOrigin ? [companionOrigin] : [],
    create: (dependencies) => new DemoSignIn(who, dependencies),
    check: async (provider) => provider instanceof DemoSignIn ? provider.check() : { ok: false, message: 'This is not the development sign-in.' },
  });
}

/**
 * Residents sign in at the development identity provider, as one of a few invented people or as somebody new.
 * @public
 * @example identity({ residents: [oneTimeCode(), demoResidents()], officers: [demoOfficers()] })
 */
export function demoResidents(): ProviderInstallation<SignInProvider> { return demoSignIn('resident'); }

/**
 * Officers sign in at the development identity provider: an adviser, two case officers and a team manager, all invented.
 * @public
 */
export function demoOfficers(): ProviderInstallation<SignInProvider> { return demoSignIn('officer'); }
