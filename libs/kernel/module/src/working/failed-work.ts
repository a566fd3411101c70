import * as pg from 'pg';
import { FAILED_QUEUE } from './worker';

/** Work that failed as often as it is tried, and waits until somebody has mended the cause. pg-boss keeps it for four weeks. */
export class FailedWork {
  constructor(private readonly url: string, private readonly councils: readonly string[]) {}

  /** How many pieces of each kind, the kinds in order. */
  count(): Promise<readonly { readonly kind: string; readonly count: number }[]> {
    return this.query<{ kind: string; count: number }>(`select data ->> 'kind' as kind, sum(coalesce(jsonb_array_length(data -> 'together'), 1))::int as count from queue.job where name = $1 and state < 'active' and data ->> 'council' = any($2) group by 1 order by 1`);
  }

  /** Puts all of it back into its council's line, due at this time, in one statement. Returns how many pieces. */
  async retry(now: Date): Promise<number> {
    const again = await this.query(`
      with again as (delete from queue.job where name = $1 and state < 'active' and data ->> 'council' = any($2) returning data)
      insert into kernel.waiting_job (council_id, job_id, kind, data, run_at)
      select (data ->> 'council')::uuid, gen_random_uuid(), data ->> 'kind', work, $3::timestamptz from again, jsonb_array_elements(coalesce(data -> 'together', jsonb_build_array(data -> 'data'))) as work returning 1 as one`, [now]);
    return again.length;
  }

  /** The queue is shut to the application's role, so each question has a connection of the worker's. */
  private async query<Row extends object>(text: string, more: readonly unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url, options: '-c role=guildhall_work', application_name: 'guildhall failed work', connectionTimeoutMillis: 5000, query_timeout: 10_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(text, [FAILED_QUEUE, this.councils, ...more])).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
