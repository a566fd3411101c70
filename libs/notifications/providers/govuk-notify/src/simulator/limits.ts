import { NotifyFault } from './fault';
import type { KeyType, NotificationType } from './service';

/** How much a service may send. @public */
export interface NotifyLimits {
  /** For each type of key. */
  readonly perMinute: number;
  readonly perDay: Readonly<Record<NotificationType, number>>;
  /** What phone networks let through to one number within an hour: 20 texts with the same words and 100 with any, unless told. */
  readonly perNumberAndHour?: { readonly sameWords: number; readonly any: number };
}

/** As Notify documents them for a live service. @public */
export const NOTIFY_LIMITS: NotifyLimits = { perMinute: 3000, perDay: { email: 250_000, sms: 250_000, letter: 20_000 }, perNumberAndHour: { sameWords: 20, any: 100 } };

const WINDOW_SECONDS = 60;
const HOUR_IN_MS = 3_600_000;

/** Counts what services send. Days are UTC's; what is sent with a test key counts for the minute and not for the day. */
export class Limits {
  readonly #recent = new Map<string, number[]>();
  readonly #today = new Map<string, number>();
  readonly #texts = new Map<string, { readonly at: number; readonly words: string }[]>();
  constructor(private readonly limits: NotifyLimits) {}

  /** @throws NotifyFault 429 */
  refuseTooMany(serviceId: string, keyType: KeyType, now: Date): void {
    const name = `${serviceId} ${keyType}`;
    const recent = this.#recent.get(name) ?? [];
    const still = recent.findIndex((at) => at > now.getTime() - WINDOW_SECONDS * 1000);
    recent.splice(0, still === -1 ? recent.length : still);
    if (recent.length >= this.limits.perMinute) throw new NotifyFault(429, 'RateLimitError', `Exceeded rate limit for key type ${keyType.toUpperCase()} of ${this.limits.perMinute} requests per ${WINDOW_SECONDS} seconds`);
    recent.push(now.getTime());
    this.#recent.set(name, recent);
  }

  /** @throws NotifyFault 429 */
  countToday(serviceId: string, keyType: KeyType, type: NotificationType, now: Date): void {
    if (keyType === 'test') return;
    const name = `${serviceId} ${type} ${now.toISOString().slice(0, 10)}`;
    const count = this.#today.get(name) ?? 0;
    if (count >= this.limits.perDay[type]) throw new NotifyFault(429, 'TooManyRequestsError', `Exceeded send limits (${type}: ${this.limits.perDay[type]}) for today`);
    this.#today.set(name, count + 1);
  }
  /** Whether the phone networks deliver a text: Notify takes it all the same. What they block counts no more. */
  passesNetworks(number: string, words: string, now: Date): boolean {
    const { sameWords, any } = this.limits.perNumberAndHour ?? { sameWords: 20, any: 100 };
    const recent = (this.#texts.get(number) ?? []).filter(({ at }) => at > now.getTime() - HOUR_IN_MS);
    const passes = recent.length < any && recent.filter((text) => text.words === words).length < sameWords;
    this.#texts.set(number, passes ? [...recent, { at: now.getTime(), words }] : recent);
    return passes;
  }
}
