import type { BytesAtRest } from './bytes-at-rest';
import type { Council } from './context';
import type { Clock, Ids } from './clock';
import type { Evidence } from './evidence';
import type { Text } from './language';
import type { Port } from './standard';

/** A line of structured log: an event's name and ids, never prose, never personal data. @public */
export interface Log {
  info(event: string, ids?: Readonly<Record<string, string | number | boolean | undefined>>): void;
  warn(event: string, ids?: Readonly<Record<string, string | number | boolean | undefined>>): void;
  error(event: string, ids?: Readonly<Record<string, string | number | boolean | undefined>>): void;
}

/** A request to another system. A body is JSON when an object, a form when URLSearchParams, sent as it is when text or bytes, and little by little when it is at rest somewhere. @public */
export interface OutboundRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string | Uint8Array | URLSearchParams | Pick<BytesAtRest, 'sizeInBytes' | 'read'>;
  /** Every outward call has one; 10 seconds unless told. */
  readonly timeoutInSeconds?: number;
  readonly idempotencyKey?: string;
  /**
   * For an address that somebody else chose: called only where it leads to the public internet at the moment of the call, over HTTPS unless HTTP is allowed too.
   * `except`: origins that whoever runs the server has named, such as `http://hub.riverbourne.internal:8080`.
   * NotAllowed otherwise.
   */
  readonly onlyPublic?: { readonly except?: readonly string[]; readonly allowsHttp?: boolean };
  /** Only the status and the headers of the answer are wanted; its body is let go. */
  readonly ignoresBody?: boolean;
  /** More than this is not read; 20 MB unless told. */
  readonly mostBytes?: number;
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
  start(options: CompanionOptions): Promise<RunningCompanion>;
}
/** What a companion is started with. @public */
export interface CompanionOptions {
  readonly port: number;
  readonly dataFolder: string;
  /** Those that use it. */
  readonly councils: readonly Council[];
  readonly outbound: Outbound;
  readonly log: Log;
  /** The secret that this council's provider of this id gets by this name: both ends know it, and nobody else. */
  readonly secret: (council: Council, providerId: string, name: string) => Uint8Array;
}
/** @public */
export interface RunningCompanion {
  readonly origin: string;
  /** The page for people, when it is not at the origin itself: `http://localhost:4101/simulator`. */
  readonly page?: string;
  stop(): Promise<void>;
}

/** What a connection check found, in words that say what to do. @public */
export interface ConnectionCheck { readonly ok: boolean; readonly message: string }

/** A provider as a council's configuration names it. @public */
export interface ProviderInstallation<Provider = unknown> {
  readonly kind: 'provider';
  readonly port: Port<Provider>;
  /** `payments.sandbox-redirect` */
  readonly id: string;
  /** What people read instead of the id: `GOV.UK Pay`. */
  readonly title?: Text;
  /** A sandbox refuses to start in production unless the council's `acceptedSandboxes` names its id. */
  readonly isSandbox: boolean;
  readonly companion?: Companion;
  /** What somebody who tries a council out should know of this provider, a line each that `npm start` prints: whom one can sign in as. */
  readonly hints?: readonly string[];
  /** A page that it brings to the council's site, for whoever tries the council out: `npm start` prints it. */
  readonly page?: { readonly title: string; readonly path: string };
  /** Origins that a form may lead to (content security policy `form-action`). */
  readonly formOrigins?: (dependencies: ProviderDependencies) => readonly string[];
  /** What its settings show to whoever assesses the deployment: that a second factor is demanded, say. */
  readonly evidence?: readonly Evidence[];
  readonly create: (dependencies: ProviderDependencies) => Provider;
  check?(provider: Provider): Promise<ConnectionCheck>;
}

/** Declares a provider: what `sandboxPayments()` and `govUkPay({ … })` return. @public */
export function defineProvider<Provider>(provider: Omit<ProviderInstallation<Provider>, 'kind'>): ProviderInstallation<Provider> {
  return Object.freeze({ kind: 'provider' as const, ...provider });
}

/** What makes a provider of a simulator's: which one it stands for, the simulator, and the real provider's own code, told where that is. @public */
export interface SimulatedProvider<Provider> {
  readonly port: Port<Provider>;
  readonly id: string;
  readonly title?: Text;
  readonly simulator: Companion;
  readonly hints?: readonly string[];
  readonly at: (origin: string, dependencies: ProviderDependencies) => ProviderInstallation<Provider>;
}

/** Where nobody answers (RFC 863): the far end of a process beside which no simulator runs. */
const NOBODY = 'http://localhost:9';

/**
 * Declares a real provider whose far end is a simulator that starts beside the council's server. It is a sandbox, whatever the real one is.
 * @public
 * @example export const simulatedGovUkPay = () => defineSimulated({ port: PAYMENT_PROVIDER, id: 'payments.govuk-pay', simulator, at: (origin, { secret }) => govUkPay({ origin, apiKey: … }) });
 */
export function defineSimulated<Provider extends object>({ port, id, title, simulator, hints, at }: SimulatedProvider<Provider>): ProviderInstallation<Provider> {
  const installationOf = (dependencies: ProviderDependencies): ProviderInstallation<Provider> => at(dependencies.companionOrigin ?? NOBODY, dependencies);
  const checks = new WeakMap<Provider, ProviderInstallation<Provider>>();
  return defineProvider<Provider>({
    port, id, title, isSandbox: true, companion: simulator, hints,
    formOrigins: (dependencies) => installationOf(dependencies).formOrigins?.(dependencies) ?? [],
    create: (dependencies) => {
      const installation = installationOf(dependencies);
      const provider = installation.create(dependencies);
      checks.set(provider, installation);
      return provider;
    },
    check: async (provider) => (await checks.get(provider)?.check?.(provider)) ?? { ok: true, message: 'It needs no connection.' },
  });
}
