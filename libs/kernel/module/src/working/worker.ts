import type { ModuleRef } from '@nestjs/core';
import * as pg from 'pg';
import type PgBoss = require('pg-boss');
import type { Clock, Ids, Log } from '@guildhall/kernel-contract';
import type { Councils } from '../assembling/installed-council';
import type { Database } from '../data/database';
import { LivingPool } from '../data/prepared-driver';
import { DoesWork } from './does-work';
import { leaveWork } from './leave-work';
import { parcelsOf, queuedJobOf, takenApart, type QueuedJob, type WaitingJob, type Work } from './parcel';
import type { WorkPlan } from './work-plan';

/** The queue of all work, and where work goes that failed too often. */
export const WORK_QUEUE = 'work';
export const FAILED_QUEUE = 'work-failed';
/** The channel on which servers say that work waits. Sent outside transactions: a NOTIFY inside one takes a lock on the whole database at commit. */
export const NUDGE_CHANNEL = 'guildhall_work';

/** A council's turn: at most so many of its waiting jobs go to the queue before the next council has its own. */
const JOBS_A_TURN = 50;
/** No more is moved while this much is queued and due, of which a council's own share is at most this: one that floods, or whose work fails, waits in its own line. */
const MOST_QUEUED = 500;
const MOST_QUEUED_OF_COUNCIL = 100;

/** How a worker behaves when it is killed or a job fails. */
export interface WorkerOptions {
  readonly url: string;
  /** A killed worker's job is given to another after this long. */
  readonly expireInSeconds: number;
  readonly retryLimit: number;
  readonly concurrency: number;
}

/**
 * Takes waiting jobs council by council to pg-boss, which hands them out, retries with back-off and keeps the failed ones; then runs their handlers.
 */
export class Worker {
  #boss: PgBoss | undefined;
  #listener: pg.Client | undefined;
  #pool: pg.Pool | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turning: Promise<void> = Promise.resolve();
  #wanted = false;
  #lanes: readonly Promise<void>[] = [];
  readonly #sleepers = new Set<() => void>();
  #isStopped = false;
  #stopping: Promise<void> | undefined;
  readonly #does: DoesWork;

  constructor(
    private readonly options: WorkerOptions,
    private readonly councils: Councils,
    database: Database,
    private readonly plan: WorkPlan,
    moduleRef: ModuleRef,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly log: Log,
  ) {
    this.#does = new DoesWork(councils, database, plan, moduleRef, log);
  }

