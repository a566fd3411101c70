import { RESIDENT_SIGN_IN } from '@guildhall/identity-contract';
import { Secret } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { environmentOf } from './environment';
import { govukOneLogin } from './index';

const made = (environment?: string) => govukOneLogin({ clientId: 'a-client', privateKey: new Secret(''), environment });

it('production is pinned: the issuer, who signs identities, and where their keys are', () => {
  expect(environmentOf('production')).toEqual({
    issuer: 'https://oidc.account.gov.uk/', identityIssuer: 'https://identity.account.gov.uk/', did: 'did:web:identity.account.gov.uk', didDocument: 'https://identity.account.gov.uk/.well-known/did.json',
    formOrigins: ['https://*.account.gov.uk'], isForTrying: false,
  });
});

it('integration is pinned too, and is what a council has that says nothing', () => {
  expect(environmentOf('integration')).toMatchObject({ issuer: 'https://oidc.integration.account.gov.uk/', identityIssuer: 'https://identity.integration.account.gov.uk/', did: 'did:web:identity.integration.account.gov.uk' });
  for (const name of [undefined, '']) expect(made(name).formOrigins?.(testProviderDependencies())).toEqual(['https://*.integration.account.gov.uk']);
});

it('a simulator is on this machine', () => {
  expect(environmentOf('http://localhost:4290')).toEqual({
    issuer: 'http://localhost:4290/', identityIssuer: 'http://localhost:4290/identity/', did: 'did:web:localhost%3A4290', didDocument: 'http://localhost:4290/.well-known/did.json', formOrigins: ['http://localhost:4290'], isForTrying: true,
  });
});

it.each(['prod', 'Production', 'https://oidc.account.gov.uk.somebody-else.example', 'https://somebody-else.example', 'http://localhost.somebody-else.example', 'javascript:alert(1)'])('%j is no environment: a typing mistake does not become an issuer that is believed', (name) => {
  expect(() => made(name)).toThrow('write "production", "integration", or the address of a simulator on this machine');
});

it('people of the integration environment and of a simulator are invented: production refuses them unless they are accepted by name', () => {
  expect([made('production'), made('integration'), made('http://localhost:4290')].map(({ isSandbox }) => isSandbox)).toEqual([false, true, true]);
  expect(made('production').port).toBe(RESIDENT_SIGN_IN);
});

it('without a key the app does not start', () => {
  expect(() => made('production').create(testProviderDependencies())).toThrow('holds no key');
});
