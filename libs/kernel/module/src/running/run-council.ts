import { setFlagsFromString } from 'node:v8';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { CouncilDefinition, Log } from '@guildhall/kernel-contract';
import { BEFORE_WORK } from '../assembling/before-work';
import { installCouncils, type Councils } from '../assembling/installed-council';
import { migrate, pendingMigrations } from '../data/migrate';
import { Readiness } from '../http/readiness';
import { watchRoutes } from '../http/route-table';
import { GuildhallModule, schemaParts, type ProcessOptions } from '../guildhall.module';
import { JsonLog } from '../working/log';
import { HttpOutbound } from '../working/outbound';
import { FailedWork } from '../working/failed-work';
import { contextOfJob, systemPermissions } from '../working/work-plan';
import { FAILED_QUEUE, WORK_QUEUE, Worker } from '../working/worker';
import { aboutCouncil, letsSignIn } from './about-council';
import { warnOfProviders } from './check-providers';
import type { AskedCommand, OwnCommand } from './commands';
import { companionOrigins, pagesThatAnswer, startCompanions, type AnsweringPage, type Companions } from './companions';
import { given, type Given } from './given';
import { provideDatabase, type ProvidedDatabase } from './provide-database';
import { NestsLog } from './nests-log';
import { seedCouncils } from './seed';
import { sentenceOf } from './sentence-of';
import { examine } from './doctor';
import { evidence } from './evidence/evidence';

/** Runs one council's app. @public @example await runCouncil(council, process.argv.slice(2)); */
export async function runCouncil(council: CouncilDefinition, argv: readonly string[], commands: readonly OwnCommand[] = []): Promise<void> {
  await runCouncils([council], argv, commands);
}

/** Runs several councils in one process: the host name picks the council. @public */
export async function runCouncils(councils: readonly CouncilDefinition[], argv: readonly string[], commands: readonly OwnCommand[] = []): Promise<void> {
  try {
    const asked = given(argv, councils, commands);
    if (typeof asked === 'string') console.log(asked);
    else await run(councils, asked);
  } catch (error) {
    console.error(`\n${sentenceOf(error)}\n`);
    if (process.env.GUILDHALL_DEBUG && error instanceof Error) console.error(error.stack, error.cause ?? '');
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 2000).unref();
  }
}

