import type { Team } from '@guildhall/identity-contract';
import { sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';

/** Writes down what teams are called. */
export async function recordTeams(tx: TransactionContext, teams: readonly Team[]): Promise<void> {
  if (teams.length === 0) return;
  await sql(tx, `
    insert into identity.team (council_id, team_id, title_en, title_cy) select $1, * from unnest($2::text[], $3::text[], $4::text[])
    on conflict (council_id, team_id) do update set title_en = excluded.title_en, title_cy = excluded.title_cy
    where (team.title_en, team.title_cy) is distinct from (excluded.title_en, excluded.title_cy)`,
    [tx.council.id, teams.map(({ teamId }) => teamId), teams.map(({ title }) => title.en), teams.map(({ title }) => title.cy)]);
}
