import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import type { EventType, RequestContext, TransactionContext } from '@guildhall/kernel-contract';

/** What a statement can be given that cannot fail on its way to PostgreSQL: an object is made JSON by whoever gives it. @public */
export type PlainValue = string | number | boolean | Date | null | readonly string[];
/** A statement with its values. @public */
export interface Statement { readonly text: string; readonly values: readonly unknown[] }

/** What waits in a transaction to be written together, just before it commits. */
export interface Pending {
  readonly statements: Statement[];
  readonly events: { id: string; type: string; version: number; data: object; at: Date }[];
  readonly jobs: { id: string; kind: string; key: string | null; data: object; runAt: Date }[];
  readonly audits: { id: string; correlationId: string; action: string; subjectType: string; subjectId: string; personId: string | null; detail: object | null }[];
}

/** What is behind a transaction context. */
export interface OpenTransaction {
  readonly ask: (text: string, values: readonly unknown[]) => Promise<object[]>;
  readonly managerOf: () => EntityManager;
  readonly pending: Pending;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly subscribersOf: (event: EventType<unknown>) => readonly string[];
  isOver: boolean;
}

const OPEN = Symbol.for('guildhall:open-transaction');
const current = new AsyncLocalStorage<TransactionContext>();
let insideNow = 0;

/**
 * Runs work as the inside of this transaction: whatever would use another context there is refused.
 * While nobody is inside one, Node is not asked to follow what belongs to which: following every promise costs each request a tenth of its CPU, also those that open no transaction.
 */
export async function inside<Result>(ctx: RequestContext, open: OpenTransaction, work: (tx: TransactionContext) => Promise<Result>): Promise<Result> {
  const tx = Object.freeze({ ...ctx, [OPEN]: open }) as unknown as TransactionContext;
  insideNow++;
  try {
    return await current.run(tx, () => work(tx));
  } finally {
    insideNow--;
    if (insideNow === 0) current.disable();
  }
}

/** @throws Error when called inside a transaction: `what` must be done before or after it */
export function refuseInsideTransaction(what: string): void {
  if (current.getStore()) throw new Error(`${what} inside db.run(…). Use the transaction's own tx for data; call other modules and the network before or after it.`);
}

/** The open transaction behind a context. @throws Error when there is none, or it is over */
export function openTransaction(tx: TransactionContext): OpenTransaction {
  const open = (tx as unknown as { [OPEN]?: OpenTransaction })[OPEN];
  if (!open) throw new Error('This needs the tx that db.run(ctx, async (tx) => …) hands out, not the ctx outside it.');
  if (open.isOver) throw new Error('This transaction is over: its tx was kept and used after db.run returned.');
  return open;
}

/** The same transaction for one of several jobs that share it: what is published and enqueued with it is that job's. @public */
export function onBehalfOf(tx: TransactionContext, { correlationId, language }: RequestContext): TransactionContext {
  return Object.freeze({ ...tx, correlationId, language });
}

/** TypeORM's manager of this transaction. @public */
export function entities(tx: TransactionContext): EntityManager {
  return openTransaction(tx).managerOf();
}

/**
 * Runs one prepared statement in this transaction.
 * @public
 * @param text with $1…; no `select *`, and `= any($1)` instead of lists of parameters
 */
export async function sql<Row extends object = Record<string, never>>(tx: TransactionContext, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return (await openTransaction(tx).ask(text, values)) as Row[];
}

/**
 * Leaves a change of which nobody needs the rows to the commit: it goes with it in one round trip. What is wrong with it fails the whole transaction, and `db.run` throws it.
 * @public
 * @param text with $1…, as for `sql`
 */
export function write(tx: TransactionContext, text: string, values: readonly PlainValue[]): void {
  openTransaction(tx).pending.statements.push({ text, values });
}
