import { createHash } from 'node:crypto';
import * as pg from 'pg';

const MOST_DISTINCT_STATEMENTS = 1000;
const names = new Map<string, string>();

/** A name for a statement's text, the same in every connection; undefined once there are too many distinct ones to keep prepared. */
function nameOf(text: string): string | undefined {
  let name = names.get(text);
  if (!name && names.size < MOST_DISTINCT_STATEMENTS) {
    name = `g${createHash('sha1').update(text).digest('hex').slice(0, 20)}`;
    names.set(text, name);
  }
  return name;
}

/** node-postgres whose connections prepare every statement with parameters: unprepared statements are most of what an ORM costs. */
class PreparedClient extends pg.Client {
  override query(...args: unknown[]): never {
    const [text, values] = args;
    if (args.length === 2 && typeof text === 'string' && Array.isArray(values) && values.length > 0) {
      const name = nameOf(text);
      if (name) return this.prepared(name, text, values) as never;
    }
    return (super.query.bind(this) as (...given: unknown[]) => never)(...args);
  }

  /** The query is made here and not from a description of it, which node-postgres would copy property by property. */
  private async prepared(name: string, text: string, values: unknown[]): Promise<unknown> {
    try {
      return await new Promise((resolve, reject) => {
        const query = new pg.Query(text, values, (error, result) => {
          if (error) reject(error);
          else resolve(result);
        });
        super.query(Object.assign(query, { name }));
      });
    } catch (error) {
      // As node-postgres does: the stack leads to whoever asked, and not to the socket.
      Error.captureStackTrace(error as Error);
      throw error;
    }
  }
}

/**
 * A pool that lives through the loss of any connection at any time. One that is cut says so more than once, also when it has just been given back and nobody listens any more;
 * an error that nobody hears ends the process.
 */
export class LivingPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super(config);
    this.on('error', () => undefined);
    this.on('connect', (client) => client.on('error', () => undefined));
  }
}

/** The same, whose connections prepare their statements. */
export class PreparedPool extends LivingPool {
  constructor(config: pg.PoolConfig) {
    super({ ...config, Client: PreparedClient } as pg.PoolConfig);
  }
}

/** What TypeORM takes as its driver. */
export const livingPg = { ...pg, Pool: LivingPool };
/** The same, with prepared statements. */
export const preparedPg = { ...pg, Client: PreparedClient, Pool: PreparedPool };
