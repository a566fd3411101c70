import { Secret } from '@guildhall/kernel-contract';
import type { Env } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { officersFromFile } from './index';
import type { OfficersInFile } from './index';

const TEAMS = [{ teamId: 'aldermoor', title: { en: 'Aldermoor', cy: 'Aldermoor' }, from: ['aldermoor-digital'] }];
const signedInBy = { clientId: 'catalogue', clientSecret: 'SSO_SECRET', roles: { 'case-officer': ['members'] }, teams: TEAMS };

it.each<OfficersInFile>([
  { kind: 'oidc', issuer: 'https://sso.testham.example', ...signedInBy },
  { kind: 'entra', tenant: '0a1b2c3d-0000-4000-8000-00000000c0de', emailDomains: ['testham.example'], ...signedInBy },
])('the teams that a file maps are those of the sign-in: $kind', (officers) => {
  const made = officersFromFile(officers, { secret: (name) => new Secret(`of ${name}`) } as Env).create(testProviderDependencies());
  expect(made.teams).toEqual([{ teamId: 'aldermoor', title: { en: 'Aldermoor', cy: 'Aldermoor' } }]);
});
