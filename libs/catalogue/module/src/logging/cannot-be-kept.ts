/**
 * Whether something failed because of what it was about, and would the next time: PostgreSQL could not hold it (SQLSTATE, classes 22 and 23), or it could not be read to its end. One such document keeps nobody
 * from the next.
 */
export function cannotBeKept(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  return /^2[23]/.test(String((error as { readonly code?: unknown }).code ?? (error as { readonly driverError?: { readonly code?: unknown } }).driverError?.code ?? ''));
}
