import type { ModuleRef } from '@nestjs/core';
import type { Contract, Council, CouncilConfig, CouncilDefinition, CouncilId, EventType, ExtensionPoint, Installation, Permission, Port, ProviderDependencies, ProviderInstallation, RequestContext, Theme } from '@guildhall/kernel-contract';
import { CONNECTION, NotFound } from '@guildhall/kernel-contract';
import { assemble, isModule } from './assemble';
import { CouncilEnv, ownName, type Settings } from './env';
import type { ModuleFunction } from './define-module';

const INSTALLED = Symbol.for('guildhall:installed-council');

/** What a process knows of one council that it hosts: its configuration, in order, and what was made from it. Made lazily: 433 fit in a process. */
export class InstalledCouncil {
  readonly council: Council;
  readonly installations: ReadonlyMap<string, Installation>;
  readonly providerInstallations: readonly ProviderInstallation[];
  readonly hosts: readonly string[];
  #instances: ReadonlyMap<ProviderInstallation, unknown> = new Map();
  readonly #extensions = new Map<string, readonly unknown[]>();
  readonly #changed = new Map<string, readonly unknown[]>();
  readonly #permissions = new Map<string, ReadonlySet<string>>();
  readonly #implementations = new Map<string, unknown>();
  #moduleRef: ModuleRef | undefined;
  #dependencies: ((council: Council, provider: ProviderInstallation) => ProviderDependencies) | undefined;
  #secret: ((council: Council, name: string) => Uint8Array) | undefined;
  readonly #secrets = new Map<string, Uint8Array>();

  constructor(readonly slug: string, readonly config: CouncilConfig) {
    const { council, modules } = config;
    const named = typeof council.name === 'string' ? { en: council.name, cy: council.name } : council.name;
    this.installations = new Map(assemble(slug, modules).map((installation) => [installation.id, installation]));
    this.providerInstallations = [...this.installations.values()].flatMap((installation) => installation.providers);
    this.council = Object.freeze({
      id: checkedUuid(slug, council.id), slug, gssCode: council.gssCode, name: named, languages: council.languages, nation: council.nation, origin: council.origin,
      referencePrefix: council.referencePrefix, contact: council.contact, [INSTALLED]: this,
    });
    this.hosts = [new URL(council.origin).hostname, ...(council.alsoAt ?? [])].map((host) => host.toLowerCase());
  }

  /** Whether the council has a module; every council has the kernel. */
  has(module: string): boolean {
    return module === 'kernel' || this.installations.has(module);
  }

  /** Called once, when the Nest application exists. */
  connect(moduleRef: ModuleRef, dependencies: (council: Council, provider: ProviderInstallation) => ProviderDependencies, secret: (council: Council, name: string) => Uint8Array): void {
    this.#moduleRef = moduleRef;
    this.#dependencies = dependencies;
    this.#secret = secret;
  }

