import type { RequestContext } from './context';

/** A capability's standard interface: what other modules inject, and which version of it. @public */
export interface Contract<Api> {
  /** The capability: `payments`. */
  readonly id: string;
  readonly version: string;
  /** The injection token: `@Inject(PAYMENTS.token) payments: PaymentsApi`. */
  readonly token: symbol;
  /** Makes the explicit dispatcher that picks the council's implementation from the context of each call. */
  readonly dispatch: (pick: (ctx: RequestContext) => Api) => Api;
}

/** Declares a contract. @public */
export function defineContract<Api>(contract: { id: string; version: string; dispatch: (pick: (ctx: RequestContext) => Api) => Api }): Contract<Api> {
  return Object.freeze({ ...contract, token: Symbol.for(`guildhall:contract:${contract.id}`) });
}

/** A port: what somebody else's provider must do for a module. @public */
export interface Port<Provider> {
  readonly id: string;
  readonly version: string;
  /** Carries the type; never present. */
  readonly __provider?: Provider;
}
/** Declares a port. @public */
export function definePort<Provider>(id: string, version: string): Port<Provider> {
  return Object.freeze({ id, version });
}

/** A typed place where other packages register something: a service, a panel, a page. @public */
export interface ExtensionPoint<Extension> {
  readonly id: string;
  readonly __extension?: Extension;
}
/** Declares an extension point. @public */
export function defineExtensionPoint<Extension>(id: string): ExtensionPoint<Extension> {
  return Object.freeze({ id });
}
/** One thing registered at an extension point. @public */
export interface Registration<Extension = unknown> {
  readonly point: ExtensionPoint<Extension>;
  /** The extension itself; or, in a module, a Nest class that is one (the kernel resolves it). */
  readonly extension: Extension | (new (...args: never[]) => Extension);
}
/** Registers an extension. @public */
export function register<Extension>(point: ExtensionPoint<Extension>, extension: Extension | (new (...args: never[]) => Extension)): Registration<Extension> {
  return { point, extension };
}
