import { readAddress } from './read-address';

const typed = { line1: '3 Weir Lane', line2: '', town: 'Riverbourne', postcode: 'zz991ac' };

describe('an address that somebody types', () => {
  it.each(['zz991ac', 'ZZ99 1AC', ' zz99  1ac'])('is read whichever way the postcode is typed: %j', (postcode) => { expect(readAddress({ ...typed, postcode })).toEqual({ address: { lines: ['3 Weir Lane', 'Riverbourne'], postcode: 'ZZ99 1AC' } }); });
  it.each([
    [{ line1: '' }, { line1: 'line1' }], [{ town: '' }, { town: 'town' }], [{ postcode: '' }, { postcode: 'postcode' }], [{ postcode: '1AC' }, { postcode: 'postcode' }], [{ postcode: 'ZZ99' }, { postcode: 'postcode' }], [{ postcode: '<b>' }, { postcode: 'postcode' }],
    [{ line1: '', postcode: 'x' }, { line1: 'line1', postcode: 'postcode' }], [{ line2: 'x'.repeat(101) }, { line2: 'too-long' }],
  ])('is sent back where something of it is missing or wrong: %j', (change, wrong) => { expect(readAddress({ ...typed, ...change })).toEqual({ wrong }); });
});
