import type { IdentityClaims, IdentityConfidence, ProvedAddress, SignInContact } from '@guildhall/identity-contract';
import { Database, sql, write } from '@guildhall/kernel';
import { CLOCK, IDS, isUuid } from '@guildhall/kernel-contract';
import type { Clock, Ids, Language, PersonId, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { isSomebodyElse, learnProved } from '../people/learn-proved';
import { readPerson } from '../people/person-record';
import type { SignedIn } from './admit-resident';
import { addWayIn } from './ways-in';
import type { Subject } from './ways-in';

const WAITS_FOR = 3_600_000;
/** More waits in no session: each was brought by a sign-in of its own, within an hour. */
const MOST_JOINED = 100;

/** A new way in that waits. */
export interface PendingRow {
  readonly pending_id: string; readonly provider: string; readonly issuer: string; readonly subject_hash: string; readonly confidence: IdentityConfidence;
  readonly name: string | null; readonly preferred_language: Language | null; readonly channel: SignInContact['channel']; readonly address: string; readonly next: string;
  readonly date_of_birth: string | null; readonly proved_address: ProvedAddress | null;
}
const COLUMNS = 'pending_id, provider, issuer, subject_hash, confidence, name, preferred_language, channel, address, next, date_of_birth, proved_address';

/** New ways in that wait until their owner says to which account they belong. They are bound to the browser's session. */
@Injectable()
export class PendingWays {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  async keep(tx: TransactionContext, { claims, provider, sessionId, next }: SignedIn, { issuer, subjectHash }: Subject, { channel, address }: SignInContact): Promise<string> {
    const pendingId = this.ids.uuid();
    await sql(tx, `insert into identity.pending_way (council_id, pending_id, session_id, provider, issuer, subject_hash, confidence, name, preferred_language, channel, address, next, expires_at, date_of_birth, proved_address)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`, [
      tx.council.id, pendingId, sessionId, provider, issuer, subjectHash, claims.confidence, claims.name?.trim().slice(0, 200) || null, claims.preferredLanguage ?? null, channel, address, next, new Date(this.clock.now().getTime() + WAITS_FOR),
      claims.dateOfBirth ?? null, claims.address ? JSON.stringify(claims.address) : null,
    ]);
    return pendingId;
  }

  /** What waits in this session under this id. */
  async find(ctx: RequestContext, pendingId: string, sessionId: string): Promise<{ readonly contact: SignInContact; readonly next: string } | undefined> {
    if (!isUuid(pendingId)) return undefined;
    const [row] = await this.database.query<PendingRow>(ctx, `select ${COLUMNS} from identity.pending_way where council_id = $1 and pending_id = $2 and session_id = $3 and expires_at > $4`, [ctx.council.id, pendingId, sessionId, this.clock.now()]);
    return row && { contact: { channel: row.channel, address: row.address }, next: row.next };
  }

  /** The person says that the account they have is theirs: signing in to it will add this way. */
  async wantJoin(ctx: RequestContext, pendingId: string, sessionId: string): Promise<boolean> {
    const rows = await this.database.query<{ pending_id: string }>(ctx, 'update identity.pending_way set wants_join = true where council_id = $1 and pending_id = $2 and session_id = $3 and expires_at > $4 returning pending_id', [ctx.council.id, pendingId, sessionId, this.clock.now()]);
    return rows.length > 0;
  }

  /** Takes it out, to be used for an account of its own. */
  async take(tx: TransactionContext, pendingId: string, sessionId: string): Promise<{ readonly subject: Subject; readonly signedIn: SignedIn } | undefined> {
    const [row] = await sql<PendingRow>(tx, `delete from identity.pending_way where council_id = $1 and pending_id = $2 and session_id = $3 and expires_at > $4 returning ${COLUMNS}`, [tx.council.id, pendingId, sessionId, this.clock.now()]);
    if (!row) return undefined;
    const contact = row.channel === 'email' ? { verifiedEmail: row.address } : { verifiedPhone: row.address };
    return {
      subject: { issuer: row.issuer, subjectHash: row.subject_hash },
      signedIn: { provider: row.provider, sessionId, isOwnSession: true, next: row.next, claims: { ...claimsIn(row), ...contact } },
    };
  }

  /** What is to be joined, in this session, to the account that is signed in to next. Nobody else takes it meanwhile. */
  async wanted(tx: TransactionContext, sessionId: string): Promise<readonly PendingRow[]> {
    return sql<PendingRow>(tx, `select ${COLUMNS} from identity.pending_way where council_id = $1 and session_id = $2 and wants_join and expires_at > $3 order by pending_id limit ${MOST_JOINED} for update`, [tx.council.id, sessionId, this.clock.now()]);
  }

  /** Somebody has just signed in to this account: what they wanted to join to it, and whose contact is its own, becomes a way in; but not one that proves somebody who was born on another day, since one mailbox may be two people's. */
  async join(tx: TransactionContext, wanted: readonly PendingRow[], personId: PersonId): Promise<void> {
    if (wanted.length === 0) return;
    const person = await readPerson(tx, personId);
    write(tx, 'delete from identity.pending_way where council_id = $1 and pending_id = any($2)', [tx.council.id, wanted.map(({ pending_id }) => pending_id)]);
    for (const row of wanted) {
      const isTheirs = row.channel === 'email' ? person?.email_verified_at && person.email_normalised === row.address : person?.phone_verified_at && person.phone_normalised === row.address;
      if (!isTheirs || (await isSomebodyElse(tx, personId, claimsIn(row)))) continue;
      const subject = { issuer: row.issuer, subjectHash: row.subject_hash };
      await addWayIn(tx, { signInId: this.ids.uuid(), provider: row.provider, subject, owner: { personId } }, this.clock.now());
      await learnProved(tx, personId, subject, claimsIn(row), this.clock.now());
    }
  }
}

/** What was vouched for, but for the contact. */
function claimsIn({ issuer, confidence, name, preferred_language: preferredLanguage, date_of_birth: dateOfBirth, proved_address: address }: PendingRow): IdentityClaims {
  return { issuer, subject: '', confidence, name: name ?? undefined, preferredLanguage: preferredLanguage ?? undefined, ...(dateOfBirth !== null && { dateOfBirth }), ...(address !== null && { address }) };
}
