import { configurationAddressOf, pinned } from './issuer';

describe('an issuer', () => {
  it.each(['https://sso.testham.example', 'https://sso.testham.example/', 'https://sso.testham.example/realms/staff', 'https://login.microsoftonline.com/0a1b2c3d-0000-4000-8000-00000000c0de/v2.0'])('may be %s', (issuer) => {
    expect(pinned(issuer)).toEqual({ issuer, isForTrying: false });
  });

  it.each(['http://localhost:4300', 'http://127.0.0.1:4300/realms/x', 'http://sso.localhost:4300'])('on this machine (%s) is for trying', (issuer) => {
    expect(pinned(issuer).isForTrying).toBe(true);
  });

  it.each([
    '', 'sso.testham.example', 'http://sso.testham.example', 'ftp://sso.testham.example', 'https://sso.testham.example?x', 'https://sso.testham.example#x', 'https://user:pass@sso.testham.example',
    'https://login.microsoftonline.com/{tenantid}/v2.0', 'https://login.microsoftonline.com/%7Btenantid%7D/v2.0', 'https://login.microsoftonline.com/common/v2.0', 'https://login.microsoftonline.com/organizations/v2.0', 'https://login.microsoftonline.com/Consumers',
  ])('is refused at start as %j', (issuer) => {
    expect(() => pinned(issuer)).toThrow(/issuer/i);
  });

  it('has its configuration below itself (OpenID Connect Discovery 4.1)', () => {
    expect(configurationAddressOf('https://a.example/x/')).toBe('https://a.example/x/.well-known/openid-configuration');
    expect(configurationAddressOf('https://a.example/x')).toBe('https://a.example/x/.well-known/openid-configuration');
  });
});
