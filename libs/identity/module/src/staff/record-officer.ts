import type { DirectoryOfficer } from '@guildhall/identity-contract';
import { normaliseEmail } from '@guildhall/identity-contract';
import { Sessions, audit, sql } from '@guildhall/kernel';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import type { Clock, Ids, OfficerId, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

interface Known { readonly officer_id: OfficerId; readonly name: string; readonly email: string; readonly email_normalised: string; readonly is_active: boolean; readonly roles: readonly string[]; readonly teams: readonly string[] }
/** What a directory says of somebody whom it knows by more than the address: that may have changed, or be nobody's. */
type SaidOfKnown = Pick<DirectoryOfficer, 'roles' | 'teams'> & { readonly name?: string; readonly email?: string };

/** Writes down what a directory says of one officer; who changes role has to sign in again. */
@Injectable()
export class RecordOfficer {
  constructor(@Inject(Sessions) private readonly sessions: Sessions, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /**
   * @param as the officer, where the sign-in itself says who it is: found by that, and not by an address which may be another's by now
   * @throws Error when a directory lists somebody new without a usable address
   */
  async record(tx: TransactionContext, directory: string, said: SaidOfKnown, as?: OfficerId): Promise<OfficerId> {
    const known = await this.known(tx, as, said.email && normaliseEmail(said.email));
    const { name, email, normalised } = await this.detailsOf(tx, directory, said, known);
    const now = this.clock.now();
    const officerId = known?.officer_id ?? (this.ids.uuid() as OfficerId);
    const isSame = known?.is_active && known.name === name && known.email_normalised === normalised && isSameSet(known.roles, said.roles) && isSameSet(known.teams, said.teams);
    if (isSame) return officerId;
    await sql(tx, `
      insert into identity.officer (council_id, officer_id, name, email, email_normalised, is_active, directory, created_at, updated_at) values ($1, $2, $3, $4, $5, true, $6, $7, $7)
      on conflict (council_id, officer_id) do update set name = excluded.name, email = excluded.email, email_normalised = excluded.email_normalised, is_active = true, directory = excluded.directory, updated_at = excluded.updated_at`,
      [tx.council.id, officerId, name, email, normalised, directory, now]);
    await this.replace(tx, officerId, 'officer_role', 'role', said.roles);
    await this.replace(tx, officerId, 'officer_team', 'team_id', said.teams);
    if (known && !isSameSet(known.roles, said.roles)) await this.sessions.endOfOfficer(tx, officerId);
    audit(tx, { action: known ? 'identity.officer-changed' : 'identity.officer-registered', subject: { type: 'officer', id: officerId }, detail: { directory, roles: said.roles, teams: said.teams } });
    return officerId;
  }

  /**
   * Somebody whose work address the directory has given to a new person, as happens when one John Smith follows another: what they did stays theirs, and they are out.
   * The record keeps its address to be read, and is no longer found by it.
   */
  async succeeded(tx: TransactionContext, officerId: OfficerId): Promise<void> {
    await sql(tx, `update identity.officer set email_normalised = 'formerly:' || officer_id::text where council_id = $1 and officer_id = $2`, [tx.council.id, officerId]);
    await this.left(tx, officerId);
  }

  /** Somebody to whom the directory gives no role any more: they stay known, and are out. */
  async withoutRole(tx: TransactionContext, officerId: OfficerId): Promise<void> {
    await this.replace(tx, officerId, 'officer_role', 'role', []);
    await this.sessions.endOfOfficer(tx, officerId);
    audit(tx, { action: 'identity.officer-changed', subject: { type: 'officer', id: officerId }, detail: { roles: [] } });
  }

  /** Somebody whom the directory no longer lists: what they did stays theirs, and they are out. */
  async left(tx: TransactionContext, officerId: OfficerId): Promise<void> {
    await sql(tx, 'update identity.officer set is_active = false, updated_at = $3 where council_id = $1 and officer_id = $2', [tx.council.id, officerId, this.clock.now()]);
    await this.sessions.endOfOfficer(tx, officerId);
    audit(tx, { action: 'identity.officer-left', subject: { type: 'officer', id: officerId } });
  }

  private async detailsOf(tx: TransactionContext, directory: string, said: SaidOfKnown, known: Known | undefined): Promise<{ readonly name: string; readonly email: string; readonly normalised: string }> {
    const normalised = said.email && normaliseEmail(said.email);
    if (!known) {
      if (!said.email || !normalised) throw new Error(`The directory ${directory} lists an officer without a usable email address.`);
      return { name: said.name ?? said.email, email: said.email, normalised };
    }
    // An address that is a colleague's record already stays theirs.
    const isFree = normalised && (normalised === known.email_normalised || (await sql(tx, 'select from identity.officer where council_id = $1 and email_normalised = $2', [tx.council.id, normalised])).length === 0);
    return { name: said.name ?? known.name, ...(said.email && normalised && isFree ? { email: said.email, normalised } : { email: known.email, normalised: known.email_normalised }) };
  }

  private async known(tx: TransactionContext, officerId: OfficerId | undefined, email: string | undefined): Promise<Known | undefined> {
    const [row] = await sql<Known>(tx, `select o.officer_id, o.name, o.email, o.email_normalised, o.is_active,
        array(select role from identity.officer_role r where r.council_id = o.council_id and r.officer_id = o.officer_id) as roles,
        array(select team_id from identity.officer_team t where t.council_id = o.council_id and t.officer_id = o.officer_id) as teams
      from identity.officer o where o.council_id = $1 and (o.officer_id = $2 or ($2::uuid is null and o.email_normalised = $3)) for update of o`, [tx.council.id, officerId ?? null, email ?? null]);
    return row;
  }

  private async replace(tx: TransactionContext, officerId: OfficerId, table: 'officer_role' | 'officer_team', column: 'role' | 'team_id', values: readonly string[]): Promise<void> {
    await sql(tx, `delete from identity.${table} where council_id = $1 and officer_id = $2`, [tx.council.id, officerId]);
    await sql(tx, `insert into identity.${table} (council_id, officer_id, ${column}) select $1, $2, unnest($3::text[])`, [tx.council.id, officerId, [...new Set(values)]]);
  }
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return new Set([...one, ...other]).size === new Set(one).size && new Set(one).size === new Set(other).size;
}
