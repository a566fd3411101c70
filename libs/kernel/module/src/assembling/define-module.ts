import type { Type } from '@nestjs/common';
import type { Contract, EventHandler, EventType, Event, ExtensionPoint, Installation, JobHandler, JobType, Permission, ProviderInstallation, Registration, RequestContext, Texts } from '@guildhall/kernel-contract';
import type { Migration } from '../data/migration';

/** A Nest class that implements a contract. @public */
export interface Implementation { readonly contract: Contract<unknown>; readonly use: Type<unknown> }
/** A contract that a module needs, with the range of versions that it understands. @public */
export interface Need { readonly contract: Contract<unknown>; readonly range: string; readonly isOptional: boolean }
/** A handler of an event, under an id that never changes: it names the handler's inbox rows. @public */
export interface Subscriber { readonly id: string; readonly event: EventType<unknown> | 'outward'; readonly handler: Type<EventHandler<never> | EventReaction<never>> }
/** Handles an event outside any transaction, at least once: it may call other modules and the network. @public */
export interface EventReaction<Data> { run(ctx: RequestContext, event: Event<Data>): Promise<void> }
/** Who does a kind of job. @public */
export interface JobBinding { readonly job: JobType<unknown>; readonly handler: Type<JobHandler<never>> }
/** A job done again and again for every council that has the module. @public */
export interface Recurring { readonly job: JobType<unknown>; readonly everyMinutes: number }
/** Puts invented data into a development database; may be run again. @public */
export interface Seeder { seed(ctx: RequestContext): Promise<void> }

/** Pages that modules which implement the same contract have in common: their words and templates, there once for the process. Their controllers are in a Nest module that each imports. @public */
export interface SharedPages {
  /** First part of the keys of their words: the capability, `payments`. */
  readonly prefix: string;
  readonly texts?: Texts;
  readonly deskTexts?: Texts;
  readonly viewsFolder?: string;
}

/** What makes a module. @public */
export interface ModuleDefinition<Options> {
  readonly id: string;
  readonly version: string;
  /** The folder that holds its package.json. */
  readonly packageFolder: string;
  /** An ordinary Nest module: providers and controllers. */
  readonly nest: Type<unknown>;
  readonly provides?: readonly Implementation[];
  readonly requires?: readonly Need[];
  readonly schema?: string;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type for an entity class
  readonly entities?: readonly Function[];
  readonly migrations?: readonly Migration[];
  readonly permissions?: readonly Permission[];
  readonly events?: readonly EventType<unknown>[];
  readonly subscribers?: readonly Subscriber[];
  readonly jobs?: readonly JobBinding[];
  readonly recurring?: readonly Recurring[];
  readonly extensionPoints?: readonly ExtensionPoint<unknown>[];
  readonly registers?: readonly Registration[];
  readonly texts?: Texts;
  readonly deskTexts?: Texts;
  readonly viewsFolder?: string;
  readonly sharedPages?: SharedPages;
  /** Scripts and pictures of its own: `asset('services/map.js')` in templates. */
  readonly assetsFolder?: string;
  readonly defaults?: Partial<Options>;
  readonly providersIn?: (options: Options) => readonly ProviderInstallation[];
  readonly seed?: Type<Seeder>;
}

/** A module as a council's configuration names it. @public */
export interface ModuleInstallation<Options = unknown> extends Installation<Options> {
  readonly kind: 'module';
  readonly definition: ModuleDefinition<Options>;
}

/** The lower-case noun that a council writes: `payments({ providers: [sandboxPayments()] })`. @public */
export interface ModuleFunction<Options> {
  (...options: Partial<Options> extends Options ? [options?: Options] : [options: Options]): ModuleInstallation<Options>;
  readonly definition: ModuleDefinition<Options>;
}

const made = new WeakSet<object>();
/** Whether this copy of the kernel made it: what another copy made asks Nest for classes that are not there. */
export function isOfThisKernel(definition: object): boolean { return made.has(definition); }

/** Declares a module. @public */
export function defineModule<Options extends object = Record<never, never>>(definition: ModuleDefinition<Options>): ModuleFunction<Options> {
  const make = (options?: Options): ModuleInstallation<Options> => {
    const merged = { ...definition.defaults, ...options } as Options;
    const providers = definition.providersIn ? definition.providersIn(merged) : ((merged as { providers?: readonly ProviderInstallation[] }).providers ?? []);
    return Object.freeze({
      kind: 'module' as const, id: definition.id, version: definition.version, options: Object.freeze(merged), definition,
      requires: (definition.requires ?? []).filter((need) => !need.isOptional),
      registers: definition.registers ?? [], providers, packageFolder: definition.packageFolder,
    });
  };
  made.add(definition);
  return Object.assign(make, { definition }) as ModuleFunction<Options>;
}

/** @public */
export function implement<Api>(contract: Contract<Api>, use: Type<Api>): Implementation {
  return { contract: contract as Contract<unknown>, use };
}
/** A contract without which the module cannot work. @public */
export function needs<Api>(contract: Contract<Api>, range: string): Need {
  return { contract: contract as Contract<unknown>, range, isOptional: false };
}
/** A contract that the module uses when the council has it. @public */
export function mayUse<Api>(contract: Contract<Api>, range: string): Need {
  return { contract: contract as Contract<unknown>, range, isOptional: true };
}
/** @public */
export function on<Data>(id: string, event: EventType<Data>, handler: Type<EventHandler<Data>> | Type<EventReaction<Data>>): Subscriber {
  return { id, event: event as EventType<unknown>, handler: handler as Subscriber['handler'] };
}
/** Subscribes to every event of the council's modules that may be told outside, also to those of modules that are not written yet. @public */
export function onOutward(id: string, handler: Type<EventHandler<object>>): Subscriber {
  return { id, event: 'outward', handler: handler as Subscriber['handler'] };
}
/** @public */
export function does<Data>(job: JobType<Data>, handler: Type<JobHandler<Data>>): JobBinding {
  return { job: job as JobType<unknown>, handler: handler as JobBinding['handler'] };
}
/** @public @example every('15 minutes', ReconcilePending) */
export function every(period: `${number} minutes` | 'minute' | 'hour' | 'day', job: JobType<Record<never, never>>): Recurring {
  const everyMinutes = period === 'minute' ? 1 : period === 'hour' ? 60 : period === 'day' ? 1440 : Number.parseInt(period, 10);
  if (!(everyMinutes >= 1)) throw new Error(`"${period}" is not a period: say "minute", "15 minutes", "hour" or "day".`);
  return { job: job as JobType<unknown>, everyMinutes };
}
