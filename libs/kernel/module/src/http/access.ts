import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants';
import type { Permission } from '@guildhall/kernel-contract';

/** Who may call a route. */
export type Access = { readonly kind: 'public' } | { readonly kind: 'residents' } | { readonly kind: 'officers' } | { readonly kind: 'permission'; readonly permission: Permission } | { readonly kind: 'webhook' };

/** Metadata key of a route's access. */
export const ACCESS = 'guildhall:access';

/** Beside what another decorator has set for the route: Nest's own takes the place of it. */
const configured = (config: object): MethodDecorator => (target, name, descriptor) => {
  const others = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, descriptor.value as object) as object | undefined;
  RouteConfig({ ...others, ...config })(target, name, descriptor);
};

/** Anybody may call this route. @public */
export const Public = (): MethodDecorator => SetMetadata<string, Access>(ACCESS, { kind: 'public' });
/** Signed-in residents only. Others are led to sign in and back. @public */
export const ForResidents = (): MethodDecorator => SetMetadata<string, Access>(ACCESS, { kind: 'residents' });
/** Any signed-in officer. @public */
export const ForOfficers = (): MethodDecorator => SetMetadata<string, Access>(ACCESS, { kind: 'officers' });
/** Officers, machines and jobs that hold the permission. @public */
export const Requires = (permission: Permission): MethodDecorator => SetMetadata<string, Access>(ACCESS, { kind: 'permission', permission });
/**
 * Another system calls, and proves itself by what it sends: no session, no form token; `req.rawBody` holds the bytes as they came, but of a form with files.
 * A system that has more to say from one address than anybody may ask of the council in a minute gets a limit of its own: `callsAMinute`.
 * A key among the fields of a form needs no bytes (`keepsRawBody: false`), and such a form may bring files; one with pictures in its fields may be longer: `bodyInBytes`.
 * @public
 */
export const Webhook = ({ callsAMinute, keepsRawBody = true, bodyInBytes }: { readonly callsAMinute?: number; readonly keepsRawBody?: boolean; readonly bodyInBytes?: number } = {}): MethodDecorator =>
  applyDecorators(SetMetadata<string, Access>(ACCESS, { kind: 'webhook' }), configured({ keepsRawBody, ...(bodyInBytes && { bodyInBytes }), ...(callsAMinute ? { rateLimit: { max: callsAMinute, timeWindow: '1 minute' } } : {}) }));
/** Metadata key of a route that takes files. */
export const TAKES_FILES = 'guildhall:takes-files';
/** The route's form may bring files: they are in `req.uploads`. In the form its token comes before them. Elsewhere such a form is refused unread. @public */
export const TakesFiles = (): MethodDecorator => SetMetadata<string, true>(TAKES_FILES, true);

/** At most so many calls of this route a minute from one address: for routes where something could be guessed. Below the limit for the whole council. @public */
export const Limited = (callsAMinute: number): MethodDecorator => configured({ rateLimit: { max: callsAMinute, timeWindow: '1 minute' } });
