import { Pool, type PoolClient } from 'pg';
import { Unavailable, isGuildhallError, type Log } from '@guildhall/kernel-contract';
import type { SqlRegisterOptions } from './sql-register.options';

/** What statements are sent to. */
export type Queryable = Pick<PoolClient, 'query'>;

/** The other side has gone, or is going: another connection may do better. */
const LOST = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', 'ECONNRESET', 'EPIPE', 'ENDED']);

/** A small pool of connections to a database that is not ours, on which nothing can be written. */
export class ReadingConnections {
  readonly #pool: Pool;
  readonly #begin: string;

  constructor(options: SqlRegisterOptions, private readonly id: string, private readonly log: Log) {
    const milliseconds = Math.round((options.timeoutInSeconds ?? 2) * 1000);
    this.#pool = new Pool({
      connectionString: options.connection.reveal(), max: options.mostConnections ?? 4, connectionTimeoutMillis: milliseconds, idleTimeoutMillis: 30_000, allowExitOnIdle: true, keepAlive: true, application_name: 'guildhall-sharing',
      // Longer than the statement may take: for a server that has gone without a word.
      query_timeout: milliseconds + 1000,
    });
    this.#pool.on('error', (error) => this.log.warn('sharing-sql.connection-lost', { source: id, code: codeOf(error) }));
    // In a transaction, not in the connection: a pooler between us may give the connection to somebody else in between. No other schema is looked into for operators and functions.
    this.#begin = `begin transaction read only; set local statement_timeout = ${milliseconds}; set local search_path = pg_catalog; set local datestyle = 'ISO, YMD'; set local timezone = 'Europe/London'`;
  }

  /**
   * Reads in one transaction that can write nothing. On a connection that has died, again on another: all that the pool has may have died together.
   * @param instead what is read where the database refuses with a SQLSTATE that says so much
   * @throws Unavailable without a word of what was asked or found: PostgreSQL's own messages quote values
   */
  async reading<Result>(work: (connection: Queryable) => Promise<Result>, instead: Readonly<Record<string, Result>> = {}): Promise<Result> {
    try {
      for (let left = this.#pool.options.max; ; left--) {
        try { return await this.#once(work); } catch (error) { if (left === 0 || !LOST.has(codeOf(error))) throw error; }
      }
    } catch (error) {
      if (isGuildhallError(error)) throw error;
      const code = codeOf(error);
      const known = instead[code];
      if (known !== undefined) return known;
      this.log.warn('sharing-sql.unavailable', { source: this.id, code });
      throw new Unavailable(`The register ${this.id} cannot be read: ${reasonOf(code)} (${code}).`);
    }
  }

  async close(): Promise<void> { await this.#pool.end(); }

  async #once<Result>(work: (connection: Queryable) => Promise<Result>): Promise<Result> {
    const connection = await this.#pool.connect();
    let isSpoilt = true;
    try {
      await connection.query(this.#begin);
      const result = await work(connection);
      await connection.query('commit');
      isSpoilt = false;
      return result;
    } finally {
      // Whatever went wrong, the next one gets another.
      connection.release(isSpoilt);
    }
  }
}

/** PostgreSQL's SQLSTATE or the system's code; the driver has none for what it says of itself. */
export function codeOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code)) return code;
  if (typeof message === 'string' && /timeout/i.test(message)) return 'TIMEOUT';
  return typeof message === 'string' && /terminated|ended|not queryable/i.test(message) ? 'ENDED' : 'UNKNOWN';
}

function reasonOf(code: string): string {
  switch (code) {
    case '28P01': case '28000': return 'it does not accept the login or its password, or not from this server';
    case '3D000': return 'there is no such database';
    case '42501': return 'the login may not read what it needs';
    case '53300': return 'it has no connection left';
    case '57014': case 'TIMEOUT': return 'it does not answer in time';
    case '42P01': case '42703': return 'a table or a column has gone';
    case 'ENOTFOUND': case 'EAI_AGAIN': return 'its host is not known';
    default: return 'it does not answer';
  }
}
