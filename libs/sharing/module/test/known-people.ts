import { Module } from '@nestjs/common';
import { IDENTITY, READ_PEOPLE } from '@guildhall/identity-contract';
import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { defineModule, implement } from '@guildhall/kernel';
import type { Installation } from '@guildhall/kernel-contract';

/** Who people are, from the fake of identity's contract. */
export function knowsPeople(identity: InMemoryIdentity): Installation {
  @Module({ providers: [{ provide: InMemoryIdentity, useValue: identity }] })
  class PeopleModule {}
  return defineModule({ id: 'people', version: '0.1.0', packageFolder: __dirname, nest: PeopleModule, permissions: [READ_PEOPLE], provides: [implement(IDENTITY, InMemoryIdentity)] })();
}
