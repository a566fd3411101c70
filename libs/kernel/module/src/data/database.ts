import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { Pool, PoolClient, PoolConfig } from 'pg';
import { prepareValue } from 'pg/lib/utils';
import type { Clock, EventType, Ids, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Unavailable } from '@guildhall/kernel-contract';
import { inside, refuseInsideTransaction, type OpenTransaction, type Pending, type Statement } from './transaction';
import { rowsInto } from './rows';
import { LivingPool, PreparedPool, livingPg, preparedPg } from './prepared-driver';
import { sendTogether } from './together';

/** How to reach PostgreSQL. */
export interface DatabaseOptions {
  readonly url: string;
  /** The role that the login takes on: never one that passes row-level security. */
  readonly role: 'guildhall_app' | 'guildhall_work';
  readonly poolSize: number;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type for an entity class
  readonly entities: readonly Function[];
  /** Off behind a pooler that hands a connection to another client between statements. */
  readonly preparesStatements: boolean;
}

/** A statement that changes nothing, and who waits for its rows. */
interface Read extends Statement { readonly resolve: (rows: object[]) => void; readonly reject: (error: unknown) => void }

const RETRIABLE = new Set(['40001', '40P01']);
const LOST_CONNECTION = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT']);

/**
 * The one door to the data: every statement runs in a transaction that has said which council it is for.
 * @public
 */
export class Database {
  /** Told after a commit that put work into the waiting jobs. */
  onJobsWaiting: () => void = () => undefined;
  subscribersOf: (ctx: RequestContext, event: EventType<unknown>) => readonly string[] = () => [];

  /** What waits for the end of this turn, by the very context that asks: no two councils or people ever share one. */
  readonly #reads = new Map<RequestContext, Read[]>();

  readonly #inUse = new Set<PoolClient>();

  private constructor(private readonly pool: Pool, private source: DataSource | undefined, private readonly options: DatabaseOptions, private readonly clock: Clock, private readonly ids: Ids) {}

  static async open(options: DatabaseOptions, clock: Clock, ids: Ids): Promise<Database> {
    // Entities need TypeORM from the start, and then it has the pool. Else it is loaded when somebody asks for its manager: it is a tenth of what a server loads.
    const source = options.entities.length > 0 ? sourceFor(options) : undefined;
    const Connections = options.preparesStatements ? PreparedPool : LivingPool;
    let pool: Pool | undefined;
    try {
      pool = source ? poolOf(await source.initialize()) : new Connections({ connectionString: options.url, max: options.poolSize, ...connectionOf(options) } as PoolConfig);
      const { rows: [who] } = await pool.query<{ role: string; passes: boolean }>('select current_user as role, rolsuper or rolbypassrls as passes from pg_roles where rolname = current_user');
      if (who?.passes) throw new Error(`The database role ${who.role} passes row-level security. Give DATABASE_URL a login that may take on ${options.role}: run "migrate" once, it creates the roles.`);
      return new Database(pool, source, options, clock, ids);
    } catch (error) {
      await pool?.end();
      throw error;
    }
  }

