import type { ModuleRef } from '@nestjs/core';
import type { Event, EventHandler, JobHandler, Log, RequestContext } from '@guildhall/kernel-contract';
import { BEFORE_WORK } from '../assembling/before-work';
import type { EventReaction } from '../assembling/define-module';
import type { Councils, InstalledCouncil } from '../assembling/installed-council';
import type { Database } from '../data/database';
import { onBehalfOf, sql } from '../data/transaction';
import { originOf } from './log';
import { isYoung } from './leave-work';
import type { QueuedJob, WaitingJob, Work } from './parcel';
import { contextOfJob, systemPermissions, type WorkPlan } from './work-plan';

type Handler = JobHandler<object> | EventHandler<object> | EventReaction<object>;
interface Piece { readonly ctx: RequestContext; readonly work: Work }

/** Gives work that has come to its turn to whoever handles it. */
export class DoesWork {
  readonly #permissions: ReadonlySet<string>;
  readonly #warnedOf = new Set<string>();

  constructor(private readonly councils: Councils, private readonly database: Database, private readonly plan: WorkPlan, private readonly moduleRef: ModuleRef, private readonly log: Log) {
    this.#permissions = systemPermissions(councils.all.flatMap(({ installations }) => [...installations.values()]));
  }

  /** How many like this one may be done together at most. */
  mostTogether({ council_id: council, kind, data }: WaitingJob): number {
    const installed = this.councils.ofId(council);
    const handler = installed && this.handlerOf(installed, kind);
    if (!handler || !('together' in handler) || !handler.together) return 1;
    const { most } = handler.together;
    return typeof most === 'number' ? most : most(this.contextOf(installed, kind, data));
  }

  /** Whether it is left for a worker of another version, which may know what nobody here does: while servers are upgraded one by one, both take from the same line. */
  leaves(job: QueuedJob, now: Date): boolean {
    const installed = this.councils.ofId(job.council);
    if ((installed && this.handlerOf(installed, job.kind)) || !isYoung(job, now)) return false;
    if (!this.#warnedOf.has(job.kind)) this.log.warn('work.nobody-does-it', { kind: job.kind });
    this.#warnedOf.add(job.kind);
    return true;
  }

  /** @throws Error that says of what failed its kind and code, and quotes nothing */
  async do(job: QueuedJob, id: string): Promise<void> {
    const installed = this.councils.ofId(job.council);
    const handler = installed && this.handlerOf(installed, job.kind);
    if (!handler) throw new Error(`${job.kind} failed: nobody does it`);
    const pieces = (job.together ?? [job.data]).map((work): Piece => ({ work, ctx: this.contextOf(installed, job.kind, work) }));
    try {
      const [first] = pieces;
      if (first) for (const each of installed.extensions(BEFORE_WORK)) await each.ready(first.ctx);
      await this.hand(handler, job.kind.slice(3), pieces);
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      this.log.error('work.failed', { kind: job.kind, job: id, council: installed.slug, correlationId: pieces[0]?.ctx.correlationId, error: code ?? name ?? 'unknown', at: originOf(error), ...(job.together && { together: pieces.length }) });
      // What pg-boss stores of a failure holds no message: a message may quote what a person wrote.
      throw Object.assign(new Error(`${job.kind} failed: ${code ?? name ?? 'unknown'}`), { cause: error });
    }
  }

  private async hand(handler: Handler, name: string, pieces: readonly Piece[]): Promise<void> {
    if ('handle' in handler) return this.deliver(handler, name, pieces);
    if ('together' in handler && handler.together && pieces.length > 1) return handler.together.run(pieces.map(({ ctx, work }) => ({ ctx, data: work.data ?? {} })));
    for (const { ctx, work } of pieces) await (work.event ? (handler as EventReaction<object>).run(ctx, eventOf(work.event)) : (handler as JobHandler<object>).run(ctx, work.data ?? {}));
  }

  /** Inside one transaction, with the inbox rows by which what comes again is known. */
  private async deliver(handler: EventHandler<object>, subscriber: string, pieces: readonly Piece[]): Promise<void> {
    const [first] = pieces;
    if (!first) return;
    await this.database.run(first.ctx, async (tx) => {
      const fresh = await sql<{ event_id: string }>(tx, 'insert into kernel.inbox (council_id, subscriber, event_id) select $1, $2, unnest($3::uuid[]) on conflict do nothing returning event_id', [tx.council.id, subscriber, pieces.map(({ work }) => work.event?.id)]);
      const isFresh = new Set(fresh.map(({ event_id: id }) => id));
      const events = pieces.flatMap(({ ctx, work }) => (work.event && isFresh.delete(work.event.id) ? [{ tx: onBehalfOf(tx, ctx), event: eventOf(work.event) }] : []));
      if (handler.together && events.length > 1) await handler.together.handle(events);
      else for (const { tx: own, event } of events) await handler.handle(own, event);
    });
  }

  private handlerOf(installed: InstalledCouncil, kind: string): Handler | undefined {
    const bound = this.plan.handlerOf.get(kind);
    return bound && installed.has(bound.module) ? this.moduleRef.get<Handler>(bound.type as never, { strict: false }) : undefined;
  }

  private contextOf({ council }: InstalledCouncil, kind: string, work: Work): RequestContext {
    return contextOfJob(council, kind.slice(3), this.#permissions, work);
  }
}

function eventOf(event: NonNullable<Work['event']>): Event<object> {
  return { ...event, at: new Date(event.at) };
}
