import { returnPath } from '@guildhall/identity-contract';
import { SmallBrowser, redirectSignInKit } from '@guildhall/identity-contract/testing';
import type { FarEndPerson, RedirectSignInHarness } from '@guildhall/identity-contract/testing';
import { Secret } from '@guildhall/kernel-contract';
import type { HarnessSource } from '@guildhall/kernel-contract';
import { OFFICERS_ID } from '../officers.provider';
import { RESIDENTS_ID } from '../oidc.provider';
import type { Shape } from '../simulator/index';
import { elsewhere, newKey, signedUp, testham } from './signed-up';
import type { SignedUp } from './signed-up';

export type Opened = RedirectSignInHarness & { readonly signedUp: SignedUp };

const COMMON = ['decline', 'languages', 'time', 'outage', 'sign-out', 'names', 'errors', 'sealed-hint'];

function source(shape: Shape, abilities: readonly string[], ids: { readonly people: readonly [string, string]; readonly unverified?: string; readonly leastKnown?: string }): HarnessSource<Opened> {
  const isResident = shape === 'plain';
  const callback = returnPath(isResident ? 'resident' : 'officer', isResident ? RESIDENTS_ID : OFFICERS_ID);
  return {
    abilities: [...COMMON, ...abilities],
    async open() {
      const up = await signedUp(shape);
      const { simulator, choose } = up;
      const found = (isIt: (person: SignedUp['simulator']['people'][number]) => boolean) => {
        const person = simulator.people.find(isIt);
        if (!person) throw new Error('There is no such person.');
        return person;
      };
      const person = (id: string): FarEndPerson => { const { givenName, familyName, email } = found((each) => each.id === id); return { name: `${givenName} ${familyName}`, email }; };
      const idOf = ({ email }: FarEndPerson): string => found((each) => each.email === email).id;
      // Residents’ sign-in proves itself by a key, officers’ by a secret.
      const provider = isResident ? up.made(testham, { privateKey: new Secret(newKey()) }) : up.provider;
      if (provider.publicKeys) simulator.register({ ...up.registrationOf(testham), clientSecret: undefined, publicKeys: { keys: (await provider.publicKeys()).keys } });
      return {
        signedUp: up,
        provider, redirectUri: up.redirectUri, farEndOrigin: simulator.origin,
        otherCouncil: { provider: up.other, redirectUri: `${elsewhere.origin}${callback}` },
        people: [person(ids.people[0]), person(ids.people[1])],
        ...(ids.unverified ? { unverified: person(ids.unverified) } : {}), ...(ids.leastKnown ? { leastKnown: person(ids.leastKnown) } : {}),
        signIn: (url, who) => choose(url, { person: idOf(who) }),
        decline: (url) => choose(url, { error: 'access_denied' }),
        failWith: (url, error) => choose(url, { error }),
        async languageAt(url) { return /<html lang="cy">/.test((await new SmallBrowser().open(url, simulator.origin)).body) ? 'cy' : 'en'; },
        async expireAnswers() { up.passThere(61); },
        async deactivate(who) { simulator.closeAccount(idOf(who)); },
        stopFarEnd: () => simulator.stop(),
        async signOut(url) {
          const browser = new SmallBrowser();
          const page = await browser.open(url, simulator.origin);
          const [action = '', xsrf = ''] = [/action="([^"]+)"/.exec(page.body)?.[1], /name="xsrf" value="([^"]+)"/.exec(page.body)?.[1]];
          return (await browser.open(new URL(action, simulator.origin).href, simulator.origin, new URLSearchParams({ xsrf, logout: 'yes' }))).url.href;
        },
        async logoutNotice(subject) { return new URLSearchParams({ logout_token: await simulator.logoutToken(`${testham.slug}-client`, subject) }).toString(); },
      };
    },
    close: ({ signedUp: { simulator } }) => simulator.stop(),
  };
}

export const residents = source('plain', ['unverified-email', 'confidence', 'public-keys', 'back-channel-logout'], { people: ['olwen', 'felix'], unverified: 'petra', leastKnown: 'felix' });
// Entra ID has no back-channel logout.
export const entra = source('entra', ['recheck'], { people: ['gethin', 'marta'] });
export const keycloak = source('keycloak', ['recheck', 'back-channel-logout'], { people: ['gethin', 'marta'] });

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [
  { kit: redirectSignInKit.id, source: residents, report: 'conformance-residents.json', of: 'residents' },
  { kit: redirectSignInKit.id, source: keycloak, report: 'conformance-officers.json', of: 'officers' },
];
