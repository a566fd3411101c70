import { OFFICER_SIGN_IN, normaliseEmail } from '@guildhall/identity-contract';
import type { Directory } from '@guildhall/identity-contract';
import { Database, providerIdsOf, providersOf, sql } from '@guildhall/kernel';
import { defineJob } from '@guildhall/kernel-contract';
import type { JobHandler, OfficerId, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { RecordOfficer } from './record-officer';
import { recordTeams } from './record-teams';

/** Reads the directories again, so that whoever joins can be given work and whoever leaves is out. */
export const SynchroniseStaffJob = defineJob<Record<never, never>>('identity.synchronise-staff');

/** Brings officers and teams into step with what the council's directories list. */
@Injectable()
export class SynchroniseStaff implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(RecordOfficer) private readonly recordOfficer: RecordOfficer) {}

  async run(ctx: RequestContext): Promise<void> {
    const ids = providerIdsOf(ctx, OFFICER_SIGN_IN);
    for (const [index, provider] of providersOf(ctx, OFFICER_SIGN_IN).entries()) {
      const id = ids[index];
      const { teams } = provider;
      if (teams) await this.database.run(ctx, (tx) => recordTeams(tx, teams));
      const directory = await provider.directory?.();
      // An empty list is a fault of the directory, not the day on which everybody left.
      if (id && directory && directory.officers.length > 0) await this.database.run(ctx, (tx) => this.bringIntoStep(tx, id, directory));
    }
  }

  private async bringIntoStep(tx: TransactionContext, id: string, { teams, officers }: Directory): Promise<void> {
    await recordTeams(tx, teams);
    for (const officer of officers) await this.recordOfficer.record(tx, id, officer);
    const listed = officers.map(({ email }) => normaliseEmail(email));
    const left = await sql<{ officer_id: OfficerId }>(tx, 'select officer_id from identity.officer where council_id = $1 and directory = $2 and is_active and not (email_normalised = any($3)) order by officer_id limit 1000', [tx.council.id, id, listed]);
    for (const { officer_id } of left) await this.recordOfficer.left(tx, officer_id);
  }
}
