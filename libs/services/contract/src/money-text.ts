/**
 * Pounds as whole pence.
 * @public
 * @throws RangeError when there are parts of a penny
 * @example pounds(55) // 5500
 */
export function pounds(amount: number): number {
  const pence = Math.round(amount * 100);
  if (!Number.isFinite(amount) || Math.abs(pence - amount * 100) > 1e-6) throw new RangeError(`${amount} pounds are not whole pence.`);
  return pence;
}

/** An amount as people read it: `£1,234.50`. @public */
export function moneyText(amountInPence: number): string {
  const whole = Math.floor(Math.abs(amountInPence) / 100).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amountInPence < 0 ? '−' : ''}£${whole}.${String(Math.abs(amountInPence) % 100).padStart(2, '0')}`;
}
