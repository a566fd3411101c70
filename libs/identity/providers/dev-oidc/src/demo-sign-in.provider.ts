import { OFFICER_SIGN_IN, RESIDENT_SIGN_IN } from '@guildhall/identity-contract';
import type { RedirectSignIn, SignInProvider } from '@guildhall/identity-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderDependencies, ProviderInstallation } from '@guildhall/kernel-contract';
import { OFFICERS_ID, RESIDENTS_ID, signInCompanion } from './companion/sign-in-companion';
import { DEMO_HINTS } from './demo-people';
import { DemoSignIn } from './demo-sign-in';

const COMMON = {
  isSandbox: true,
  companion: signInCompanion,
  formOrigins: ({ companionOrigin }: ProviderDependencies) => companionOrigin ? [companionOrigin] : [],
  check: async (provider: SignInProvider) => provider instanceof DemoSignIn ? provider.check() : { ok: false, message: 'This is not the development sign-in.' },
} as const;

/**
 * Residents sign in at the development identity provider, as one of a few invented people or as somebody new.
 * @public
 * @example identity({ residents: [oneTimeCode(), demoResidents()], officers: [demoOfficers()] })
 */
export function demoResidents(): ProviderInstallation<SignInProvider> {
  return defineProvider<SignInProvider>({ ...COMMON, port: RESIDENT_SIGN_IN, id: RESIDENTS_ID, title: { en: 'Sign-in of invented residents', cy: 'Mewngofnodi trigolion dychmygol' }, hints: DEMO_HINTS.resident, create: (dependencies) => new DemoSignIn('resident', dependencies) });
}

/**
 * Officers sign in at the development identity provider: an adviser, two case officers and a team manager, all invented.
 * @public
 */
export function demoOfficers(): ProviderInstallation<RedirectSignIn> {
  return defineProvider<RedirectSignIn>({ ...COMMON, port: OFFICER_SIGN_IN, id: OFFICERS_ID, title: { en: 'Sign-in of invented officers', cy: 'Mewngofnodi swyddogion dychmygol' }, hints: DEMO_HINTS.officer, create: (dependencies) => new DemoSignIn('officer', dependencies) });
}
