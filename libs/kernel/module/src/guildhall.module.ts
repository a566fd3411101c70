import { resolve } from 'node:path';
import { Global, Inject, Module, type DynamicModule, type OnApplicationBootstrap, type OnApplicationShutdown, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, HttpAdapterHost, ModuleRef } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { CLOCK, IDS, type Clock, type Contract, type CouncilDefinition, type Ids, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { isModule } from './assembling/assemble';
import type { ModuleDefinition } from './assembling/define-module';
import { Councils, installCouncils, installedCouncilOf } from './assembling/installed-council';
import { checkManifests } from './assembling/manifest';
import type { Settings } from './assembling/env';
import { Database } from './data/database';
import type { SchemaPart } from './data/migrate';
import { refuseInsideTransaction } from './data/transaction';
import { AccessGuard } from './http/access.guard';
import { giveAnswers } from './http/answers';
import { ErrorsFilter } from './http/errors.filter';
import { openFrontDoor, type Limits } from './http/front-door';
import { Metrics } from './http/metrics';
import { PageRenderer } from './http/page-renderer';
import { RouteTable, type ServedRoute } from './http/route-table';
import { Sessions } from './http/sessions';
import { refuseSandboxes } from './running/companions';
import { Uploads } from './http/uploads';
import { kernelModule } from './working/housekeeping';
import { systemClock, systemIds } from './working/clock';
import { FailedWork } from './working/failed-work';
import { CouncilSecrets } from './working/keys';
import { JsonLog, LOG } from './working/log';
import { HttpOutbound, OUTBOUND } from './working/outbound';
import { TemporaryFiles } from './working/temporary-files';
import { Nudger, Worker } from './working/worker';
import { WorkPlan } from './working/work-plan';

/** How a process runs its councils. Everything has a default that suits development. @public */
export interface ProcessOptions {
  readonly databaseUrl: string;
  /** The worker's login, when it is another one. */
  readonly workUrl?: string;
  readonly port?: number;
  readonly settings?: Settings;
  /** Where keys, sandboxes and local files are kept, and what people send waits until it is looked at: this process writes there. */
  readonly dataFolder?: string;
  readonly isDevelopment?: boolean;
  readonly poolSize?: number;
  readonly preparesStatements?: boolean;
  readonly limits?: Partial<Limits>;
  readonly logLevel?: string;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly log?: Log;
  /** Where the far ends of sandboxes run, by id of companion. */
  readonly companionOrigins?: Readonly<Record<string, string>>;
  /** A killed worker's job is given to another after this long. */
  readonly jobExpiryInSeconds?: number;
}

const DEFAULT_LIMITS: Limits = { requestsPerMinute: 1200, bodyInBytes: 1024 * 1024, fileInBytes: 12 * 1024 * 1024, files: 4, formInBytes: 49 * 1024 * 1024, uploadsInBytes: 1024 * 1024 * 1024, longBodiesInBytes: 64 * 1024 * 1024 };
const USUAL_DATA_FOLDER = '.guildhall';
const COUNCILS = Symbol.for('guildhall:councils');
const PROCESS = Symbol.for('guildhall:process');
const SERVED = Symbol.for('guildhall:served-routes');

/** All definitions of the councils' modules, the kernel's first, each once, in the order in which they depend on one another. */
export function definitionsOf(councils: Councils): readonly ModuleDefinition<never>[] {
  const found = new Map<string, ModuleDefinition<never>>([['kernel', kernelModule.definition as unknown as ModuleDefinition<never>]]);
  for (const { installations } of councils.all) {
    for (const installation of installations.values()) if (isModule(installation) && !found.has(installation.id)) found.set(installation.id, installation.definition as unknown as ModuleDefinition<never>);
  }
  return [...found.values()];
}

/** The schemas of these councils, the kernel's first. */
export function schemaParts(councils: Councils): readonly SchemaPart[] {
  return definitionsOf(councils).flatMap((definition) => (definition.schema ? [{ module: definition.id, schema: definition.schema, migrations: definition.migrations ?? [] }] : []));
}

/**
 * Guildhall inside a Nest application on Fastify: `imports: [GuildhallModule.forRoot(council, { databaseUrl })]` in one that a team already has.
 * @public
 */
@Global()
@Module({})
export class GuildhallModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Nudger) private readonly nudger: Nudger,
    @Inject(OUTBOUND) private readonly outbound: HttpOutbound,
    @Inject(RouteTable) private readonly routes: RouteTable,
    @Inject(SERVED) private readonly served: readonly ServedRoute[],
  ) {}

  onApplicationBootstrap(): void {
    this.routes.refuseOthers(this.served);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.nudger.close();
    this.outbound.close();
    await this.database.close();
  }

  static forRoot(council: CouncilDefinition | readonly CouncilDefinition[], options: ProcessOptions): DynamicModule {
    const settings = options.settings ?? process.env;
    const isDevelopment = options.isDevelopment ?? settings.NODE_ENV !== 'production';
    const definitions = Array.isArray(council) ? (council as readonly CouncilDefinition[]) : [council as CouncilDefinition];
    return this.forCouncils(installCouncils(definitions, settings, { port: options.port ?? 4000, isDevelopment }), options);
  }

  /** @param served what Fastify has, when nothing but Guildhall may serve anything there */
  static forCouncils(councils: Councils, options: ProcessOptions, served: readonly ServedRoute[] = []): DynamicModule {
    // Every way of starting comes by here.
    if (!councils.isDevelopment) refuseSandboxes(councils);
    checkManifests(councils);
    const definitions = definitionsOf(councils);
    const plan = new WorkPlan(definitions);
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const providers: Provider[] = [
      { provide: PROCESS, useValue: options },
      { provide: COUNCILS, useValue: councils },
      { provide: Councils, useExisting: COUNCILS },
      { provide: WorkPlan, useValue: plan },
      { provide: CLOCK, useValue: options.clock ?? systemClock },
      { provide: IDS, useValue: options.ids ?? systemIds },
      { provide: LOG, useFactory: () => options.log ?? new JsonLog(options.logLevel ?? 'info') },
      { provide: OUTBOUND, useFactory: () => new HttpOutbound() },
      { provide: FailedWork, useFactory: () => new FailedWork(options.workUrl ?? options.databaseUrl, councils.ids) },
      { provide: Metrics, inject: [FailedWork], useFactory: (failed: FailedWork) => new Metrics(() => failed.count(), (options.settings ?? process.env).METRICS_TOKEN) },
      { provide: TemporaryFiles, inject: [LOG], useFactory: (log: Log) => new TemporaryFiles(resolve(options.dataFolder ?? USUAL_DATA_FOLDER, 'uploads'), limits.uploadsInBytes, log) },
      { provide: Uploads, inject: [TemporaryFiles], useFactory: (files: TemporaryFiles) => new Uploads(limits, files) },
      { provide: RouteTable, useFactory: () => RouteTable.of(definitions) },
      { provide: SERVED, useValue: served },
      {
        provide: Database,
        // After the routes: no connection is opened for an app that they keep from starting.
        inject: [CLOCK, IDS, RouteTable],
        useFactory: async (clock: Clock, ids: Ids) => {
          const database = await Database.open({ url: options.databaseUrl, role: 'guildhall_app', poolSize: options.poolSize ?? 8, entities: definitions.flatMap((definition) => definition.entities ?? []), preparesStatements: options.preparesStatements ?? true }, clock, ids);
          // A council that has not chosen the subscriber's module has nobody to do its work.
          database.subscribersOf = (ctx, event) => plan.subscribersOf(event, (module) => installedCouncilOf(ctx).has(module));
          return database;
        },
      },
      { provide: Nudger, inject: [Database, Metrics], useFactory: (database: Database, metrics: Metrics) => connectedNudger(options.databaseUrl, database, metrics) },
      {
        provide: Worker,
        inject: [Database, ModuleRef, CLOCK, IDS, LOG],
        useFactory: (database: Database, moduleRef: ModuleRef, clock: Clock, ids: Ids, log: Log) =>
          new Worker({ url: options.workUrl ?? options.databaseUrl, expireInSeconds: options.jobExpiryInSeconds ?? 60, retryLimit: 12, concurrency: 2 }, councils, database, plan, moduleRef, clock, ids, log),
      },
      Sessions,
      { provide: PageRenderer, inject: [LOG], useFactory: (log: Log) => PageRenderer.of(councils, definitions, log, councils.isDevelopment) },
      ...dispatchers(definitions),
      ErrorsFilter,
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_FILTER, useExisting: ErrorsFilter },
      {
        provide: 'guildhall:front-door',
        inject: [HttpAdapterHost, Sessions, CLOCK, IDS, LOG, OUTBOUND, Metrics, ModuleRef, PageRenderer, Uploads],
        useFactory: async (host: HttpAdapterHost, sessions: Sessions, clock: Clock, ids: Ids, log: Log, outbound: HttpOutbound, metrics: Metrics, moduleRef: ModuleRef, renderer: PageRenderer, uploads: Uploads) => {
          connectCouncils(councils, options, { clock, ids, log, outbound, moduleRef });
          if (!host?.httpAdapter) return false;
          const fastify = host.httpAdapter.getInstance<FastifyInstance>();
          await openFrontDoor(fastify, { councils, sessions, clock, log, metrics, limits, uploads, inlineScript: renderer.inlineScript });
          giveAnswers(fastify, renderer);
          renderer.serveAssets(fastify);
          return true;
        },
      },
    ];
    return {
      module: GuildhallModule,
      imports: [...definitions.map((definition) => definition.nest as Type<unknown>)],
      providers,
      exports: [CLOCK, IDS, LOG, OUTBOUND, Database, Sessions, Councils, Metrics, PageRenderer, RouteTable, TemporaryFiles, Worker, WorkPlan, ...contractsOf(definitions).map((contract) => contract.token)],
    };
  }
}

