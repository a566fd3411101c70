import { codeSignInKit } from '@guildhall/identity-contract/testing';
import type { CodeSignInHarness } from '@guildhall/identity-contract/testing';
import type { HarnessSource, ProviderDependencies } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, randomHex, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { CodeSignIn } from '@guildhall/identity-contract';
import { oneTimeCode } from '../index';
import type { OneTimeCodeOptions } from '../index';

export function made(changes: Partial<ProviderDependencies> = {}, options: OneTimeCodeOptions = {}): CodeSignIn {
  const provider = oneTimeCode(options).create(testProviderDependencies(changes));
  if (provider.method !== 'code') throw new Error('It is no code provider.');
  return provider;
}

export const source: HarnessSource<CodeSignInHarness> = {
  async open() {
    const clock = new FixedClock();
    const seed = Number.parseInt(randomHex(3), 16);
    const ids = new SeededIds(seed);
    const secretOf = (council: string) => () => new Uint8Array(Buffer.from(council.padEnd(32, '.')));
    return {
      provider: made({ clock, ids, secret: secretOf('riverbourne') }),
      otherCouncil: made({ clock, ids, secret: secretOf('glanafon') }),
      async advance(seconds) { clock.advance(seconds); },
    };
  },
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: codeSignInKit.id, source }];
