import { wasAssessed } from './was-assessed';

const riverbourne = { scopes: ['@riverbourne'], contact: { email: 'digital@riverbourne.example', web: 'https://www.riverbourne.example/services' } };

describe('whoever was assessed', () => {
  it.each([['pkg:npm/%40riverbourne/parking@1.0.0'], ['https://riverbourne.example'], ['https://share.riverbourne.example/sharing'], ['https://SHARE.Riverbourne.example:8443/']])('is the one whose it is: %s', (subject) => expect(wasAssessed(riverbourne, ['https://elsewhere.example', subject])).toBe(true));

  it.each([
    ['pkg:npm/%40riverbourne-x/parking@1.0.0'], ['pkg:npm/riverbourne@1.0.0'], ['https://notriverbourne.example'], ['https://riverbourne.example.evil.example'], ['https://evil.example/riverbourne.example'], ['https://riverbourne.example@evil.example/'], ['riverbourne.example'], ['ftp://share.riverbourne.example'],
  ])('is nobody else: %s', (subject) => expect(wasAssessed(riverbourne, [subject])).toBe(false));

  it('is nobody by a website that is none, or a whole ending', () => {
    for (const web of [undefined, 'https://example', 'https://www.gov.uk', 'https://gov.wales', 'nothing']) expect(wasAssessed({ scopes: [], contact: { email: 'a@b.example', ...(web !== undefined && { web }) } }, ['https://share.riverbourne.example', 'https://share.riverbourne.gov.uk', 'https://riverbourne.gov.wales'])).toBe(false);
  });
});