async function run(definitions: readonly CouncilDefinition[], options: Given): Promise<void> {
  const say = options.command === 'start' ? (line: string): void => console.log(line) : (): void => undefined;
  const councils = installCouncils(definitions, process.env, { port: options.port, isDevelopment: options.isDevelopment });
  const log = new JsonLog(process.env.LOG_LEVEL ?? (options.command === 'start' ? 'warn' : 'info'));
  const database = await provideDatabase({ settings: process.env, dataFolder: options.dataFolder, isDevelopment: options.isDevelopment, say });
  const parts = schemaParts(councils);
  // Of a database that came with this process nothing else runs.
  const mayTakeAway = options.mayTakeAway || process.env.DATABASE_URL === undefined;
  const migrateNow = (): Promise<{ applied: readonly string[] }> => migrate({ migrateUrl: database.migrateUrl, appUrl: database.url, parts, log, queues: [FAILED_QUEUE, WORK_QUEUE], mayTakeAway });
  const firstPort = options.port + 100;
  const processOptions: ProcessOptions = { databaseUrl: database.url, workUrl: process.env.DATABASE_WORK_URL, dataFolder: options.dataFolder, isDevelopment: options.isDevelopment, port: options.port, log, companionOrigins: companionOrigins(councils, firstPort), ...fromSettings(process.env) };

  let lacking: Promise<readonly string[]> | undefined;
  switch (options.command) {
    case 'migrate': {
      const { applied } = await migrateNow();
      console.log(applied.length ? `Applied ${applied.length}:\n${applied.map((line) => `  ${line}`).join('\n')}` : 'The database is up to date.');
      await database.stop();
      return;
    }
    case 'doctor': {
      const report = await examine(councils, { ...processOptions, parts, log });
      console.log(options.asJson ? JSON.stringify(report, null, 2) : report.lines.map(({ ok, text }) => `${ok ? 'ok  ' : 'MEND'}  ${text}`).join('\n'));
      await database.stop();
      process.exitCode = report.lines.every(({ ok }) => ok) ? 0 : 1;
      return;
    }
    case 'evidence': {
      const { text, isFaultless } = await evidence(councils, { ...processOptions, parts, now: new Date() }, options);
      console.log(text);
      await database.stop();
      process.exitCode = isFaultless ? 0 : 1;
      return;
    }
    case 'retry': {
      const count = await new FailedWork(processOptions.workUrl ?? database.url, councils.ids).retry(new Date());
      console.log(count ? `${count} piece${count === 1 ? '' : 's'} of work will be done again.` : 'No work has failed for good.');
      await database.stop();
      return;
    }
    case 'start':
    case 'seed': {
      say('Bringing the database up to date …');
      const { applied } = await migrateNow();
      if (applied.length) say(`  ${applied.length} migration${applied.length === 1 ? '' : 's'} applied`);
      break;
    }
    case 'serve':
    case 'own':
    case 'work': {
      lacking = pendingMigrations(database.url, parts);
    }
  }

  const outbound = new HttpOutbound();
  say('Starting the server …');
  const creating = createApp(councils, processOptions);
  // What the database lacks is said first, whatever else fails for it.
  creating.catch(() => undefined);
  const pending = (await lacking) ?? [];
  if (pending.length) throw new Error(`The database lacks ${pending.length} migration${pending.length === 1 ? '' : 's'} (${pending.slice(0, 3).join(', ')}${pending.length > 3 ? ', …' : ''}). Run "migrate" first.`);
  const app = await creating;
  await app.init();

  if (options.own) {
    try {
      console.log(await runOwn(app, councils, options.own, options.of));
    } finally {
      await app.close();
      outbound.close();
      await database.stop();
    }
    return;
  }

  let companions: Promise<Companions> | undefined;
  const startFarEnds = (): Promise<Companions> => startCompanions(councils, { firstPort, dataFolder: options.dataFolder, outbound, log, key: process.env.GUILDHALL_KEY });
  if (options.command === 'seed' || options.command === 'start') {
    // What is invented may have been looked up at a far end.
    if (options.command === 'start') await (companions = startFarEnds());
    const seeded = await seedCouncils(app, councils);
    if (seeded) say('  invented data is in place');
    if (options.command === 'seed') {
      await app.close();
      outbound.close();
      await database.stop();
      return;
    }
  }
  const worker = app.get(Worker);
  const [serves, works] = [options.command !== 'work', options.command !== 'serve'];
  const end = stopOnSignals(async () => {
    if (serves) await app.getHttpAdapter().close();
    if (works) await worker.stop();
    await app.close();
    await (await companions)?.stop();
    outbound.close();
    await database.stop();
  }, log, say);
  if (serves) {
    // Pages come first, and "ready" once the far ends beside this server answer too. In production only those that the council accepted by name have come this far.
    const listening = app.listen({ port: options.port, host: options.host });
    companions = app.get(Readiness).while(companions ? Promise.all([companions, listening]).then(([started]) => started) : listening.then(startFarEnds));
    await companions;
  }
  keepHeapSmall();
  if (end.hasBegun) return;
  if (works) await worker.start();
  if (options.command !== 'start') void warnOfProviders(councils, log, () => end.hasBegun);
  if (options.command === 'start') announce(councils, options, companions && (await pagesThatAnswer(await companions)));
}

/** With what the council has changed of its packages in place, as for a request. @throws Error where the council has no such command */
async function runOwn(app: NestFastifyApplication, councils: Councils, command: AskedCommand, of: string | undefined): Promise<string> {
  const installed = councils.named(of);
  if (!command.isOf(installed)) throw new Error(`${installed.slug} has not chosen the module that brings the command ${command.name}.`);
  const { council, installations } = installed;
  const ctx = contextOfJob(council, command.name, systemPermissions(installations.values()), { correlationId: command.name, language: council.languages[0] });
  for (const each of installed.extensions(BEFORE_WORK)) await each.ready(ctx);
  return command.run(app, ctx);
}

/**
 * Lets the heap grow by three tenths of what lives in it before it is swept again, where V8 would let it double or more: a server under load takes 170 MB in place of 270,
 * at no measurable cost. A host of many councils pays for memory. While it starts it grows freely: nearly all that is loaded stays.
 */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
}

