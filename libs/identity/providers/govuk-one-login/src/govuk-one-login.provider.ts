import { RESIDENT_SIGN_IN } from '@guildhall/identity-contract';
import type { SignInProvider } from '@guildhall/identity-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { PROVIDER_ID } from './check-connection';
import { environmentOf } from './environment';
import { OneLoginSignIn } from './one-login-sign-in';
import type { OneLoginOptions } from './options';

/**
 * Residents sign in with GOV.UK One Login and, where a service needs it and it was agreed at registration, prove who they are.
 * Written against One Login's technical documentation of August 2026.
 * @public
 * @throws Error when the environment is none
 * @example identity({ residents: [govukOneLogin({ clientId: env.string('ONE_LOGIN_CLIENT_ID'), privateKey: env.secret('ONE_LOGIN_KEY'), environment: env.string('ONE_LOGIN_ENVIRONMENT', 'integration') }), oneTimeCode()], officers: [...] })
 */
export function govukOneLogin(options: OneLoginOptions): ProviderInstallation<SignInProvider> {
  const environment = typeof options.environment === 'object' ? options.environment : environmentOf(options.environment || 'integration');
  return defineProvider<SignInProvider>({
    port: RESIDENT_SIGN_IN,
    id: PROVIDER_ID,
    title: { en: 'GOV.UK One Login', cy: 'GOV.UK One Login' },
    // Whoever has an invented account of the integration environment could be anybody: a council that goes live says "production", or accepts it by name on a server for trying.
    isSandbox: environment.isForTrying,
    formOrigins: () => environment.formOrigins,
    create: (dependencies) => new OneLoginSignIn(options, environment, dependencies),
    check: async (provider) => (provider instanceof OneLoginSignIn ? provider.check() : { ok: false, message: 'This is not GOV.UK One Login.' }),
  });
}
