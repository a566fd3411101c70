import type { DeliveryRefusal } from '@guildhall/notifications-contract';
import type { NotifyAnswer } from './notify-calls';

/** The types of error that Notify's documentation names; its messages may change at any time and quote addresses, so that only these are looked at. */
const KNOWN_TYPES = ['ValidationError', 'BadRequestError', 'AuthError', 'NoResultFound', 'RateLimitError', 'TooManyRequestsError', 'PDFNotReadyError'] as const;
type ErrorType = (typeof KNOWN_TYPES)[number];

/** The window of Notify's limit for each minute. */
const RATE_WINDOW_SECONDS = 60;
/** Notify may raise a service's limit for the day before the day is over. */
const DAY_LIMIT_KNOWN_FOR_SECONDS = 3600;
/** So that all who were told the same do not come back at once. */
const SPREAD_SECONDS = 60;

/** The type of the first error in an answer. */
export function errorTypeOf(json: unknown): ErrorType | undefined {
  const errors: unknown = typeof json === 'object' && json !== null ? (json as { errors?: unknown }).errors : undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const type: unknown = typeof first === 'object' && first !== null ? (first as { error?: unknown }).error : undefined;
  return KNOWN_TYPES.find((known) => known === type);
}

/**
 * What an answer to sending means when the message was not taken.
 * @param chance from 0 to 1
 * @returns undefined when it is not known whether it was taken
 */
export function refusalOf({ status, json, headers }: NotifyAnswer, now: Date, chance: number): DeliveryRefusal | undefined {
  const type = errorTypeOf(json);
  const code = `notify-${type ? kebab(type) : status}`;
  const spread = Math.round(chance * SPREAD_SECONDS);
  switch (status) {
    // Everything of ours in a request was looked at before; what Notify finds wrong in its form is the recipient.
    case 400: return type === 'ValidationError'
      ? { reason: 'permanent', code, message: 'Notify says that the address cannot be right.' }
      : { reason: 'technical', code, message: 'Notify refuses the message whoever gets it: its template, its length, a sender\'s id, or trial mode. "doctor" says more.' };
    case 401: case 403: return type === 'BadRequestError'
      ? { reason: 'technical', code, message: 'Notify does not let this service or key send such a message. Is the service live?' }
      : { reason: 'technical', code, message: 'Notify does not accept the API key, or this machine\'s clock is more than 30 seconds out. "doctor" says which.' };
    case 404: case 405: case 413: case 415: return { reason: 'technical', code, message: 'Notify does not know what was asked of it.' };
    case 429: return type === 'TooManyRequestsError'
      ? { reason: 'temporary', code, message: 'The service has sent as many messages today as Notify lets it.', retryAfterInSeconds: askedFor(headers) ?? secondsToMidnight(now) + spread, closedForInSeconds: Math.min(askedFor(headers) ?? secondsToMidnight(now), DAY_LIMIT_KNOWN_FOR_SECONDS) }
      : { reason: 'temporary', code, message: 'Notify takes no more messages this minute.', retryAfterInSeconds: (askedFor(headers) ?? RATE_WINDOW_SECONDS) + spread, closedForInSeconds: askedFor(headers) ?? RATE_WINDOW_SECONDS };
    default: return undefined;
  }
}

/** Notify counts days in UTC. */
function secondsToMidnight(now: Date): number {
  return Math.ceil((Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1) - now.getTime()) / 1000);
}

function askedFor(headers: NotifyAnswer['headers']): number | undefined {
  const seconds = /^\d{1,5}$/.test(headers['retry-after'] ?? '') ? Number(headers['retry-after']) : 0;
  return seconds > 0 ? seconds : undefined;
}

function kebab(type: string): string {
  return type.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}