  async start(): Promise<void> {
    const pool = this.connections();
    // Loaded where it works: a server that only serves starts without it.
    const { default: Queue } = await import('pg-boss');
    this.#boss = new Queue({
      db: { executeSql: (text: string, values: unknown[]) => pool.query(text, values) as never },
      schema: 'queue', migrate: false, supervise: true, schedule: false, maintenanceIntervalSeconds: Math.max(1, Math.min(30, Math.ceil(this.options.expireInSeconds / 2))),
    } as never);
    this.#boss.on('error', (error: Error) => this.log.warn('work.queue-error', { code: (error as { code?: string }).code ?? error.name }));
    await this.#boss.start();
    this.#lanes = Array.from({ length: this.options.concurrency }, () => this.workLane(this.#boss as PgBoss));
    await this.listen();
    this.#timer = setInterval(() => this.nudge(), 1000);
    this.nudge();
  }

  /** Ends after the work that is being done; whoever asks again waits for the same end. */
  stop(): Promise<void> {
    return (this.#stopping ??= this.end());
  }

  private async end(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#turning.catch(() => undefined);
    this.wakeLanes();
    await Promise.allSettled(this.#lanes);
    await this.#boss?.stop({ graceful: false, wait: true, timeout: 10_000 });
    await this.#listener?.end().catch(() => undefined);
    await this.#pool?.end();
  }

  /** Says that work may wait; turns are taken one after another. */
  nudge(): void {
    if (this.#wanted || this.#isStopped) return;
    this.#wanted = true;
    this.#turning = this.#turning
      .then(async () => {
        this.#wanted = false;
        if (!this.#isStopped) await this.takeTurns();
      })
      .catch((error: unknown) => this.log.warn('work.turn-failed', { code: (error as { code?: string }).code ?? 'unknown' }));
  }

  /** Runs everything that is due now, in this process, and returns when none is left: for tests and commands. */
  async drain(): Promise<number> {
    let count = 0;
    for (;;) {
      const due = await this.takeDue(this.connections(), this.councils.ids, 1000);
      if (due.length === 0) return count;
      for (const parcel of parcelsOf(due, (job) => this.#does.mostTogether(job))) {
        const job = queuedJobOf(parcel);
        const now = this.clock.now();
        if (this.#does.leaves(job, now)) await leaveWork(this.connections(), job, now);
        else await this.doOrTakeApart(job, `drained-${count}`);
        count += parcel.length;
      }
    }
  }

  private async doOrTakeApart(job: QueuedJob, id: string): Promise<void> {
    try {
      await this.#does.do(job, id);
    } catch (error) {
      if (!job.together) throw error;
      for (const piece of takenApart(job)) await this.#does.do(piece, id);
    }
  }

  /** What is lost of the queue when the database loses its power is done again, as after a worker that was killed: nobody waits until it is on disk. What the work itself changes is. */
  private connections(): pg.Pool {
    return (this.#pool ??= new LivingPool({ connectionString: this.options.url, options: '-c role=guildhall_work -c synchronous_commit=off', application_name: 'guildhall work', max: 4, allowExitOnIdle: true }));
  }

  private async listen(): Promise<void> {
    if (this.#isStopped) return;
    const listener = new pg.Client({ connectionString: this.options.url, application_name: 'guildhall listen' });
    this.#listener = listener;
    listener.on('notification', () => this.nudge());
    listener.on('error', () => undefined);
    listener.on('end', () => {
      if (!this.#isStopped) setTimeout(() => void this.listen().catch(() => undefined), 1000).unref();
    });
    try {
      await listener.connect();
      await listener.query(`listen ${NUDGE_CHANNEL}`);
    } catch {
      await listener.end().catch(() => undefined);
    }
  }

  /** One turn for every council with due work, again until none has any or enough is queued. */
  private async takeTurns(): Promise<void> {
    const boss = this.#boss;
    const pool = this.#pool;
    if (!boss || !pool) return;
    await this.comeRound(pool);
    for (let moved = 1; moved > 0 && !this.#isStopped; ) {
      moved = 0;
      const queued = await this.queuedByCouncil(pool);
      if ([...queued.values()].reduce((sum, count) => sum + Math.min(count, MOST_QUEUED_OF_COUNCIL), 0) >= MOST_QUEUED) return;
      for (const council of await this.councilsWithWork(pool)) {
        const room = MOST_QUEUED_OF_COUNCIL - (queued.get(council) ?? 0);
        if (room > 0) moved += await this.takeTurn(pool, boss, council, Math.min(room, JOBS_A_TURN));
      }
      if (moved) this.wakeLanes();
    }
  }

  /** What stands in the queue for a lane, by council. What waits there to be tried again stands in nobody's way. */
  private async queuedByCouncil(pool: pg.Pool): Promise<ReadonlyMap<string, number>> {
    const { rows } = await pool.query<{ council: string; count: number }>(`select data ->> 'council' as council, sum(coalesce(jsonb_array_length(data -> 'together'), 1))::int as count from queue.job where name = $1 and state < 'active' and start_after <= now() group by 1`, [WORK_QUEUE]);
    return new Map(rows.map(({ council, count }) => [council, count]));
  }

  /** Skips from council to council along the index: the cost is one probe per hosted council with work, however much waits. */
  private async councilsWithWork(pool: pg.Pool): Promise<string[]> {
    const { rows } = await pool.query<{ council_id: string }>(`
      with recursive council as (
        (select council_id from kernel.waiting_job order by council_id limit 1)
        union all
        select (select w.council_id from kernel.waiting_job w where w.council_id > council.council_id order by w.council_id limit 1) from council where council.council_id is not null
      )
      select council_id from council where council_id is not null and exists (select from kernel.waiting_job w where w.council_id = council.council_id and w.run_at <= $1)`, [this.clock.now()]);
    return rows.map((row) => row.council_id).filter((id) => this.councils.ofId(id));
  }

  /** Moves a council's oldest due jobs to the queue, in one transaction: none is lost or doubled by a crash. */
  private async takeTurn(pool: pg.Pool, boss: PgBoss, council: string, most: number): Promise<number> {
    return this.inTransaction(pool, async (client) => {
      const due = await this.takeDue(client, council, most);
      const now = this.clock.now();
      // A piece by itself keeps its id.
      const jobs = parcelsOf(due, (job) => this.#does.mostTogether(job)).map((parcel) => ({ id: parcel.length === 1 ? parcel[0]?.job_id : undefined, data: queuedJobOf(parcel) }));
      const left = new Set(jobs.filter(({ data }) => this.#does.leaves(data, now)));
      for (const { data } of left) await leaveWork(client, data, now);
      await this.put(boss, client, jobs.filter((job) => !left.has(job)));
      return due.length;
    });
  }

  private async put(boss: PgBoss, client: pg.PoolClient, jobs: readonly { readonly id?: string; readonly data: QueuedJob }[]): Promise<void> {
    if (jobs.length === 0) return;
    const { retryLimit, expireInSeconds } = this.options;
    await boss.insert(jobs.map(({ id = this.ids.uuid(), data }) => ({ id, data, name: WORK_QUEUE, retryLimit, retryBackoff: true, retryDelay: 1, expireInSeconds, deadLetter: FAILED_QUEUE })), within(client));
  }

  private async inTransaction<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  /** Takes what is due out of the lines, the oldest first. */
  private async takeDue(from: pg.Pool | pg.PoolClient, council: string | readonly string[], most: number): Promise<readonly WaitingJob[]> {
    const { rows } = await from.query<WaitingJob>(`
      with due as (
        delete from kernel.waiting_job where (council_id, job_id) in (
          select council_id, job_id from kernel.waiting_job where council_id ${typeof council === 'string' ? '= $1' : '= any($1)'} and run_at <= $2 order by run_at, job_id limit $3 for update skip locked)
        returning council_id, job_id, kind, data, run_at)
      select council_id, job_id, kind, data from due order by run_at, job_id`, [council, this.clock.now(), most]);
    return rows;
  }

  #lastRound = 0;
  /**
   * Puts what comes round into each council's line, when its period has not had it yet: late rather than not at all, once after several that were missed, and once whichever of
   * the workers looks first. Decided and put in by one statement for all councils; the key keeps one waiting.
   */
  private async comeRound(pool: pg.Pool): Promise<void> {
    const now = this.clock.now();
    const minute = Math.floor(now.getTime() / 60_000);
    const begun = this.plan.recurring.filter(({ everyMinutes }) => Math.floor(minute / everyMinutes) > Math.floor(this.#lastRound / everyMinutes));
    const rounds = begun.flatMap(({ kind, module, everyMinutes }) => this.councils.all.filter((installed) => installed.has(module)).map(({ council }) => ({
      council_id: council.id, kind, began_at: new Date((minute - (minute % everyMinutes)) * 60_000), job_id: this.ids.uuid(), data: { data: {}, correlationId: this.ids.uuid(), language: council.languages[0] },
    })));
    try {
      if (rounds.length) {
        await pool.query(`
          with given as (select * from json_to_recordset($1) as r (council_id uuid, kind text, began_at timestamptz, job_id uuid, data jsonb)),
          begun as (
            insert into kernel.round as r (council_id, kind, began_at)
            select council_id, kind, began_at from given g where not exists (select from kernel.round r where r.council_id = g.council_id and r.kind = g.kind and r.began_at >= g.began_at) order by council_id, kind
            on conflict (council_id, kind) do update set began_at = excluded.began_at where r.began_at < excluded.began_at
            returning council_id, kind)
          insert into kernel.waiting_job (council_id, job_id, kind, key, data, run_at) select council_id, job_id, kind, 'round', data, $2 from given join begun using (council_id, kind) on conflict (council_id, kind, key) do nothing`, [JSON.stringify(rounds), now]);
      }
      this.#lastRound = minute;
    } catch (error) {
      this.log.warn('work.round-failed', { code: (error as { code?: string }).code ?? 'unknown' });
    }
  }

  /** One lane: does one job after another, and waits when there is none. */
  private async workLane(boss: PgBoss): Promise<void> {
    while (!this.#isStopped) {
      if (await this.doNext(boss)) continue;
      this.nudge();
      await this.sleep(1000);
    }
  }

  /** Takes one job: its time to expire runs from here on, so none waits behind another that was taken with it. Returns whether there was one. */
  private async doNext(boss: PgBoss): Promise<boolean> {
    try {
      const [job] = await boss.fetch<QueuedJob>(WORK_QUEUE, { batchSize: 1, includeMetadata: true });
      if (!job) return false;
      const { id, data, retryCount } = job;
      // A worker that knows it has put it into the queue.
      if (this.#does.leaves(data, this.clock.now())) {
        await this.leave(boss, id, data);
        return true;
      }
      // It comes again only when a worker died with it, or was not done in time: whichever piece that was must not do the same to the others again.
      if (data.together && retryCount > 0) {
        await this.takeApart(boss, id, data);
        return true;
      }
      try {
        await this.#does.do(data, id);
      } catch (error) {
        if (data.together) {
          await this.takeApart(boss, id, data);
          return true;
        }
        // The queue hands out the oldest first: what failed would stand before what nobody has tried yet, again and again.
        await this.#pool?.query('update queue.job set priority = -1 where name = $1 and id = $2', [WORK_QUEUE, id]);
        await boss.fail(WORK_QUEUE, id, { error: (error as Error).message });
        return true;
      }
      await boss.complete(WORK_QUEUE, id);
      // A few of these and the queue is empty, while more waits in the line.
      if (data.together) this.nudge();
      return true;
    } catch (error) {
      this.log.warn('work.lane-failed', { code: (error as { code?: string }).code ?? 'unknown' });
      return false;
    }
  }

  /** What failed together is done each by itself: one that always fails must not keep the others. */
  private async takeApart(boss: PgBoss, id: string, job: QueuedJob & { readonly together: readonly Work[] }): Promise<void> {
    await this.inTransaction(this.connections(), async (client) => {
      const completed = await boss.complete(WORK_QUEUE, id, {}, within(client)) as unknown as { readonly affected: number };
      // Else another has it by now: this one was not done in time.
      if (completed.affected > 0) await this.put(boss, client, takenApart(job).map((data) => ({ data })));
    });
  }

  private async leave(boss: PgBoss, id: string, job: QueuedJob): Promise<void> {
    await this.inTransaction(this.connections(), async (client) => {
      const completed = await boss.complete(WORK_QUEUE, id, {}, within(client)) as unknown as { readonly affected: number };
      if (completed.affected > 0) await leaveWork(client, job, this.clock.now());
    });
  }

  private sleep(ms: number): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#sleepers.add(wake);
    });
  }

  private wakeLanes(): void {
    for (const wake of [...this.#sleepers]) wake();
  }
}

/** Has pg-boss do what it is asked for within a transaction of ours. */
function within(client: pg.PoolClient): never {
  return { db: { executeSql: (text: string, values: unknown[]) => client.query(text, values) } } as never;
}

/** Tells workers, once per 50 ms at most, that work waits. */
export class Nudger {
  #client: Promise<pg.Client> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #isClosed = false;
  constructor(private readonly url: string, private readonly local: () => void) {}

  nudge(): void {
    if (this.#timer || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.local();
      // One at a time on the one connection; while it is busy, one more waits for all that come.
      this.#sending = this.#next ??= this.#sending.then(() => {
        this.#next = undefined;
        return this.send();
      });
    }, 50);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    // A connection that is still being made would otherwise outlive this, and the process with it.
    await this.#sending;
    await (await this.#client?.catch(() => undefined))?.end().catch(() => undefined);
  }

  private async send(): Promise<void> {
    const connecting = (this.#client ??= this.connect());
    try {
      await (await connecting).query(`notify ${NUDGE_CHANNEL}`);
    } catch {
      // Nobody waits for a nudge: workers look once a second anyway.
      this.forget(connecting);
    }
  }

  /** One connection, for which nudges wait that come while it is being made. */
  private connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'guildhall nudge' });
    const connecting = client.connect().then(() => client);
    client.on('error', () => this.forget(connecting));
    return connecting;
  }

  private forget(connecting: Promise<pg.Client>): void {
    if (this.#client === connecting) this.#client = undefined;
  }
}
