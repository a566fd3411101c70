import { createHash } from 'node:crypto';
import type { Answer } from '@guildhall/payments-contract/far-end';
import { stripeProblem } from './problems';

interface Kept { readonly fingerprint: string; readonly answer: Answer; readonly until: number }

/**
 * What was answered to a key (API reference, "Idempotent requests"): the same again for a day, whatever has happened since; another request under it is an error. What was refused before anything was done is not kept.
 */
export class IdempotencyKeys {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly now: () => Date, private readonly lastInSeconds: number) {}

  /** @param doing answers the request, and says whether anything was begun */
  answer(account: string, key: string | undefined, request: string, doing: () => { readonly answer: Answer; readonly isBegun: boolean }): Answer {
    if (key === undefined) return doing().answer;
    if (key.length > 255) return stripeProblem(400, 'idempotency_error', 'Idempotency keys can be at most 255 characters long.');
    const name = `${account} ${key}`;
    const fingerprint = createHash('sha256').update(request).digest('hex');
    const kept = this.#kept.get(name);
    if (kept && this.now().getTime() < kept.until) {
      if (kept.fingerprint !== fingerprint) return stripeProblem(400, 'idempotency_error', 'Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than the one you sent if you meant to execute a different request.');
      return { ...kept.answer, headers: { ...kept.answer.headers, 'idempotent-replayed': 'true', 'idempotency-key': key } };
    }
    const { answer, isBegun } = doing();
    if (isBegun) this.#kept.set(name, { fingerprint, answer, until: this.now().getTime() + this.lastInSeconds * 1000 });
    return { ...answer, headers: { ...answer.headers, 'idempotency-key': key } };
  }
}
