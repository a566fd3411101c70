import { createHash } from 'node:crypto';
import * as pg from 'pg';

const MOST_DISTINCT_STATEMENTS = 1000;
const names = new Map<string, string>();

/** A name for a statement's text, the same in every connection; undefined once there are too many distinct ones to keep prepared. */
export function nameOf(text: string): string | undefined {
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
    const name = args.length === 2 && typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    return (super.query.bind(this) as (...given: unknown[]) => never)(...(name === undefined ? args : [{ name, text, values }]));
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
