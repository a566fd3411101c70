import { createHash } from 'node:crypto';
import { returnPath } from '@guildhall/identity-contract';
import type { IdentityClaims, IdentityConfidence, RedirectRefusal, RedirectSignIn } from '@guildhall/identity-contract';
import { Database, SilentFarEnds, audit } from '@guildhall/kernel';
import { CLOCK, IDS, done, refused } from '@guildhall/kernel-contract';
import type { Clock, Ids, Outcome, PersonId, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { sessionIdIn } from './in-session';
import type { InSession } from './in-session';
import { redirectOf } from './providers';
import type { Who } from './providers';
import { Throttle } from './throttle';

/** How long a far end is waited for. */
const WAITS_FOR = 3_600_000;

/** A sign-in that is to begin at a far end. */
export interface RedirectBeginning { readonly who: Who; readonly provider: string; readonly inSession: InSession; readonly next: string; readonly confidence?: IdentityConfidence; readonly addsTo?: PersonId }
/** What came back from it. */
export interface RedirectEnding { readonly who: Who; readonly provider: string; readonly sessionId: string; readonly callback: Readonly<Record<string, string>> }
/** Why nobody is vouched for, and where they were going, when that is known. */
export type NotReturned = RedirectRefusal & { readonly next?: string };
/** Somebody whom the far end vouches for. */
export interface Returned { readonly claims: IdentityClaims; readonly next: string; readonly addsTo?: PersonId }

/** Sends a browser to a far end and receives it again: each answer once, in the session in which it was asked for, from the provider that was asked. */
@Injectable()
export class Redirects {
  /** What a far end is asked when somebody comes back: it may be silent there while what it publishes, which is all that a beginning needs, is known here. */
  readonly #answers = new WeakMap<RedirectSignIn, object>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Throttle) private readonly throttle: Throttle,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(SilentFarEnds) private readonly silent: SilentFarEnds,
  ) {}

  async begin(ctx: RequestContext, { who, provider: id, inSession, next, confidence, addsTo }: RedirectBeginning): Promise<Outcome<{ readonly url: string }, Refusal<'too-many-tries'>>> {
    const provider = redirectOf(ctx, who, id);
    this.silent.demandHeard(this.#answersOf(provider));
    const { url, state, keep } = await this.silent.ask(provider, () => provider.begin({ redirectUri: `${new URL(ctx.council.origin).origin}${returnPath(who, id)}`, language: ctx.language, confidence }));
    // One round trip: the attempt is stored where it was counted.
    const [begun] = await inSession((owner, session) => {
      const sessionId = sessionIdIn(owner);
      const now = this.clock.now();
      const { counts, keyHashes, ids } = this.throttle.taking(owner, [['redirect-for-session', sessionId]]);
      return this.database.query(owner, `insert into identity.attempt (council_id, attempt_id, state_hash, who, provider, session_id, keep, next, adds_to, begun_at, expires_at)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 where exists (select from identity.throttle where council_id = $1 and scope = 'redirect-for-session' and key_hash = any ($12) and throttle_id = any ($13)) returning attempt_id`,
      [ctx.council.id, this.ids.uuid(), hashOf(state), who, id, sessionId, keep, next, addsTo ?? null, now, new Date(now.getTime() + WAITS_FOR), keyHashes, ids], [...session, ...counts]);
    });
    if (!begun) return refused('too-many-tries', 'Too many sign-ins were begun.');
    return done({ url });
  }

  async end(ctx: RequestContext, { who, provider: id, sessionId, callback }: RedirectEnding): Promise<Outcome<Returned, NotReturned>> {
    const provider = redirectOf(ctx, who, id);
    // Before the answer is taken: brought again a moment later, it may still be good.
    this.silent.demandHeard(this.#answersOf(provider));
    const now = this.clock.now();
    const [attempt] = await this.database.query<{ attempt_id: string; keep: string; next: string; adds_to: PersonId | null }>(ctx, `update identity.attempt set ended_at = $6, keep = ''
      from (select attempt_id, keep from identity.attempt where council_id = $1 and state_hash = $2 and session_id = $3 and who = $4 and provider = $5 and ended_at is null and expires_at > $6 for update) begun
      where attempt.council_id = $1 and attempt.attempt_id = begun.attempt_id returning attempt.attempt_id, begun.keep, attempt.next, attempt.adds_to`, [ctx.council.id, hashOf(callback.state ?? ''), sessionId, who, id, now]);
    if (!attempt) return refused('not-what-was-begun', 'No sign-in that was begun here waits for this answer.');
    const outcome = await this.silent.ask(this.#answersOf(provider), () => provider.complete(callback, attempt.keep));
    if (outcome.ok) return done({ claims: outcome.value, next: attempt.next, addsTo: attempt.adds_to ?? undefined });
    await this.database.run(ctx, async (tx) => audit(tx, { action: 'identity.sign-in-refused', subject: { type: 'attempt', id: attempt.attempt_id }, detail: { provider: id, reason: outcome.refusal.reason } }));
    return { ok: false, refusal: { ...outcome.refusal, next: attempt.next } };
  }

  #answersOf(provider: RedirectSignIn): object {
    const known = this.#answers.get(provider) ?? {};
    this.#answers.set(provider, known);
    return known;
  }
}

function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}
