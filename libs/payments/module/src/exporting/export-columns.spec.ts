import { columnsOf, type ExportedEntry } from './export-columns';

const entry: ExportedEntry = {
  journal_id: '01990000-0000-7000-8000-000000000001', number: 2, kind: 'payment', booked_at: new Date('2026-11-27T14:03:00.123Z'), place: '2026-11-27 14:03:00.123+00', account: 'vat', detail: 'standard', amount_in_pence: '-917',
  vat_rate: 'standard', fee_en: 'One bin', fee_cy: 'Un bin', reference: 'RB-7K3F-92QD', description_en: '=HYPERLINK("http://elsewhere.example")', description_cy: '+44', provider: 'payments.govuk-pay', provider_payment_id: '-cmd', receipt_number: null,
};

it('gives the columns that the finance system wants, with its own codes', () => {
  const { headings, row } = columnsOf({ codes: { vat: 'V2000' }, columns: [{ heading: 'Posting date', value: 'day' }, { heading: 'Nominal', value: 'code' }, { heading: 'Dr', value: 'debit' }, { heading: 'Cr', value: 'credit' }, { heading: 'Batch', value: { constant: 'GH' } }, { heading: 'Fee', value: 'fee' }] }, '2026-11-27', 'cy');
  expect(headings).toEqual(['Posting date', 'Nominal', 'Dr', 'Cr', 'Batch', 'Fee']);
  expect(row(entry)).toEqual(['2026-11-27', 'V2000', '', '9.17', 'GH', 'Un bin']);
});

it('marks words that a spreadsheet would run as a formula, and no amount (OWASP, CSV injection)', () => {
  const { row } = columnsOf({ columns: [{ heading: 'a', value: 'description' }, { heading: 'b', value: 'providerPaymentId' }, { heading: 'c', value: 'amount' }] }, '2026-11-27', 'en');
  expect(row(entry)).toEqual(['\'=HYPERLINK("http://elsewhere.example")', "'-cmd", '-9.17']);
  // Behind white space, or in the wide characters that some spreadsheets take for the same.
  for (const description of [' =1+1', '\u00a0@SUM(A1)', '＝1', '＋1', '－1', '＠a']) expect(row({ ...entry, description_en: description })[0]).toBe(`'${description}`);
});

it('writes pounds by whole pence: nothing is rounded', () => {
  const { row } = columnsOf({ columns: [{ heading: 'a', value: 'amount' }] }, '2026-11-27', 'en');
  expect(['1', '10', '105', '-99', '123456789012'].map((pence) => row({ ...entry, amount_in_pence: pence })[0])).toEqual(['0.01', '0.10', '1.05', '-0.99', '1234567890.12']);
});
