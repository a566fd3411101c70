import type { RequestContext, TransactionContext } from './context';

/** A thing that happened, in the past tense: `payments.payment-succeeded`. Data are ids and facts, never personal data. @public */
export interface EventType<Data> {
  readonly type: string;
  readonly version: number;
  /** What of it other systems may be told. Without it nothing of the event leaves the council. */
  readonly outward?: OutwardForm;
  readonly __data?: Data;
}
/**
 * What of an event other systems may be told, field by field: a field that is added later stays inside until it is named here. Ids of things and facts; never who somebody is.
 * @public
 */
export interface OutwardForm<Field extends string = string> {
  /** What has happened, in one sentence for the officer who chooses: `A case has been opened.` */
  readonly describes: string;
  /** The field that holds the id of what the event is about. */
  readonly subject: Field;
  /** The fields that go out. */
  readonly fields: readonly Field[];
}
/**
 * Declares an event.
 * @param outward what of it other systems may be told; nothing unless given
 * @public
 */
export function defineEvent<Data extends object>(type: string, version = 1, outward?: OutwardForm<keyof Data & string>): EventType<Data> {
  return Object.freeze({ type, version, ...(outward && { outward: Object.freeze(outward) }) });
}
/** One event as a subscriber receives it. @public */
export interface Event<Data> {
  readonly id: string;
  readonly type: string;
  readonly at: Date;
  readonly data: Data;
}
/** Work done later by a worker. Its data are ids, never personal data. @public */
export interface JobType<Data> {
  readonly id: string;
  readonly __data?: Data;
}
/** Declares a kind of job. @public */
export function defineJob<Data extends object>(id: string): JobType<Data> {
  return Object.freeze({ id });
}

/**
 * Handles an event inside a transaction of its own, together with its inbox row: its effects happen exactly once, however often the event is delivered.
 * No network here: enqueue a job.
 * @public
 */
export interface EventHandler<Data> {
  handle(tx: TransactionContext, event: Event<Data>): Promise<void>;
  /** Where several cost little more than one. */
  readonly together?: EventsTogether<Data>;
}
/** An event among others, with the context that it has by itself, of the transaction that they share. @public */
export interface EventAmongOthers<Data> { readonly tx: TransactionContext; readonly event: Event<Data> }
/** Handles several events of one council inside one transaction, together with their inbox rows. When it throws, each of them is handled again in a transaction of its own. @public */
export interface EventsTogether<Data> {
  /** How many at most. */
  readonly most: number;
  handle(events: readonly EventAmongOthers<Data>[]): Promise<void>;
}
/** Does a job, outside any transaction: it may be run again, so what it does must bear being done twice. @public */
export interface JobHandler<Data> {
  run(ctx: RequestContext, data: Data): Promise<void>;
  /** Where several cost little more than one. */
  readonly together?: JobsTogether<Data>;
}
/** A job among others, with the context that it has by itself. @public */
export interface JobAmongOthers<Data> { readonly ctx: RequestContext; readonly data: Data }
/** Does several jobs of one council in one go. When it throws, each of them is done again by itself: what some have done already must bear that. @public */
export interface JobsTogether<Data> {
  /** How many at most, in this council. */
  most(ctx: RequestContext): number;
  run(jobs: readonly JobAmongOthers<Data>[]): Promise<void>;
}
