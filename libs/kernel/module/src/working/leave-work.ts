import type { Pool, PoolClient } from 'pg';
import type { QueuedJob } from './parcel';

const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 15 * 60 * 1000;
/** A new version is on all servers long before. What nobody knows for longer fails, where somebody sees it. */
const YOUNG_MS = 7 * 24 * 60 * 60 * 1000;

/** Whether work that nobody here knows may still be done by a worker of another version. */
export function isYoung(job: QueuedJob, now: Date): boolean {
  return (job.together ?? [job.data]).every(({ leftSince }) => leftSince === undefined || now.getTime() - Date.parse(leftSince) < YOUNG_MS);
}

/** Puts work back into its council's line for a worker that knows it: due again after as long as it has been left already, so that what is left for long costs little. */
export async function leaveWork(to: Pool | PoolClient, job: QueuedJob, now: Date): Promise<void> {
  const left = (job.together ?? [job.data]).map((work) => {
    const leftSince = work.leftSince ?? now.toISOString();
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, now.getTime() - Date.parse(leftSince)));
    return { work: { ...work, leftSince }, run_at: new Date(now.getTime() + wait) };
  });
  await to.query('insert into kernel.waiting_job (council_id, job_id, kind, data, run_at) select $1, gen_random_uuid(), $2, work, run_at from json_to_recordset($3) as l (work jsonb, run_at timestamptz)', [job.council, job.kind, JSON.stringify(left)]);
}
