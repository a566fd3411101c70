const LONGEST_IN_SECONDS = 24 * 3600;

/**
 * Retry-After (RFC 9110, 10.2.3) in seconds, a day at most. Nothing when it cannot be read, or is past.
 * @param now without it only a number of seconds is understood, and no date
 * @public
 */
export function retryAfterOf(header: string | undefined, now?: Date): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : now ? (Date.parse(header) - now.getTime()) / 1000 : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), LONGEST_IN_SECONDS) : undefined;
}
