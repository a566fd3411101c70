import { OfficerSignedIn, normaliseEmail } from '@guildhall/identity-contract';
import type { IdentityClaims } from '@guildhall/identity-contract';
import { Database, audit, publish, sql } from '@guildhall/kernel';
import { CLOCK, IDS, done, refused } from '@guildhall/kernel-contract';
import type { Clock, Ids, OfficerId, OfficerRole, Outcome, Refusal, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { oneAtATime } from '../people/verified-owner';
import { keepVouch } from '../staff/officer-vouches';
import { RecordOfficer } from '../staff/record-officer';
import { recordTeams } from '../staff/record-teams';
import { redirectOf } from './providers';
import { addWayIn, officerBy, predecessorOf, subjectOf } from './ways-in';
import type { Subject } from './ways-in';

/** Whom the desk is opened to. */
export interface AdmittedOfficer { readonly officerId: OfficerId; readonly name: string; readonly roles: readonly OfficerRole[]; readonly teams: readonly string[]; readonly signOutHint?: string }
interface Row { readonly officer_id: OfficerId; readonly name: string; readonly is_active: boolean; readonly roles: readonly OfficerRole[]; readonly teams: readonly string[] }

/**
 * Finds the officer who signed in: by the way in used before, or by the work address under which the council registered them, which its own
 * single sign-on vouches for. Nobody becomes an officer by signing in, unless the directory says so in the sign-in itself.
 */
@Injectable()
export class AdmitOfficer {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordOfficer) private readonly recordOfficer: RecordOfficer,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async admit(ctx: RequestContext, claims: IdentityClaims, provider: string): Promise<Outcome<AdmittedOfficer, Refusal<'not-an-officer'>>> {
    return this.database.run(ctx, async (tx) => {
      const subject = subjectOf(tx, claims);
      const email = claims.verifiedEmail && normaliseEmail(claims.verifiedEmail);
      await oneAtATime(tx, subject.subjectHash, ...(email ? [email] : []));
      const known = await officerBy(tx, subject, this.clock.now());
      if (claims.staff) await this.record(tx, provider, claims, { known, subject });
      const officer = claims.staff?.roles.length === 0 ? undefined : await this.find(tx, known, email);
      if (!officer?.is_active || officer.roles.length === 0) {
        audit(tx, { action: 'identity.officer-refused', subject: { type: 'officer', id: officer?.officer_id ?? known ?? '' }, detail: { provider } });
        return refused('not-an-officer', 'This account is not registered as an officer’s.');
      }
      if (!known) await addWayIn(tx, { signInId: this.ids.uuid(), provider, subject, owner: { officerId: officer.officer_id } }, this.clock.now());
      await keepVouch(tx, { officerId: officer.officer_id, provider, recheck: claims.recheck }, this.clock.now());
      publish(tx, OfficerSignedIn, { officerId: officer.officer_id, provider });
      audit(tx, { action: 'identity.signed-in', subject: { type: 'officer', id: officer.officer_id }, detail: { provider } });
      return done({ officerId: officer.officer_id, name: officer.name, roles: officer.roles, teams: officer.teams, signOutHint: claims.signOutHint });
    });
  }

  /** What the directory says in the sign-in itself. Somebody without a role is not written down, and loses what they had. */
  private async record(tx: TransactionContext, provider: string, { staff, name, verifiedEmail }: IdentityClaims, { known, subject }: { readonly known: OfficerId | undefined; readonly subject: Subject }): Promise<void> {
    if (!staff) return;
    if (staff.roles.length === 0) {
      if (known) await this.recordOfficer.withoutRole(tx, known);
      return;
    }
    const predecessor = known || !verifiedEmail ? undefined : await predecessorOf(tx, subject, normaliseEmail(verifiedEmail) ?? '');
    if (predecessor) await this.recordOfficer.succeeded(tx, predecessor);
    await recordTeams(tx, redirectOf(tx, 'officer', provider).teams ?? []);
    if (known || verifiedEmail) await this.recordOfficer.record(tx, provider, { name, email: verifiedEmail, ...staff }, known);
  }

  private async find(tx: TransactionContext, known: OfficerId | undefined, email: string | undefined): Promise<Row | undefined> {
    const [row] = await sql<Row>(tx, `select o.officer_id, o.name, o.is_active,
        array(select r.role from identity.officer_role r where r.council_id = o.council_id and r.officer_id = o.officer_id order by r.role) as roles,
        array(select t.team_id from identity.officer_team t where t.council_id = o.council_id and t.officer_id = o.officer_id order by t.team_id) as teams
      from identity.officer o where o.council_id = $1 and ($2::uuid is not null and o.officer_id = $2 or $2::uuid is null and o.email_normalised = $3)`, [tx.council.id, known ?? null, email ?? null]);
    return row;
  }
}
