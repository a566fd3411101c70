import { Module } from '@nestjs/common';
import { IDENTITY, READ_PEOPLE, RESIDENT_SIGN_IN, type SignInProvider } from '@guildhall/identity-contract';
import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { defineModule, implement } from '@guildhall/kernel';
import { Unavailable, defineProvider, type Installation } from '@guildhall/kernel-contract';

/** Is there to be signed in by, and never is: tests say who somebody is. */
const nobody: SignInProvider = { method: 'redirect', title: { en: 'Nobody', cy: 'Neb' }, begin: () => Promise.reject(new Unavailable('Nobody signs in here.')), complete: () => Promise.reject(new Unavailable('Nobody signs in here.')) };

/** Who people are, from the fake of identity's contract. */
export function knowsPeople(identity: InMemoryIdentity): Installation {
  @Module({ providers: [{ provide: InMemoryIdentity, useValue: identity }] })
  class PeopleModule {}
  return defineModule({ id: 'people', version: '0.1.0', packageFolder: __dirname, nest: PeopleModule, permissions: [READ_PEOPLE], provides: [implement(IDENTITY, InMemoryIdentity)], providersIn: () => [defineProvider({ port: RESIDENT_SIGN_IN, id: 'people.nobody', isSandbox: true, create: () => nobody })] })();
}
