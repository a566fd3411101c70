const grouped = new Intl.NumberFormat('en-GB');
const tenths = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/**
 * Money in pounds, the same in both languages: "£45.00", "£1,234.50", "−£5.00".
 * @public
 * @param amountInPence whole pence
 */
export function formatMoney(amountInPence: number): string {
  if (!Number.isSafeInteger(amountInPence)) throw new Error(`${amountInPence} is not a whole number of pence.`);
  const pence = Math.abs(amountInPence);
  return `${amountInPence < 0 ? '−' : ''}£${grouped.format(Math.floor(pence / 100))}.${String(pence % 100).padStart(2, '0')}`;
}

/** "1,234" in both languages. @public */
export function formatNumber(value: number): string {
  return grouped.format(value);
}

/** A number of the United Kingdom as people there write it: "07700 900123", "020 7946 0000"; others with their country's code. @public */
export function formatPhone(phone: string): string {
  const national = /^\+44([1-9]\d{8,9})$/.exec(phone)?.[1];
  if (!national) return phone;
  return national.startsWith('2') ? `0${national.slice(0, 2)} ${national.slice(2, 6)} ${national.slice(6)}` : `0${national.slice(0, 4)} ${national.slice(4)}`;
}

/** "2.4 MB", "310 kB". @public */
export function formatFileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${tenths.format(bytes / 1_000_000)} MB`;
}
