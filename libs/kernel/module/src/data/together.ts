import * as pg from 'pg';
import { serialize } from 'pg-protocol';
import { prepareValue } from 'pg/lib/utils';
import { nameOf } from './prepared-driver';
import type { Statement } from './transaction';

/** The columns of a statement's rows; a statement without any has none. */
interface Columns { readonly names: readonly string[]; readonly parsers: readonly ((text: string) => unknown)[]; readonly empty: object }
const NONE: Columns = { names: [], parsers: [], empty: {} };
type Value = string | Buffer | null;
interface Sent { readonly name?: string; readonly text: string; readonly values: readonly Value[] }
type Answered = (error: Error | undefined, rows: object[][]) => void;

/** The parts of node-postgres' connection that its types leave out. */
interface Wire {
  readonly stream: { readonly writable: boolean; write(bytes: Uint8Array): unknown };
  readonly parsedStatements: Readonly<Record<string, string | undefined>>;
  readonly submittedNamedStatements: Record<string, string | undefined>;
}
interface Field { readonly name: string; readonly dataTypeID: number }

/**
 * Statements that go to PostgreSQL as one message and are answered as one (its manual, 54.2.4, "Pipelining"): outside BEGIN they are one transaction, which ends with them, and the first that fails
 * undoes them all. node-postgres would have PostgreSQL begin, describe, flush and be ready again for each statement, which is a good part of what a short one costs. What a statement's columns are
 * is asked for once in a connection: a prepared one whose columns have changed meanwhile is refused by PostgreSQL itself.
 */
class Together extends pg.Query {
  declare name: string | undefined;
  declare text: string | undefined;
  readonly #rows: object[][];
  #at = 0;
  #columns: Columns | undefined;
  #wrong: Error | undefined;

  constructor(readonly statements: readonly Sent[], private readonly known: Map<string, Columns>, private readonly answered: Answered) {
    super('');
    this.#rows = statements.map(() => []);
    this.submit = (connection) => this.#submit(connection as unknown as Wire);
    this.#expect();
  }

  /** In one piece: a socket that is given twenty small ones takes twice as long over them. */
  #submit({ stream, parsedStatements, submittedNamedStatements: submitted }: Wire): null {
    const messages: Buffer[] = [];
    for (const { name, text, values } of this.statements) {
      if (name === undefined || (parsedStatements[name] ?? submitted[name]) === undefined) {
        messages.push(serialize.parse({ name, text }));
        if (name !== undefined) submitted[name] = text;
      }
      messages.push(serialize.bind({ statement: name, values: [...values] }));
      if (name === undefined || !this.known.has(name)) messages.push(serialize.describe({ type: 'P' }));
      messages.push(serialize.execute());
    }
    messages.push(serialize.sync());
    if (stream.writable) stream.write(Buffer.concat(messages));
    return null;
  }

  /** The client keeps by these two what it has parsed. */
  #expect(): void {
    const { name, text } = this.statements[this.#at] ?? {};
    this.name = name;
    this.text = text;
    this.#columns = name === undefined ? undefined : this.known.get(name);
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    const columns = { names: fields.map(({ name }) => name), parsers: fields.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID, 'text') as (text: string) => unknown), empty: Object.fromEntries(fields.map(({ name }) => [name, null])) };
    this.#columns = columns;
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const { names: columns, parsers, empty } = this.#columns ?? NONE;
    const row = { ...empty } as Record<string, unknown>;
    try {
      for (let at = 0; at < fields.length; at++) {
        const text = fields[at] as string | null;
        if (text !== null) row[columns[at] as string] = parsers[at]?.(text);
      }
    } catch (error) {
      this.#wrong ??= error as Error;
    }
    this.#rows[this.#at]?.push(row);
  }

  handleCommandComplete({ text: done }: { readonly text?: string } = {}): void {
    const { name, text } = this.statements[this.#at] ?? {};
    if (text === 'COMMIT' && done !== text) this.#wrong ??= new Error('The transaction had failed before and was rolled back: an error inside it was caught and not thrown on.');
    if (name !== undefined && !this.known.has(name)) this.known.set(name, this.#columns ?? NONE);
    this.#at++;
    this.#expect();
  }

  handleEmptyQuery(): void { this.handleCommandComplete(); }

  handleError(error: Error, connection: unknown): void {
    // Those after it were not looked at.
    const { submittedNamedStatements: submitted } = connection as Wire;
    for (const { name } of this.statements.slice(this.#at)) if (name !== undefined) delete submitted[name];
    this.#answer(this.#wrong ?? error, []);
  }

  handleReadyForQuery(): void { this.#answer(this.#wrong, this.#rows); }

  #answer(error: Error | undefined, rows: object[][]): void {
    // By this the client stops the clock of its query_timeout, where the council has set one.
    (this as unknown as { readonly callback?: (failed?: Error) => void }).callback?.(error);
    this.answered(error, rows);
  }
}

const columnsKnownTo = new WeakMap<pg.ClientBase, Map<string, Columns>>();

/**
 * Sends statements in one round trip; outside a transaction that was begun, they are one.
 * @param isPrepared off where a pooler may hand the connection to another client between two transactions
 * @returns the rows of each
 */
export async function sendTogether(client: pg.ClientBase, statements: readonly Statement[], isPrepared: boolean): Promise<object[][]> {
  let known = columnsKnownTo.get(client);
  if (!known) columnsKnownTo.set(client, (known = new Map()));
  const columns = known;
  // What cannot be sent must be known before the first is on its way.
  const sent = statements.map(({ text, values }): Sent => ({ name: isPrepared ? nameOf(text) : undefined, text, values: values.map((value) => prepareValue(value)) }));
  try {
    return await new Promise((resolve, reject) => {
      client.query(new Together(sent, columns, (error, rows) => {
        if (error) reject(error);
        else resolve(rows);
      }));
    });
  } catch (error) {
    // As node-postgres does: the stack leads to whoever asked, and not to the socket.
    Error.captureStackTrace(error as Error);
    throw error;
  }
}