  secret(name: string): Uint8Array {
    let found = this.#secrets.get(name);
    if (!found) {
      if (!this.#secret) throw new Error(`${this.slug} is not running yet: it has no secrets.`);
      found = this.#secret(this.council, name);
      this.#secrets.set(name, found);
    }
    return found;
  }

  dependenciesOf(provider: ProviderInstallation): ProviderDependencies {
    if (!this.#dependencies) throw new Error(`${this.slug} is not running yet: its providers cannot be made.`);
    return this.#dependencies(this.council, provider);
  }

  /** Where forms of the council's pages may lead, besides its own site: what its providers say, or those of one port. */
  formOrigins(port?: Port<unknown>): readonly string[] {
    return this.providerInstallations.filter((provider) => !port || provider.port.id === port.id).flatMap((provider) => provider.formOrigins?.(this.dependenciesOf(provider)) ?? []);
  }

  providers<Provider>(port: Port<Provider>): readonly Provider[] {
    return this.providerInstallations.filter((provider) => provider.port.id === port.id).map((provider) => this.instanceOf(provider) as Provider);
  }

  instanceOf(provider: ProviderInstallation): unknown {
    if (!this.#instances.has(provider)) this.#instances = new Map(this.#instances).set(provider, provider.create(this.dependenciesOf(provider)));
    return this.#instances.get(provider);
  }

  /** What is registered at a point, with the council's own changes to it. */
  extensions<Extension>(point: ExtensionPoint<Extension>): readonly Extension[] {
    return (this.#changed.get(point.id) as readonly Extension[] | undefined) ?? this.registered(point);
  }

  /** Puts these in place of what is registered at a point, until the next change; undefined takes the change back. */
  change<Extension>(point: ExtensionPoint<Extension>, changed: readonly Extension[] | undefined): void {
    if (changed) this.#changed.set(point.id, changed);
    else this.#changed.delete(point.id);
  }

  /** What modules and packs have registered at a point, as they did. */
  registered<Extension>(point: ExtensionPoint<Extension>): readonly Extension[] {
    let found = this.#extensions.get(point.id);
    if (!found) {
      found = [...this.installations.values()]
        .flatMap((installation) => installation.registers)
        .filter((registration) => registration.point.id === point.id)
        .map(({ extension }) => (typeof extension === 'function' ? this.resolve(extension as new (...args: never[]) => unknown) : extension));
      this.#extensions.set(point.id, found);
    }
    return found as readonly Extension[];
  }

  /** What these roles may do here: the modules' defaults, with the council's own grants added. */
  permissionsOf(roles: readonly string[]): ReadonlySet<string> {
    const key = roles.join(' ');
    let found = this.#permissions.get(key);
    if (!found) {
      const granted = this.permissions.filter((permission) => permission.roles.some((role) => roles.includes(role))).map((permission) => permission.id);
      const own = roles.flatMap((role) => this.config.grants?.[role] ?? []);
      found = new Set([...granted, ...own]);
      this.#permissions.set(key, found);
    }
    return found;
  }

  get permissions(): readonly Permission[] {
    return [...this.installations.values()].filter(isModule).flatMap((installation) => installation.definition.permissions ?? []);
  }

  implementationOf(contract: Contract<unknown>): unknown {
    const known = this.#implementations.get(contract.id);
    if (known) return known;
    for (const installation of this.installations.values()) {
      const implementation = isModule(installation) && installation.definition.provides?.find((provided) => provided.contract.id === contract.id);
      if (!implementation) continue;
      const found = this.resolve(implementation.use as new (...args: never[]) => unknown);
      this.#implementations.set(contract.id, found);
      return found;
    }
    throw new NotFound(`${this.slug} has no module that provides ${contract.id}.`);
  }

  private resolve(type: new (...args: never[]) => unknown): unknown {
    if (!this.#moduleRef) throw new Error(`${this.slug} is not running yet: ${type.name} cannot be resolved.`);
    return this.#moduleRef.get(type as never, { strict: false });
  }
}

/** The councils of one process, by slug, id and host name. @public */
export class Councils {
  readonly all: readonly InstalledCouncil[];
  readonly #byHost = new Map<string, InstalledCouncil>();
  readonly #byId = new Map<string, InstalledCouncil>();

  constructor(councils: readonly InstalledCouncil[], readonly isDevelopment: boolean) {
    this.all = councils;
    for (const council of councils) {
      if (this.#byId.has(council.council.id)) throw new Error(`${council.slug} and ${this.#byId.get(council.council.id)?.slug} have the same council id ${council.council.id}. Each council has one of its own.`);
      this.#byId.set(council.council.id, council);
      for (const host of council.hosts) {
        const other = this.#byHost.get(host) ?? council;
        if (other !== council) throw new Error(`${other.slug} and ${council.slug} have the same host name ${host}, and one of them could not be reached. Give each an address of its own: ${ownName(other.slug, 'PUBLIC_ORIGIN')} and ${ownName(council.slug, 'PUBLIC_ORIGIN')}, and no name of the other's in alsoAt.`);
        this.#byHost.set(host, council);
      }
    }
    const [first] = councils;
    if (isDevelopment) for (const council of councils) if (!this.#byHost.has(`${council.slug}.localhost`)) this.#byHost.set(`${council.slug}.localhost`, council);
    if (isDevelopment && first) for (const host of ['localhost', '127.0.0.1', '[::1]']) if (!this.#byHost.has(host)) this.#byHost.set(host, first);
  }

  ofHost(host: string | undefined): InstalledCouncil | undefined {
    return host === undefined ? undefined : this.#byHost.get(host.replace(/:\d+$/, '').toLowerCase());
  }
  ofId(id: string): InstalledCouncil | undefined {
    return this.#byId.get(id);
  }
  /** Which council a command means. @throws Error that says which there are when it is not said, or nobody's */
  named(slug: string | undefined): InstalledCouncil {
    const found = this.all.find((one) => one.slug === (slug ?? (this.all.length === 1 ? one.slug : undefined)));
    if (!found) throw new Error(`Of which council? --council is one of ${this.all.map((one) => one.slug).join(', ')}.`);
    return found;
  }
  get ids(): readonly CouncilId[] {
    return this.all.map(({ council }) => council.id);
  }
}

/**
 * Reads the configurations of one process.
 * @throws Error with every problem of a council's settings, or WrongAssembly
 */
export function installCouncils(definitions: readonly CouncilDefinition[], settings: Settings, options: { readonly port: number; readonly isDevelopment: boolean }): Councils {
  const councils = definitions.map((definition, index) => {
    const host = index === 0 ? 'localhost' : `${definition.slug}.localhost`;
    const env = new CouncilEnv(definition.slug, settings, definitions.length > 1, options.isDevelopment ? `http://${host}:${options.port}` : undefined);
    const config = configured(definition, env);
    env.failIfWrong();
    return new InstalledCouncil(definition.slug, config);
  });
  return new Councils(councils, options.isDevelopment);
}

/** What cannot be made of a setting that is missing is the lesser news: the settings are named instead. */
function configured(definition: CouncilDefinition, env: CouncilEnv): ReturnType<CouncilDefinition['configure']> {
  try {
    return definition.configure({ env });
  } catch (error) {
    env.failIfWrong();
    throw error;
  }
}

/** The council behind a context. */
export function installedCouncilOf(ctx: { readonly council: Council }): InstalledCouncil {
  const installed = (ctx.council as { [INSTALLED]?: InstalledCouncil })[INSTALLED];
  if (!installed) throw new Error(`The council ${ctx.council.slug} of this context is not installed in this process: contexts come from the kernel.`);
  return installed;
}

/** The council's options of a module. @public @throws NotFound when the council has not chosen the module */
export function optionsOf<Options>(ctx: RequestContext, module: ModuleFunction<Options>): Options {
  const installation = installedCouncilOf(ctx).installations.get(module.definition.id);
  if (!installation) throw new NotFound(`${ctx.council.slug} has not chosen the module ${module.definition.id}.`);
  return installation.options as Options;
}
/** 32 bytes that belong to this council and this name, the same on every start and every server. Begin the name with the module's id: `cases.status-key`. @public */
export function secretOf(ctx: { readonly council: Council }, name: string): Uint8Array {
  return installedCouncilOf(ctx).secret(name);
}
/** The council's look: for what is shown outside the pages, such as e-mails and letters. @public */
export function themeOf(ctx: { readonly council: Council }): Theme {
  return installedCouncilOf(ctx).config.theme;
}
/** Whether officers of these roles may do something in this council: of a colleague, whose own context nobody has. @public */
export function rolesMay(ctx: RequestContext, roles: readonly string[], permission: Permission): boolean {
  return installedCouncilOf(ctx).permissionsOf(roles).has(permission.id);
}
/** Everything that may be permitted in this council: what its modules have declared, in the order in which it chose them. @public */
export function permissionsIn(ctx: { readonly council: Council }): readonly Permission[] {
  return installedCouncilOf(ctx).permissions;
}
/** Whether the council has chosen a module or service pack. @public */
export function hasModule(ctx: RequestContext, id: string): boolean {
  return installedCouncilOf(ctx).has(id);
}
/** Whether a module of the council provides a contract: asked before a call that is welcome and not needed. @public */
export function hasContract(ctx: RequestContext, contract: { readonly id: string }): boolean {
  for (const installation of installedCouncilOf(ctx).installations.values()) {
    if (isModule(installation) && installation.definition.provides?.some((provided) => provided.contract.id === contract.id)) return true;
  }
  return false;
}
/** The council's providers of a port, in the order of its configuration. @public */
export function providersOf<Provider>(ctx: RequestContext, port: Port<Provider>): readonly Provider[] {
  return installedCouncilOf(ctx).providers(port);
}
/** The ids of those providers, in the same order. @public */
export function providerIdsOf(ctx: RequestContext, port: Port<unknown>): readonly string[] {
  return installedCouncilOf(ctx).providerInstallations.filter((provider) => provider.port.id === port.id).map((provider) => provider.id);
}
/** What people call a provider of the council, or another connection that one of its modules looks at: its title in their language, or the id of one that has none or is there no more. @public */
export function providerTitleOf(ctx: RequestContext, id: string): string {
  const installed = installedCouncilOf(ctx);
  return [...installed.providerInstallations, ...installed.extensions(CONNECTION)].find((one) => one.id === id)?.title?.[ctx.language] ?? id;
}
/** Origins to which forms of the council's pages may lead because of its providers of a port: the pages on which people pay, say. @public */
export function formOriginsOf(ctx: { readonly council: Council }, port: Port<unknown>): readonly string[] {
  return installedCouncilOf(ctx).formOrigins(port);
}
/** The events that the council's modules publish, in the order of the modules. @public */
export function eventsOf(ctx: RequestContext): readonly EventType<unknown>[] {
  return [...installedCouncilOf(ctx).installations.values()].filter(isModule).flatMap((installation) => installation.definition.events ?? []);
}
/** What the council's modules and packs have registered at a point, with what the council has changed of it since. The same list until something changes: whatever is made from it can be kept by it. @public */
export function extensionsOf<Extension>(ctx: RequestContext, point: ExtensionPoint<Extension>): readonly Extension[] {
  return installedCouncilOf(ctx).extensions(point);
}
/** What the council's modules and packs have registered at a point, without what the council has changed of it since. @public */
export function registeredAt<Extension>(ctx: { readonly council: Council }, point: ExtensionPoint<Extension>): readonly Extension[] {
  return installedCouncilOf(ctx).registered(point);
}
/**
 * Puts a council's own in place of what is registered at a point: for this council, in this process, until the next change. Undefined takes it back.
 * For the module that keeps a council's configuration: what is changed must be kept somewhere, and every process must learn of it ({@link BEFORE_WORK}).
 * @beta
 */
export function changeRegistered<Extension>(ctx: { readonly council: Council }, point: ExtensionPoint<Extension>, changed: readonly Extension[] | undefined): void {
  installedCouncilOf(ctx).change(point, changed);
}
/** The version of a module or service pack that the council has chosen; undefined when it has not. @public */
export function installedVersionOf(ctx: { readonly council: Council }, id: string): string | undefined {
  return installedCouncilOf(ctx).installations.get(id)?.version;
}

function checkedUuid(slug: string, id: string): CouncilId {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)) throw new Error(`The council id of ${slug} is "${id}": it must be a UUID in lower case, written once and never changed.`);
  return id as CouncilId;
}
