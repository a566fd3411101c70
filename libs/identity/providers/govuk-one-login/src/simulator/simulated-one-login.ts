import { generateKeyPairSync } from 'node:crypto';
import { RESIDENT_SIGN_IN, SIGNED_OUT_PATH, loggedOutPath, returnPath } from '@guildhall/identity-contract';
import type { SignInProvider } from '@guildhall/identity-contract';
import type { Companion, Council, ProviderInstallation } from '@guildhall/kernel-contract';
import { Secret, defineSimulated } from '@guildhall/kernel-contract';
import { PROVIDER_ID } from '../check-connection';
import { ClientKeys } from '../client-keys';
import { govukOneLogin } from '../govuk-one-login.provider';
import type { OneLoginOptions } from '../options';
import { startOneLoginSimulator } from './one-login-simulator';

const clientIdOf = ({ slug }: Council): string => `simulated-${slug}`;

let key: Secret | undefined;
/** The council's private key: made by the process that has both ends, which needs it no longer than it runs. */
function privateKey(): Secret {
  return (key ??= new Secret(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()));
}

const simulator: Companion = Object.freeze<Companion>({
  id: 'identity.govuk-one-login-simulator', title: 'GOV.UK One Login, simulated: its people, and what can go wrong',
  start: async ({ port, councils }) => {
    const publicKeys = await new ClientKeys(privateKey()).published();
    return startOneLoginSimulator({
      port, clients: councils.map((council) => ({
        clientId: clientIdOf(council), publicKeys, levels: ['P0', 'P1', 'P2'], demandsPkce: true, redirectUris: [`${council.origin}${returnPath('resident', PROVIDER_ID)}`],
        postLogoutRedirectUris: [`${council.origin}${SIGNED_OUT_PATH}`], backChannelLogoutUri: `${council.origin}${loggedOutPath('resident', PROVIDER_ID)}`,
      })),
    });
  },
});

/**
 * GOV.UK One Login as a council will have it, at a simulator that starts beside the council's server: its people are invented.
 * @public
 * @example identity({ residents: [simulatedOneLogin(), oneTimeCode()], officers: [...] })
 */
export function simulatedOneLogin(options: Pick<OneLoginOptions, 'provesUpTo' | 'asksForAddress'> = { provesUpTo: 'medium' }): ProviderInstallation<SignInProvider> {
  return defineSimulated<SignInProvider>({
    port: RESIDENT_SIGN_IN, id: PROVIDER_ID, title: { en: 'GOV.UK One Login (simulated)', cy: 'GOV.UK One Login (efelychiad)' }, simulator,
    at: (origin, { council }) => govukOneLogin({ ...options, clientId: clientIdOf(council), privateKey: privateKey(), environment: origin }),
  });
}
