import * as fc from 'fast-check';
import type { VatRate } from '@guildhall/payments-contract';
import { VAT_PER_CENT, vatIn } from '@guildhall/payments-contract';
import type { RefundedLine } from './ledger';
import { entriesOfPayment, entriesOfRefund } from './ledger';

const rate = fc.constantFrom(...(Object.keys(VAT_PER_CENT) as VatRate[]));
const lines = fc.array(fc.record({ amountInPence: fc.integer({ min: 1, max: 500_000 }), vatRate: rate }), { minLength: 1, maxLength: 20 })
  .map((list) => list.map((line, index) => ({ ...line, number: index + 1, ledgerCode: `L${index}`, refundedInPence: 0 })));
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

describe('the ledger', () => {
  it('books a fee of £12.00 at the standard rate as £10.00 earned and £2.00 VAT', () => {
    expect(entriesOfPayment('bank', [{ number: 1, amountInPence: 1200, vatRate: 'standard', ledgerCode: 'GW-4410' }])).toEqual([
      { account: 'at-provider', detail: 'bank', amountInPence: 1200 }, { account: 'income', detail: 'GW-4410', line: 1, amountInPence: -1000 }, { account: 'vat', detail: 'standard', line: 1, amountInPence: -200 },
    ]);
  });

  it('every journal comes to nothing and has no empty entry, for any fees', () => {
    fc.assert(fc.property(lines, (given) => {
      const entries = entriesOfPayment('bank', given);
      expect(sum(entries.map((entry) => entry.amountInPence))).toBe(0);
      expect(entries.every((entry) => entry.amountInPence !== 0)).toBe(true);
    }));
  });

  it('paying back in any parts undoes every fee and its VAT exactly, and no line ever goes below nothing', () => {
    fc.assert(fc.property(lines, fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { maxLength: 6 }), (given, parts) => {
      let left: RefundedLine[] = given;
      const booked = new Map<string, number>();
      const note = (entries: ReturnType<typeof entriesOfRefund>): void => { for (const entry of entries) { const key = `${entry.account} ${entry.detail} ${entry.line ?? ''}`; booked.set(key, (booked.get(key) ?? 0) + entry.amountInPence); } };
      note(entriesOfPayment('bank', given));
      for (const part of [...parts, 1]) {
        const whole = sum(left.map((line) => line.amountInPence - line.refundedInPence));
        const amount = part === 1 ? whole : Math.max(1, Math.floor(whole * part));
        if (whole === 0) break;
        const entries = entriesOfRefund('bank', left, amount);
        expect(sum(entries.map((entry) => entry.amountInPence))).toBe(0);
        note(entries);
        left = left.map((line) => ({ ...line, refundedInPence: line.refundedInPence + sum(entries.filter((entry) => entry.line === line.number).map((entry) => entry.amountInPence)) }));
        for (const line of left) expect(line.refundedInPence).toBeLessThanOrEqual(line.amountInPence);
      }
      for (const amount of booked.values()) expect(amount).toBe(0);
    }));
  });

  it('takes the VAT out of an amount that has it in it, to the nearest penny', () => {
    expect([vatIn(1200, 'standard'), vatIn(100, 'standard'), vatIn(1, 'standard'), vatIn(105, 'reduced'), vatIn(999, 'exempt'), vatIn(3, 'standard')]).toEqual([200, 17, 0, 5, 0, 1]);
  });
});
