import { ASSIST_PEOPLE, PersonClaimedAssistedCase, makeClaimCode, normaliseClaimCode } from '@guildhall/identity-contract';
import type { ClaimRefusal, Claimed, IssueClaimCode, IssuedClaimCode } from '@guildhall/identity-contract';
import { Database, audit, publish, sql } from '@guildhall/kernel';
import { CLOCK, IDS, NotAllowed, NotAuthenticated, NotFound, demand, done, refused } from '@guildhall/kernel-contract';
import type { Clock, Ids, Outcome, PersonId, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { keyedHash } from '../keyed-hash';
import { readPerson } from '../people/person-record';
import { Throttle } from '../signing-in/throttle';

/** A letter takes days, and lies about for weeks. */
const WORKS_FOR_DAYS = 28;

interface ClaimRow { readonly claim_id: string; readonly assisted_person_id: PersonId; readonly subject_type: string | null; readonly subject_id: string | null; readonly expires_at: Date; readonly claimed_by: PersonId | null }

/** The codes by which somebody whom an adviser helped takes what was done into their own account. */
@Injectable()
export class ClaimCodes {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Throttle) private readonly throttle: Throttle,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async issue(ctx: RequestContext, { claimId, personId, subject }: IssueClaimCode): Promise<IssuedClaimCode> {
    if (ctx.actor.kind !== 'system') demand(ctx, ASSIST_PEOPLE);
    const code = makeClaimCode(this.ids);
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + WORKS_FOR_DAYS * 86_400_000);
    await this.database.run(ctx, async (tx) => {
      if (!(await readPerson(tx, personId))?.is_assisted) throw new NotFound('No adviser made this person.');
      // A code that was used stays used: its case has moved.
      const written = await sql<{ claim_id: string }>(tx, `
        insert into identity.claim_code as c (council_id, claim_id, assisted_person_id, subject_type, subject_id, code_hash, expires_at, issued_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (council_id, claim_id) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at, issued_at = excluded.issued_at
          where c.claimed_by is null and c.assisted_person_id = excluded.assisted_person_id
        returning claim_id`, [tx.council.id, claimId, personId, subject?.type ?? null, subject?.id ?? null, hashOf(tx, code), expiresAt, now]);
      if (written.length === 0) throw new NotFound('This code was used already: there is nothing left to claim by it.');
      audit(tx, { action: 'identity.claim-code-issued', subject: { type: 'claim', id: claimId }, personId, detail: subject && { type: subject.type, id: subject.id } });
    });
    return { claimId, code, expiresAt };
  }

  async claim(ctx: RequestContext, code: string): Promise<Outcome<Claimed, ClaimRefusal>> {
    if (ctx.actor.kind === 'nobody') throw new NotAuthenticated('Sign in before you use a code.');
    if (ctx.actor.kind !== 'resident') throw new NotAllowed('Only a resident can take a case into their account.');
    const { personId } = ctx.actor;
    return this.database.run(ctx, async (tx) => {
      if (!(await this.throttle.isOpen(tx, 'claim', personId))) return refused('too-many-tries', 'Too many codes were tried.');
      const claim = await this.find(tx, code);
      const refusal = refusalFor(claim, personId, this.clock.now());
      if (!claim || refusal) {
        this.throttle.count(tx, 'claim', personId);
        return refusal ?? refused('not-known', 'There is no such code.');
      }
      if (!claim.claimed_by) await this.take(tx, claim, personId);
      return done(claimedBy(personId, claim));
    });
  }

  private async find(tx: TransactionContext, code: string): Promise<ClaimRow | undefined> {
    if (!normaliseClaimCode(code)) return undefined;
    const [row] = await sql<ClaimRow>(tx, 'select claim_id, assisted_person_id, subject_type, subject_id, expires_at, claimed_by from identity.claim_code where council_id = $1 and code_hash = $2 for update', [tx.council.id, hashOf(tx, code)]);
    return row;
  }

  private async take(tx: TransactionContext, claim: ClaimRow, personId: PersonId): Promise<void> {
    await sql(tx, 'update identity.claim_code set claimed_by = $3, claimed_at = $4 where council_id = $1 and claim_id = $2', [tx.council.id, claim.claim_id, personId, this.clock.now()]);
    publish(tx, PersonClaimedAssistedCase, claimedBy(personId, claim));
    audit(tx, { action: 'identity.claimed', subject: { type: 'claim', id: claim.claim_id }, personId, detail: { assistedPersonId: claim.assisted_person_id } });
  }
}

function hashOf(ctx: RequestContext, code: string): string {
  return keyedHash(ctx, 'claim-code', normaliseClaimCode(code) ?? '');
}

function refusalFor(claim: ClaimRow | undefined, personId: PersonId, now: Date) {
  if (!claim) return refused('not-known', 'There is no such code.');
  if (claim.claimed_by && claim.claimed_by !== personId) return refused('used', 'This code was used before.');
  if (!claim.claimed_by && claim.expires_at <= now) return refused('expired', 'This code is too old.');
  return undefined;
}

function claimedBy(personId: PersonId, claim: ClaimRow): Claimed {
  return { personId, assistedPersonId: claim.assisted_person_id, ...(claim.subject_type && claim.subject_id ? { subject: { type: claim.subject_type, id: claim.subject_id } } : {}) };
}
