import type { Type } from '@nestjs/common';
import type { EventHandler, EventType, JobHandler, RequestContext } from '@guildhall/kernel-contract';
import type { Installation, Permission } from '@guildhall/kernel-contract';
import { isModule } from '../assembling/assemble';
import type { EventReaction, ModuleDefinition } from '../assembling/define-module';

/** All that the modules of a process do later: who handles which event, who does which job, and what comes round again. */
export class WorkPlan {
  readonly #subscribersByEvent = new Map<string, string[]>();
  readonly #ofOutward: string[] = [];
  readonly handlerOf = new Map<string, { readonly module: string; readonly type: Type<JobHandler<never> | EventHandler<never> | EventReaction<never>> }>();
  readonly recurring: { readonly kind: string; readonly module: string; readonly everyMinutes: number }[] = [];

  constructor(definitions: readonly ModuleDefinition<never>[]) {
    for (const definition of definitions) {
      for (const subscriber of definition.subscribers ?? []) {
        const list = subscriber.event === 'outward' ? this.#ofOutward : (this.#subscribersByEvent.get(subscriber.event.type) ?? []);
        list.push(subscriber.id);
        if (subscriber.event !== 'outward') this.#subscribersByEvent.set(subscriber.event.type, list);
        this.handle(`on:${subscriber.id}`, definition.id, subscriber.handler);
      }
      for (const { job, handler } of definition.jobs ?? []) this.handle(`do:${job.id}`, definition.id, handler);
      for (const { job, everyMinutes } of definition.recurring ?? []) this.recurring.push({ kind: `do:${job.id}`, module: definition.id, everyMinutes });
    }
    for (const { kind, module } of this.recurring) if (!this.handlerOf.has(kind)) throw new Error(`${module} repeats ${kind} but no does(…) binds it to a handler.`);
  }

  /** Who wants to know of an event, by id, in a council that has these modules. */
  subscribersOf({ type, outward }: EventType<unknown>, has: (module: string) => boolean): readonly string[] {
    const all = [...(this.#subscribersByEvent.get(type) ?? []), ...(outward ? this.#ofOutward : [])];
    return all.filter((id) => has(this.handlerOf.get(`on:${id}`)?.module ?? ''));
  }

  private handle(kind: string, module: string, type: Type<JobHandler<never> | EventHandler<never> | EventReaction<never>>): void {
    const other = this.handlerOf.get(kind);
    if (other) throw new Error(`${other.module} and ${module} both handle ${kind}. Ids of subscribers and jobs are used once.`);
    this.handlerOf.set(kind, { module, type });
  }
}

/** Every permission that a module's own job holds: those the module declares, and what its contracts' callers need is granted by name. */
export function systemPermissions(installations: Iterable<Installation>): ReadonlySet<string> {
  const permissions: Permission[] = [];
  for (const installation of installations) if (isModule(installation)) permissions.push(...(installation.definition.permissions ?? []));
  return new Set(permissions.map((permission) => permission.id));
}

/** A job's context: it names the job. */
export function contextOfJob(council: RequestContext['council'], job: string, permissions: ReadonlySet<string>, given: { correlationId: string; language: RequestContext['language'] }): RequestContext {
  return Object.freeze({ council, actor: Object.freeze({ kind: 'system' as const, job, permissions }), correlationId: given.correlationId, language: given.language, channel: 'job' as const });
}