function contractsOf(definitions: readonly ModuleDefinition<never>[]): readonly Contract<unknown>[] {
  const contracts = new Map<string, Contract<unknown>>();
  for (const definition of definitions) for (const contract of [...(definition.provides ?? []).map((provided) => provided.contract), ...(definition.requires ?? []).map((need) => need.contract)]) contracts.set(contract.id, contract);
  return [...contracts.values()];
}

/** At each contract's token its dispatcher, which picks the council's implementation from the context of the call. */
function dispatchers(definitions: readonly ModuleDefinition<never>[]): Provider[] {
  return contractsOf(definitions).map((contract) => ({
    provide: contract.token,
    useFactory: () => contract.dispatch((ctx: RequestContext) => {
      refuseInsideTransaction(`${contract.id} was called`);
      return installedCouncilOf(ctx).implementationOf(contract);
    }),
  }));
}

function connectedNudger(url: string, database: Database, metrics: Metrics): Nudger {
  const nudger = new Nudger(url, () => undefined);
  database.onJobsWaiting = () => {
    metrics.jobsEnqueued();
    nudger.nudge();
  };
  return nudger;
}

function connectCouncils(councils: Councils, options: ProcessOptions, parts: { clock: Clock; ids: Ids; log: Log; outbound: HttpOutbound; moduleRef: ModuleRef }): void {
  const dataFolder = options.dataFolder ?? USUAL_DATA_FOLDER;
  const settings = options.settings ?? process.env;
  const secrets = new CouncilSecrets(dataFolder, settings.GUILDHALL_KEY);
  for (const installed of councils.all) {
    installed.connect(parts.moduleRef, (council, provider) => ({
      council, clock: parts.clock, ids: parts.ids, log: parts.log, outbound: parts.outbound, dataFolder,
      companionOrigin: provider.companion && options.companionOrigins?.[provider.companion.id],
      secret: (name) => secrets.ofProvider(council.id, provider.id, name),
    }), (council, name) => secrets.ofModule(council.id, name));
  }
}