  async close(): Promise<void> {
    const ended = this.pool.end();
    // A pool that is closing ends what is given back, also when a statement is still waited for.
    for (const connection of this.#inUse) this.giveBack(connection);
    await ended;
  }

  /**
   * Runs work in one transaction as the context's council and commits it. Events, jobs and audit entries are written in one statement just before.
   * @param options.retry runs the whole work again when PostgreSQL asks for it (SQLSTATE 40001, 40P01); only for work without other effects
   * @throws Unavailable when the database does not answer
   */
  async run<Result>(ctx: RequestContext, work: (tx: TransactionContext) => Promise<Result>, options: { readonly retry?: boolean } = {}): Promise<Result> {
    refuseInsideTransaction('db.run was called');
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(ctx, work);
      } catch (error) {
        if (options.retry && attempt < 4 && RETRIABLE.has(sqlState(error))) continue;
        throw translated(error);
      }
    }
  }

  /**
   * One statement in a transaction that needs no more, in one round trip. What one context reads in the same turn of the event loop shares the transaction and the round trip.
   * @param before changes without which this one must not be stored: they go first, in the same transaction
   */
  async query<Row extends object>(ctx: RequestContext, text: string, values: readonly unknown[] = [], before: readonly Statement[] = []): Promise<Row[]> {
    refuseInsideTransaction('db.query was called');
    if (before.length > 0 || !/^[\s(]*select\b/i.test(text)) {
      const results = await this.send(ctx, [...before, { text, values }], true);
      return results[before.length] as Row[];
    }
    return new Promise<Row[]>((resolve, reject) => {
      const read: Read = { text, values, resolve: resolve as Read['resolve'], reject };
      const waiting = this.#reads.get(ctx);
      if (waiting) waiting.push(read);
      else {
        this.#reads.set(ctx, [read]);
        process.nextTick(() => void this.readTogether(ctx));
      }
    });
  }

  /** Whether the database answers. */
  async isReady(): Promise<boolean> {
    try {
      await this.pool.query('select 1');
      return true;
    } catch {
      return false;
    }
  }

  private async readTogether(ctx: RequestContext): Promise<void> {
    const reads = this.#reads.get(ctx) ?? [];
    this.#reads.delete(ctx);
    try {
      const found = await this.send(ctx, reads, false);
      reads.forEach(({ resolve }, at) => resolve(found[at] ?? []));
    } catch (error) {
      // One that fails must not take the others with it: each is asked again by itself.
      if (reads.length === 1 || error instanceof Unavailable) reads.forEach(({ reject }) => reject(error));
      else for (const { text, values, resolve, reject } of reads) this.send(ctx, [{ text, values }], false).then(([rows = []]) => resolve(rows), reject);
    }
  }

  /** Not by TypeORM: a query runner for every transaction would be a good part of what a short one costs. */
  private async connect(): Promise<PoolClient> {
    const connection = await this.pool.connect();
    this.#inUse.add(connection);
    return connection;
  }

  /** @param error what its last statement failed with: one that is being cut says so before it ends, and one whose prepared statements hold no more would go on failing; neither is given to anybody else */
  private giveBack(connection: PoolClient, error?: unknown): void {
    if (this.#inUse.delete(connection)) connection.release(isLost(error) || REFUSED_AS_PREPARED.has(sqlState(error)));
  }

  private together(connection: PoolClient, statements: readonly Statement[]): Promise<object[][]> { return sendTogether(connection, statements, this.options.preparesStatements); }

  /** Statements in one transaction and one round trip; the rows of each. */
  private async send(ctx: RequestContext, statements: readonly Statement[], mayBeDone: boolean): Promise<object[][]> {
    let connection: PoolClient | undefined;
    try {
      connection = await this.connect();
      const [, ...rows] = await this.together(connection, [councilOf(ctx), ...statements]);
      this.giveBack(connection);
      return rows;
    } catch (error) {
      if (connection) this.giveBack(connection, error);
      throw translated(error, connection !== undefined && mayBeDone);
    }
  }

  private async once<Result>(ctx: RequestContext, work: (tx: TransactionContext) => Promise<Result>): Promise<Result> {
    const connection = await this.connect();
    const pending: Pending = { statements: [], events: [], jobs: [], audits: [] };
    // Begun with the first statement whose rows somebody waits for: where there is none, all of it goes with the commit.
    let isBegun = false;
    const waiting: Read[] = [];
    // What is asked for in the same turn of the event loop goes in one message: the first that fails fails them all, and the transaction with them.
    const sendWaiting = (): void => {
      const sent = waiting.splice(0);
      if (sent.length === 0) return;
      const before = isBegun ? [] : [BEGIN, councilOf(ctx)];
      isBegun = true;
      this.together(connection, [...before, ...sent]).then((rows) => sent.forEach(({ resolve }, at) => resolve(rows[before.length + at] ?? [])), (error: unknown) => sent.forEach(({ reject }) => reject(error)));
    };
    const ask = (text: string, given: readonly unknown[]): Promise<object[]> => new Promise((resolve, reject) => {
      // What cannot be sent fails here and alone: with the others it would take the beginning of the transaction along.
      const values = given.map((value) => prepareValue(value));
      if (waiting.push({ text, values, resolve, reject }) === 1) process.nextTick(sendWaiting);
    });
    let runner: QueryRunner | undefined;
    const managerOf = (): EntityManager => {
      sendWaiting();
      if (!isBegun) this.together(connection, [BEGIN, councilOf(ctx)]).catch(() => undefined);
      isBegun = true;
      return (runner ??= this.runnerOn(connection)).manager;
    };
    const open: OpenTransaction = { ask, managerOf, pending, newId: () => this.ids.uuid(), now: () => this.clock.now(), subscribersOf: (event) => this.subscribersOf(ctx, event), isOver: false };
    let result: Result;
    try {
      result = await inside(ctx, open, work);
    } catch (error) {
      open.isOver = true;
      waiting.length = 0;
      if (isBegun) await connection.query('ROLLBACK').catch(() => undefined);
      await runner?.release();
      this.giveBack(connection, error);
      throw error;
    }
    open.isOver = true;
    try {
      const flush = flushOf(ctx, pending, this.clock.now(), this.ids);
      const last = flush ? [...pending.statements, flush] : pending.statements;
      sendWaiting();
      if (isBegun) await this.together(connection, [...last, COMMIT]);
      else if (last.length > 0) await this.together(connection, [councilOf(ctx), ...last]);
    } catch (error) {
      if (isBegun) await connection.query('ROLLBACK').catch(() => undefined);
      await runner?.release();
      this.giveBack(connection, error);
      throw translated(error, true);
    }
    await runner?.release();
    this.giveBack(connection);
    if (pending.jobs.length) this.onJobsWaiting();
    return result;
  }

  /** TypeORM's runner on a connection whose transaction is open: it opens none of its own, and leaves the connection to us. */
  private runnerOn(connection: PoolClient): QueryRunner {
    this.source ??= sourceFor(this.options);
    return Object.assign(this.source.createQueryRunner(), { databaseConnection: connection, isTransactionActive: true });
  }
}

function sourceFor(options: DatabaseOptions): DataSource {
  const typeorm = createRequire(__filename)('typeorm') as typeof import('typeorm');
  return new typeorm.DataSource({
    type: 'postgres', url: options.url, entities: [...options.entities], poolSize: options.poolSize, synchronize: false, installExtensions: false, logging: false,
    driver: options.preparesStatements ? preparedPg : livingPg,
    poolErrorHandler: () => undefined,
    extra: connectionOf(options),
  });
}

/** The pool that TypeORM has made. */
function poolOf(source: DataSource): Pool {
  return (source.driver as unknown as { readonly master: Pool }).master;
}

function connectionOf({ role }: DatabaseOptions): object {
  // On the disk before anybody is told, whatever the server, the database or the login would have of their own: what leaves by this is promised to be written down.
  return { options: `-c role=${role} -c synchronous_commit=on`, pipeline: true, application_name: `guildhall ${role}`, connectionTimeoutMillis: 30_000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 };
}

/** Its columns have changed, it is not known any more, or its name is taken: 0A000, 26000, 42P05 (PostgreSQL, appendix A). */
const REFUSED_AS_PREPARED: ReadonlySet<string | undefined> = new Set(['0A000', '26000', '42P05']);
const BEGIN: Statement = { text: 'BEGIN', values: [] };
const COMMIT: Statement = { text: 'COMMIT', values: [] };

/** What row-level security goes by, as long as the transaction. */
function councilOf({ council: { id } }: RequestContext): Statement { return { text: `select set_config('app.council_id', $1, true)`, values: [id] }; }

/** Columns of the rows that are written with a commit, and what they are to PostgreSQL. */
const FLUSHED = {
  event: { event_id: 'uuid', type: 'text', version: 'int', data: 'jsonb', at: 'timestamptz' },
  waiting_job: { job_id: 'uuid', kind: 'text', key: 'text', data: 'jsonb', run_at: 'timestamptz' },
  audit: { actor_kind: 'text', actor_id: 'text', correlation_id: 'text', at: 'timestamptz', audit_id: 'uuid', action: 'text', subject_type: 'text', subject_id: 'text', person_id: 'uuid', detail: 'jsonb', salt: 'bytea', hash: 'bytea' },
} as const;
/** Events, jobs and audit entries of a transaction, as one statement. */
function flushOf(ctx: RequestContext, pending: Pending, now: Date, ids: Ids): Statement | undefined {
  const values: unknown[] = [ctx.council.id];
  const insert = (table: keyof typeof FLUSHED, rows: readonly (readonly unknown[])[]): string => rowsInto(`kernel.${table}`, FLUSHED[table], rows, values);
  const parts: string[] = [];
  const { events, jobs, audits } = pending;
  if (events.length) parts.push(`e as (${insert('event', events.map(({ id, type, version, data, at }) => [id, type, version, JSON.stringify(data), at]))})`);
  if (jobs.length) parts.push(`j as (${insert('waiting_job', jobs.map(({ id, kind, key, data, runAt }) => [id, kind, key, JSON.stringify(data), runAt]))} on conflict (council_id, kind, key) do nothing)`);
  if (audits.length) {
    const who = actorOf(ctx);
    parts.push(`a as (${insert('audit', audits.map((entry) => {
      const { salt, hash } = seal(ctx, who, entry, now, Buffer.from(ids.bytes(16)));
      return [who.kind, who.id, entry.correlationId, now, entry.id, entry.action, entry.subjectType, entry.subjectId, entry.personId, entry.detail ? JSON.stringify(entry.detail) : null, salt, hash];
    }))})`);
  }
  return parts.length ? { text: `with ${parts.join(', ')} select 1`, values } : undefined;
}

/** Who acted, as the audit trail names them. */
export function actorOf(ctx: RequestContext): { kind: string; id: string } {
  const { actor } = ctx;
  switch (actor.kind) {
    case 'nobody': return { kind: 'nobody', id: '' };
    case 'resident': return { kind: 'resident', id: actor.personId };
    case 'officer': return { kind: 'officer', id: actor.officerId };
    case 'machine': return { kind: 'machine', id: actor.clientId };
    case 'system': return { kind: 'system', id: actor.job };
  }
}

/** A salted hash of the entry: once detail and salt are erased the hash proves that there was an entry and nothing else. */
function seal(ctx: RequestContext, who: { kind: string; id: string }, entry: Pending['audits'][number], now: Date, salt: Buffer): { salt: Buffer; hash: Buffer } {
  const hash = createHash('sha256').update(salt).update(JSON.stringify([ctx.council.id, entry.id, now.toISOString(), who.kind, who.id, entry.action, entry.subjectType, entry.subjectId, entry.personId, entry.detail])).digest();
  return { salt, hash };
}

function sqlState(error: unknown): string {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return code ?? driverError?.code ?? '';
}

/** Whether the connection is, or there was none. */
function isLost(error: unknown): boolean {
  const message = error instanceof Error ? error.message : '';
  return LOST_CONNECTION.has(sqlState(error)) || /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/i.test(message);
}

/** @param mayBeDone the commit was on its way: what became of it is known to nobody whose connection broke */
function translated(error: unknown, mayBeDone = false): unknown {
  if (!isLost(error)) return error;
  return Object.assign(new Unavailable(mayBeDone ? 'The database stopped answering while this was being stored. It is not known whether it was: look before you do it again.' : 'The database does not answer at the moment. Nothing was changed; try again.', 5), { cause: error });
}
