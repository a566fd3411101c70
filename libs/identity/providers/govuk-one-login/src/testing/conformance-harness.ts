import { SmallBrowser, redirectSignInKit } from '@guildhall/identity-contract/testing';
import type { FarEndPerson, RedirectSignInHarness } from '@guildhall/identity-contract/testing';
import type { HarnessSource } from '@guildhall/kernel-contract';
import { CALLBACK, elsewhere, signedUp, testham } from './signed-up';
import type { SignedUp } from './signed-up';

export type Opened = RedirectSignInHarness & { readonly signedUp: SignedUp };

export const source: HarnessSource<Opened> = {
  abilities: ['decline', 'unverified-email', 'confidence', 'languages', 'time', 'outage', 'sign-out', 'sealed-hint', 'proof', 'errors', 'back-channel-logout', 'public-keys'],
  async open() {
    const up = await signedUp();
    const { simulator, choose } = up;
    const person = (id: string): FarEndPerson & { readonly id: string } => {
      const found = simulator.people.find((each) => each.id === id);
      if (!found) throw new Error(`There is nobody called ${id}.`);
      return { id, name: `${found.givenName} ${found.familyName}`, email: found.email };
    };
    const idOf = ({ email }: FarEndPerson): string => simulator.people.find((each) => each.email === email)?.id ?? '';
    return {
      signedUp: up,
      provider: up.provider, redirectUri: `${testham.origin}${CALLBACK}`, farEndOrigin: simulator.origin,
      otherCouncil: { provider: up.other, redirectUri: `${elsewhere.origin}${CALLBACK}` },
      people: [person('nerys'), person('jonah')],
      unverified: person('iris'), leastKnown: person('jonah'), notProvable: person('wren'),
      proved: { ...person('nerys'), uprn: '99000000417', postcode: 'ZZ99 7AB', dateOfBirth: '1958-03-14' },
      signIn: (url, who) => choose(url, { person: idOf(who) }),
      decline: (url) => choose(url, { error: 'access_denied' }),
      failWith: (url, error) => choose(url, { error }),
      async languageAt(url) { return /<html lang="cy">/.test((await new SmallBrowser().open(url, simulator.origin)).body) ? 'cy' : 'en'; },
      async expireAnswers() { up.clock.advance(301); },
      stopFarEnd: () => simulator.stop(),
      async signOut(url) { return (await new SmallBrowser().open(url, simulator.origin)).url.href; },
      async logoutNotice(subject) { return new URLSearchParams({ logout_token: await simulator.logoutToken(`${testham.slug}-client`, subject) }).toString(); },
    };
  },
  close: ({ signedUp: { simulator } }) => simulator.stop(),
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: redirectSignInKit.id, source }];
