import { smsFragments } from './sms-fragments';

describe('the number of text messages that a text becomes', () => {
  it.each([
    ['', 1, 'gsm'], ['a'.repeat(160), 1, 'gsm'], ['a'.repeat(161), 2, 'gsm'], ['a'.repeat(306), 2, 'gsm'], ['a'.repeat(307), 3, 'gsm'],
    ['€'.repeat(80), 1, 'gsm'], ['€'.repeat(81), 2, 'gsm'], ['Bydd dŵr', 1, 'unicode'], ['ŵ'.repeat(70), 1, 'unicode'], ['ŵ'.repeat(71), 2, 'unicode'], ['don’t', 1, 'unicode'], ['𝄞'.repeat(36), 2, 'unicode'],
  ] as const)('%p: %i (%s)', (text, count, alphabet) => {
    expect(smsFragments(text)).toMatchObject({ count, alphabet });
  });
});
