import { localPath } from './local-path';

describe('where to go next', () => {
  it.each(['/account', '/services/garden-waste/address?from=check', '/status/RB-7K3F-92QD#timeline', '/gwasanaethau/bin%20gwyrdd'])('keeps %j, a path of ours', (given) => expect(localPath(given, '/account')).toBe(given));

  it.each([
    'https://evil.example', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', '\t//evil.example', '/\n/evil.example', ' //evil.example',
    'javascript:alert(1)', 'evil.example', '', '/.//evil.example', '/x/..//evil.example', '/%2e//evil.example', `/${'a'.repeat(2001)}`, undefined, 7, ['/account'],
  ])('refuses %j', (given) => expect(localPath(given, '/account')).toBe('/account'));
});
