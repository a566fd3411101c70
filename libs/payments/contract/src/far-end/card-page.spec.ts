import { CardPage } from './card-page';
import { CARD_PAGE_TEXTS } from './card-page-texts';
import type { TestCard } from './test-cards';

const CARDS: readonly TestCard[] = [{ number: '4242424242424242', brand: 'visa', result: 'succeed' }, { number: '4000000000000002', brand: 'visa', result: 'decline' }];
const PAGE = new CardPage({ name: { en: 'A stand-in', cy: 'Dirprwy' }, notice: { en: 'No money moves.', cy: 'Nid oes arian yn symud.' }, cards: CARDS });
const PAYMENT = { at: '/pay/1', amountInPence: 123456, description: 'Garden waste', reference: 'TE-1', payee: 'Testham Borough Council' };
const NOW = new Date('2026-11-23T09:00:00Z');

describe('the card page of a simulator', () => {
  it('has every word in both languages', () => {
    expect(Object.keys(CARD_PAGE_TEXTS.cy)).toEqual(Object.keys(CARD_PAGE_TEXTS.en));
    const english = PAGE.show(PAYMENT, 'en', PAGE.known({}), {});
    for (const words of ['<html lang="en">', 'A stand-in', 'No money moves.', '£1,234.56', 'href="/pay/1?lang=cy" lang="cy"']) expect(english).toContain(words);
    const welsh = PAGE.show(PAYMENT, 'cy', PAGE.known({}), {});
    for (const words of ['<html lang="cy">', 'Dirprwy', 'Nid oes arian yn symud.', 'Talu £1,234.56']) expect(welsh).toContain(words);
  });
  it('fills itself in with a card of the list, and with no other', () => {
    expect(PAGE.known({ holder: 'Siân Example' }, '4242424242424242', NOW)).toMatchObject({ cardNumber: '4242 4242 4242 4242', expiryMonth: '12', expiryYear: '29', holder: 'Siân Example', securityCode: '123' });
    expect(PAGE.known({}, '5555555555554444', NOW).cardNumber).toBe('');
  });
  it('says what is wrong in the language of the payer, naming a card that there is', () => {
    const typed = PAGE.typed(new URLSearchParams({ cardNumber: '5555 5555 5555 4444', expiryMonth: '1', expiryYear: '20', holder: ' ', securityCode: '12345' }));
    expect(Object.keys(PAGE.check(typed, 'en', NOW))).toEqual(['cardNumber', 'expiryMonth', 'holder', 'securityCode']);
    expect(PAGE.check(typed, 'cy', NOW).cardNumber).toBe('Rhowch rif un o’r cardiau ymarfer, fel 4242 4242 4242 4242');
    expect(PAGE.check(PAGE.known({}, '4000000000000002', NOW), 'en', NOW)).toEqual({});
  });
  it('shows neither a security code that was typed nor markup that anybody sent', () => {
    const page = PAGE.show({ ...PAYMENT, description: '<img src=x>', at: '/pay/"1' }, 'en', PAGE.known({ holder: '"><b>', securityCode: '987' }), PAGE.declined('en'));
    expect(page).toContain(CARD_PAGE_TEXTS.en.cardDeclined);
    for (const never of ['987', '<img', '"><b>', '/pay/"1']) expect(page).not.toContain(never);
  });
  it('that only says something leads back to the council where it knows it', () => {
    expect(PAGE.notice('cy', 'over', 'https://www.testham.example/return')).toContain('href="https://www.testham.example/return"');
    expect(PAGE.notice('en', 'notFound', undefined)).not.toContain('href="http');
  });
});
