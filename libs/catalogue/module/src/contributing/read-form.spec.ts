import { readContribution } from './read-form';

const say = (key: string): string => key;
const offer = { package: '@westmarch/parking', what: ['support', 'hosting', 'support'], text: 'We look after it.', price: '£1,450.50', per: 'month', answers: '2', languages: ['en', 'cy'], people: '2-9', web: 'https://small.example' };
const adoption = { package: '@westmarch/parking', since: '2026-03', state: 'live', benefit: 'People need not come to us.' };

describe('what somebody adds to a catalogue', () => {
  it('is kept in units that can be reckoned with', () => {
    expect(readContribution('offer', offer, say)).toEqual({ packageName: '@westmarch/parking', errors: [], written: { what: ['support', 'hosting'], text: 'We look after it.', price: 145_050, per: 'month', answers: 2, languages: ['en', 'cy'], people: '2-9', web: 'https://small.example' } });
  });

  it.each([
    ['what', [], 'missing.what'], ['what', ['everything'], 'wrong.some'], ['price', 'cheap', 'wrong.pounds'], ['price', '', 'missing.price'], ['per', 'fortnight', 'wrong.one'], ['answers', '-1', 'wrong.whole'], ['web', 'javascript:alert(1)', 'wrong.web'], ['text', 'x'.repeat(2001), 'wrong.long'],
  ])('says what is wrong with %s when it is %j', (field, value, message) => expect(readContribution('offer', { ...offer, [field]: value }, say).errors).toEqual([{ field, message }]));

  it('tells no figure without the way in which it was found', () => {
    expect(readContribution('adoption', { ...adoption, saving: '12000' }, say).errors).toEqual([{ field: 'method', message: 'missing.method' }]);
    expect(readContribution('adoption', { ...adoption, saving: '12000', method: 'Hours of calls before and after, at £18.' }, say).errors).toEqual([]);
    expect(readContribution('adoption', adoption, say).errors).toEqual([]);
  });

  it('is about a package, where it cannot be about none', () => {
    expect(readContribution('adoption', { ...adoption, package: ' ' }, say).errors).toEqual([{ field: 'package', message: 'missing.package' }]);
    expect(readContribution('offer', { ...offer, package: '' }, say)).toMatchObject({ packageName: null, errors: [] });
  });

  it('takes an offer on request without a price', () => expect(readContribution('offer', { ...offer, price: '', per: 'on-request' }, say).errors).toEqual([]));
});
