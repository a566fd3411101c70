import { Inject, Injectable } from '@nestjs/common';
import { Database, checkConnections } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';

const MOST_MESSAGE = 2000;

/** Looks at the council's connections, and keeps what was found: how each is, and since when. */
@Injectable()
export class CheckConnections implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    const found = await checkConnections(ctx);
    const now = this.clock.now();
    // One that is gone from the configuration goes from here too. Of two that look at once, the later word counts.
    await this.db.query(ctx, `
      with found as (select * from json_to_recordset($2) as f (provider_id text, is_sandbox boolean, is_connected boolean, message text)),
      gone as (delete from connections.connection c where c.council_id = $1 and not exists (select from found f where f.provider_id = c.provider_id))
      insert into connections.connection as c (council_id, provider_id, is_sandbox, is_connected, message, since, checked_at)
      select $1, provider_id, is_sandbox, is_connected, message, $3, $3 from found order by provider_id
      on conflict (council_id, provider_id) do update set is_sandbox = excluded.is_sandbox, is_connected = excluded.is_connected, message = excluded.message, checked_at = excluded.checked_at,
        since = case when c.is_connected = excluded.is_connected then c.since else excluded.since end`,
    [ctx.council.id, JSON.stringify(found.map(({ provider, isSandbox, ok, message }) => ({ provider_id: provider, is_sandbox: isSandbox, is_connected: ok, message: message.slice(0, MOST_MESSAGE) }))), now]);
  }
}
