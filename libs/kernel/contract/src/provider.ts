import type { Council } from './context';
import type { Clock, Ids } from './clock';
import type { Port } from './standard';

/** A line of structured log: an event's name and ids, never prose, never personal data. @public */
export interface Log {
  info(event: string, ids?: Readonly<Record<string, string | number | boolean | undefined>>): void;
  warn(event: string, ids?: Readonly<Record<string, string | number | boolean | undefined>>): void;
  error(event: string, ids?: Readonly<Record<string, string | number | boolean | undefined>>): void;
}

/** A request to another system. A body is JSON when an object, a form when URLSearchParams, sent as it is when text or bytes. @public */
export interface OutboundRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string | Uint8Array | URLSearchParams;
  /** Every outward call has one; 10 seconds unless told. */
  readonly timeoutInSeconds?: number;
  readonly idempotencyKey?: string;
}
/** What came back. Any status: only failing to reach the other side throws Unavailable. @public */
export interface OutboundResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  text(): string;
  json(): unknown;
  bytes(): Uint8Array;
}
/** The door to other systems, with time-outs and correlation. `*.localhost` goes to loopback. @public */
export interface Outbound {
  fetch(url: string, request?: OutboundRequest): Promise<OutboundResponse>;
}

/** What the kernel hands to a provider when it is made. @public */
export interface ProviderDependencies {
  readonly council: Council;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly outbound: Outbound;
  /** Origin of this provider's companion (see there), when it has one and it runs: `http://localhost:4101`. */
  readonly companionOrigin?: string;
  /** A folder that is this deployment's own to keep data in (development and single-server installations). */
  readonly dataFolder: string;
  /**
   * 32 bytes that belong to this council and this name, the same on every start and every server: generated once and kept with the data.
   * There is no default secret.
   */
  readonly secret: (name: string) => Uint8Array;
}

/**
 * A far end that a sandbox provider brings with it (a payment page, a sign-in server): a server of its own beside the council's.
 * One per package and process, shared by the councils that use it. Never started when NODE_ENV=production unless the provider is accepted by name.
 * @public
 */
export interface Companion {
  readonly id: string;
  /** Title for the list of addresses that `npm start` prints. */
  readonly title: string;
  start(options: { readonly port: number; readonly dataFolder: string; readonly councils: readonly Council[]; readonly outbound: Outbound; readonly log: Log }): Promise<RunningCompanion>;
}
/** @public */
export interface RunningCompanion { readonly origin: string; stop(): Promise<void> }

/** What a connection check found, in words that say what to do. @public */
export interface ConnectionCheck { readonly ok: boolean; readonly message: string }

/** A provider as a council's configuration names it. @public */
export interface ProviderInstallation<Provider = unknown> {
  readonly kind: 'provider';
  readonly port: Port<Provider>;
  /** `payments.sandbox-redirect` */
  readonly id: string;
  /** A sandbox refuses to start in production unless the council's `acceptedSandboxes` names its id. */
  readonly isSandbox: boolean;
  readonly companion?: Companion;
  /** What somebody who tries a council out should know of this provider, a line each that `npm start` prints: whom one can sign in as. */
  readonly hints?: readonly string[];
  /** Origins that a form may lead to (content security policy `form-action`). */
  readonly formOrigins?: (dependencies: ProviderDependencies) => readonly string[];
  readonly create: (dependencies: ProviderDependencies) => Provider;
  check?(provider: Provider): Promise<ConnectionCheck>;
}

/** Declares a provider: what `sandboxPayments()` and `govUkPay({ … })` return. @public */
export function defineProvider<Provider>(provider: Omit<ProviderInstallation<Provider>, 'kind'>): ProviderInstallation<Provider> {
  return Object.freeze({ kind: 'provider' as const, ...provider });
}
