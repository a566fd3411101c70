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

/** What node-postgres knows an answer's columns by. */
interface Columns { readonly fields?: unknown; readonly _parsers?: unknown; readonly _prebuiltEmptyResultObject?: unknown }
/** What there is to a query of node-postgres beside what its types tell. */
interface Inside { readonly _result: Columns; _accumulateRows: boolean; prepare(connection: object): void }
type Answered = (error: Error | undefined, result: pg.QueryResult) => void;

/**
 * A query by the name of its statement. node-postgres has PostgreSQL say with every answer what its columns are, which is a good part of what a short one costs; here a connection
 * remembers it from the first: a prepared statement whose columns have changed meanwhile is refused by PostgreSQL itself.
 */
class PreparedQuery extends pg.Query {
  constructor(readonly name: string, text: string, values: unknown[], private readonly known: Map<string, Columns>, answered: Answered) {
    super(text, values, (error: Error | undefined, result: pg.QueryResult) => {
      if (!error && !known.has(name)) known.set(name, columnsOf(this));
      answered(error, result);
    });
  }

  prepare(connection: object): void {
    const columns = this.known.get(this.name);
    const inside = this as unknown as Inside;
    if (columns) {
      Object.assign(inside._result, columns);
      inside._accumulateRows = true;
    }
    (pg.Query.prototype as unknown as Inside).prepare.call(this, columns ? unasked(connection) : connection);
  }
}

function columnsOf(query: PreparedQuery): Columns {
  const { fields, _parsers, _prebuiltEmptyResultObject } = (query as unknown as Inside)._result;
  return { fields, _parsers, _prebuiltEmptyResultObject };
}

const unaskedOf = new WeakMap<object, object>();
/** The same connection, over which nobody asks for columns. */
function unasked(connection: object): object {
  let same = unaskedOf.get(connection);
  if (!same) unaskedOf.set(connection, (same = Object.create(connection, { describe: { value: () => undefined } }) as object));
  return same;
}

/** node-postgres whose connections prepare every statement with parameters: unprepared statements are most of what an ORM costs. */
class PreparedClient extends pg.Client {
  readonly #known = new Map<string, Columns>();

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
        super.query(new PreparedQuery(name, text, values, this.#known, (error, result) => {
          if (error) reject(error);
          else resolve(result);
        }));
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