/** A Nest application on Fastify for these councils, ready to be initialised. */
export async function createApp(councils: Councils, options: ProcessOptions): Promise<NestFastifyApplication> {
  const settings = options.settings ?? process.env;
  const adapter = new FastifyAdapter({ logger: false, exposeHeadRoutes: false, rewriteUrl: servableUrl, schemaController: { compilersFactory: { buildValidator: withoutSchemas, buildSerializer: withoutSchemas } }, trustProxy: trustedProxies(settings.TRUSTED_PROXIES), bodyLimit: 1024 * 1024, requestTimeout: 60_000, connectionTimeout: 0, keepAliveTimeout: 65_000, routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 } } as never);
  return NestFactory.create<NestFastifyApplication>(GuildhallModule.forCouncils(councils, options, watchRoutes(adapter.getInstance())), adapter, { logger: new NestsLog('Nest', { logLevels: ['error', 'warn', 'fatal'] }), abortOnError: false, forceCloseConnections: true });
}

/** Who asks for the head of a page is served as one who asks for the page, and Node keeps the body back (RFC 9110, 9.3.2): a second route for each would double the router's work at the start. */
function headAsGet(request: { method?: string }): void {
  if (request.method === 'HEAD') request.method = 'GET';
}

/** An address whose escapes are no characters leads nowhere, as any other without a page: Fastify answers it in words of its own, before it is known whose page was asked for. */
function servableUrl(request: { method?: string; url?: string }): string {
  headAsGet(request);
  const url = request.url as string;
  const [path = ''] = url.split('?', 1);
  if (!path.includes('%')) return url;
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length);
  }
}

/** Bodies are checked by their DTO classes; Fastify's own compilers need not even be loaded. */
function withoutSchemas(): never {
  throw new Error('This route has a schema of Fastify\'s. Take its body as @Body(dto(…)) instead.');
}

function fromSettings(settings: NodeJS.ProcessEnv): Partial<ProcessOptions> {
  return {
    ...(settings.DATABASE_POOL_SIZE ? { poolSize: Number(settings.DATABASE_POOL_SIZE) } : {}),
    ...(settings.DATABASE_PREPARES === 'false' ? { preparesStatements: false } : {}),
    ...(settings.JOB_EXPIRY_SECONDS ? { jobExpiryInSeconds: Number(settings.JOB_EXPIRY_SECONDS) } : {}),
    ...(settings.REQUESTS_PER_MINUTE ? { limits: { requestsPerMinute: Number(settings.REQUESTS_PER_MINUTE) } } : {}),
  };
}

/** Exact addresses of the proxies before this server; without any, nobody's word about the client's address is taken. */
function trustedProxies(value: string | undefined): string[] | false {
  const addresses = value?.split(',').map((address) => address.trim()).filter(Boolean) ?? [];
  return addresses.length ? addresses : false;
}

function announce(councils: Councils, options: Given, pages: readonly AnsweringPage[] = []): void {
  const lines = ['', ...councils.all.flatMap((installed) => aboutCouncil(installed)), ''];
  for (const { title, page } of pages) lines.push(`  ${title}`, `    ${page}`);
  lines.push('', ...(councils.all.some((installed) => letsSignIn('resident', installed)) ? ['  Residents may also sign in with any email address or mobile number: the code is in the messages.'] : []), `  Data is in ${options.dataFolder}. Ctrl-C stops; npm run reset forgets the data.`, '');
  console.log(lines.join('\n'));
}

/** @returns whether it has been told to stop */
function stopOnSignals(stop: () => Promise<void>, log: Log, say: (line: string) => void): { readonly hasBegun: boolean } {
  const end = { hasBegun: false };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (end.hasBegun) return;
      end.hasBegun = true;
      say('\nStopping …');
      const timer = setTimeout(() => process.exit(1), 20_000);
      timer.unref();
      stop().then(() => process.exit(0), (error: unknown) => {
        log.error('process.stop-failed', { error: error instanceof Error ? error.name : 'unknown' });
        process.exit(1);
      });
    });
  }
  return end;
}

export type { ProvidedDatabase };
