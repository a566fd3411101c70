import { deskPath, penceIn, readRefundForm } from './refund-form';

describe('money to pay back, as typed', () => {
  it.each([['12.50', 1250], ['12.5', 1250], ['£12', 1200], [' £ 1,234.56 ', 123456], ['0.01', 1], ['55', 5500]])('%s is %s pence', (typed, pence) => { expect(penceIn(typed)).toBe(pence); });
  it.each(['', '0', '0.00', '-5', '12.345', '12,50', '1,23', 'twelve', '12 50', '1e3', '£', '12345678'])('"%s" is no amount', (typed) => { expect(penceIn(typed)).toBeUndefined(); });

  it('names every mistake at its field', () => {
    expect(readRefundForm({ amount: 'x', reason: ' ', availableInPence: '5500', refundId: 'r' }).mistakes).toEqual([{ field: 'amount', key: 'amountMissing' }, { field: 'reason', key: 'reasonMissing' }]);
    expect(readRefundForm({ amount: '55.01', reason: 'why', availableInPence: '5500', refundId: 'r' }).mistakes).toEqual([{ field: 'amount', key: 'amountTooMuch' }]);
    expect(readRefundForm({ amount: '55', reason: 'w'.repeat(501), availableInPence: '5500', refundId: 'r' }).mistakes).toEqual([{ field: 'reason', key: 'reasonTooLong' }]);
    expect(readRefundForm({ amount: '55', reason: 'why', availableInPence: '5500', refundId: 'r' }).mistakes).toEqual([]);
  });

  it('leads back to the desk and nowhere else', () => {
    expect(deskPath('/desk/cases/RB-7K3F-92QD')).toBe('/desk/cases/RB-7K3F-92QD');
    for (const elsewhere of [undefined, '', '//elsewhere.example', '/desk//elsewhere.example', 'https://elsewhere.example', '/account', '/desk/\\x', '/desk/javascript:alert(1)']) expect(deskPath(elsewhere)).toBeUndefined();
  });
});
