import { RequestMethod, type Type } from '@nestjs/common';
import type { ModuleDefinition } from '../assembling/define-module';
import { ACCESS, type Access } from './access';
import { DECLARES_BODY } from './dto';

/** One route with who may call it. @public */
export interface RouteEntry { readonly module: string; readonly controller: string; readonly handler: string; readonly method: string; readonly path: string; readonly access: Access }

const BODY_PARAMETER = 3;

/**
 * Every route of the modules. A route that does not say who may call it, or takes a body without saying what it is, stops the start.
 * @public
 */
export class RouteTable {
  readonly routes: readonly RouteEntry[];
  readonly #moduleOf = new Map<Type<unknown>, string>();

  /** @throws Error naming every route at fault */
  constructor(definitions: readonly Pick<ModuleDefinition<never>, 'id' | 'nest'>[]) {
    const routes: RouteEntry[] = [];
    const problems: string[] = [];
    for (const { id, nest } of definitions) {
      for (const controller of controllersOf(nest)) {
        this.#moduleOf.set(controller, id);
        for (const route of routesOf(id, controller, problems)) routes.push(route);
      }
    }
    if (problems.length) throw new Error(`Routes that cannot be served:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.routes = routes;
  }

  moduleOf(controller: Type<unknown>): string | undefined {
    return this.#moduleOf.get(controller);
  }
}

function controllersOf(module: Type<unknown>): readonly Type<unknown>[] {
  const own = (Reflect.getMetadata('controllers', module) ?? []) as Type<unknown>[];
  const imported = (Reflect.getMetadata('imports', module) ?? []) as (Type<unknown> | { module?: unknown })[];
  return [...own, ...imported.filter((item): item is Type<unknown> => typeof item === 'function').flatMap(controllersOf)];
}

function* routesOf(module: string, controller: Type<unknown>, problems: string[]): Generator<RouteEntry> {
  const prefixes = [Reflect.getMetadata('path', controller) as string | string[]].flat();
  for (const name of Object.getOwnPropertyNames(controller.prototype)) {
    const handler = (controller.prototype as Record<string, unknown>)[name];
    if (name === 'constructor' || typeof handler !== 'function') continue;
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
