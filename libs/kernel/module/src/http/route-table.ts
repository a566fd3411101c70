import { RequestMethod, type DynamicModule, type ForwardReference, type Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { ModuleDefinition } from '../assembling/define-module';
import { ACCESS, type Access } from './access';
import { DECLARES_BODY } from './dto';

/** One route with who may call it. @public */
export interface RouteEntry { readonly module: string; readonly controller: string; readonly handler: string; readonly method: string; readonly path: string; readonly access: Access }

/** One route as Fastify has it. */
export interface ServedRoute { readonly method: string; readonly url: string }

/** Style sheets, scripts and pictures: the one route that is nobody's controller. */
export const ASSETS_ROUTE = '/assets/*';
const BODY_PARAMETER = 3;
const METHODS = new MetadataScanner();
type Imported = Type<unknown> | DynamicModule | ForwardReference<() => Imported>;

/** Every route that this Fastify is given from now on, by whomever. */
export function watchRoutes(fastify: FastifyInstance): readonly ServedRoute[] {
  const served: ServedRoute[] = [];
  fastify.addHook('onRoute', ({ method, url }) => void served.push(...[method].flat().map((one) => ({ method: one, url }))));
  return served;
}

/**
 * Every route of the modules. A route that does not say who may call it, or takes a body without saying what it is, stops the start.
 * @public
 */
export class RouteTable {
  readonly routes: readonly RouteEntry[];

  private constructor(routes: readonly RouteEntry[], private readonly modules: ReadonlyMap<Type<unknown>, readonly string[]>) {
    this.routes = routes;
  }

  /** @throws Error naming every route at fault */
  static async of(definitions: readonly Pick<ModuleDefinition<never>, 'id' | 'nest'>[]): Promise<RouteTable> {
    const routes: RouteEntry[] = [];
    const problems: string[] = [];
    const modules = new Map<Type<unknown>, readonly string[]>();
    for (const { id, nest } of definitions) {
      for (const controller of await controllersOf(nest)) {
        // Modules that implement the same contract may have pages in common.
        const others = modules.get(controller);
        modules.set(controller, [...(others ?? []), id]);
        if (!others) routes.push(...routesOf(id, controller, problems));
      }
    }
    refuse(problems);
    return new RouteTable(routes, modules);
  }

  /** The modules in whose trees a controller is; undefined for one of the surrounding application. */
  modulesOf(controller: Type<unknown>): readonly string[] | undefined {
    return this.modules.get(controller);
  }

  /** @throws Error naming every route that is served and is not in the table: nothing would ask who calls it */
  refuseOthers(served: readonly ServedRoute[]): void {
    const known = new Set(this.routes.map(({ method, path }) => `${method} ${path}`));
    const isKnown = ({ method, url }: ServedRoute): boolean => [method, 'ALL', ...(method === 'HEAD' ? ['GET'] : [])].some((one) => known.has(`${one} ${url}`));
    refuse(served.filter((route) => route.url !== ASSETS_ROUTE && !isKnown(route)).map(({ method, url }) => `${method} ${url} is in no controller of an installed module. Serve it from one, under the path that its decorators say.`));
  }
}

function refuse(problems: readonly string[]): void {
  if (problems.length) throw new Error(`Routes that cannot be served:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
}

/** The controllers of a module and of all that it imports, in every form in which Nest takes a module. */
async function controllersOf(given: Imported | Promise<DynamicModule>, seen = new Set<Imported>()): Promise<readonly Type<unknown>[]> {
  const module = await given;
  if (seen.has(module)) return [];
  seen.add(module);
  if ('forwardRef' in module) return controllersOf(module.forwardRef(), seen);
  const isClass = typeof module === 'function';
  const controllers = (isClass ? Reflect.getMetadata('controllers', module) : module.controllers) as DynamicModule['controllers'];
  const imports = (isClass ? Reflect.getMetadata('imports', module) : [module.module, ...(module.imports ?? [])]) as (Imported | Promise<DynamicModule>)[] | undefined;
  const imported: Type<unknown>[] = [];
  for (const one of imports ?? []) imported.push(...(await controllersOf(one, seen)));
  return [...(controllers ?? []), ...imported];
}

function* routesOf(module: string, controller: Type<unknown>, problems: string[]): Generator<RouteEntry> {
  const prefixes = [Reflect.getMetadata('path', controller) as string | string[]].flat();
  for (const name of METHODS.getAllMethodNames(controller.prototype as object)) {
    const handler = (controller.prototype as Record<string, object>)[name] as object;
    const paths = Reflect.getMetadata('path', handler) as string | string[] | undefined;
    if (paths === undefined) continue;
    const method = RequestMethod[Reflect.getMetadata('method', handler) as RequestMethod];
    const access = Reflect.getMetadata(ACCESS, handler) as Access | undefined;
    const where = `${module} ${controller.name}.${name}`;
    if (!access) {
      problems.push(`${where} does not say who may call it. Add @Public(), @ForResidents(), @ForOfficers(), @Requires(…) or @Webhook().`);
      continue;
    }
    const parameters = (Reflect.getMetadata('__routeArguments__', controller, name) ?? {}) as Record<string, { pipes?: { [DECLARES_BODY]?: unknown }[] }>;
    for (const [key, { pipes }] of Object.entries(parameters)) {
      if (Number(key.split(':')[0]) === BODY_PARAMETER && !pipes?.some((pipe) => pipe[DECLARES_BODY] !== undefined)) problems.push(`${where} takes a body without saying what it is. Write @Body(dto(SomeClass)) or @Body(form()).`);
    }
    for (const prefix of prefixes) for (const path of [paths].flat()) yield { module, controller: controller.name, handler: name, method, path: `/${[prefix, path].map((part) => part.replace(/^\/+|\/+$/g, '')).filter(Boolean).join('/')}`, access };
  }
}
