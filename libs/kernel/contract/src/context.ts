import type { Language, Text } from './language';
import { NotAllowed, NotAuthenticated } from './errors';

/** A council's identity: a UUID written once by the generator and never changed. @public */
export type CouncilId = string & { readonly __brand: 'CouncilId' };
/** A person known to a council: a resident's account. UUIDv7. @public */
export type PersonId = string & { readonly __brand: 'PersonId' };
/** A member of staff. UUIDv7. @public */
export type OfficerId = string & { readonly __brand: 'OfficerId' };

/** Where bank holidays and the law come from. @public */
export type Nation = 'england' | 'wales' | 'scotland' | 'northern-ireland';

/** What every part may know of the council it works for. @public */
export interface Council {
  readonly id: CouncilId;
  /** Names the council to people and to environment variables: `riverbourne`. */
  readonly slug: string;
  /** Government Statistical Service code. An attribute, never a key: codes change when councils are reorganised. */
  readonly gssCode: string;
  readonly name: Text;
  /** The first is the council's own first language. */
  readonly languages: readonly [Language, ...Language[]];
  readonly nation: Nation;
  /** Public origin without a trailing slash: `https://apps.riverbourne.example`. */
  readonly origin: string;
  /** Two capital letters that begin the council's references: `RB` in `RB-7K3F-92QD`. */
  readonly referencePrefix: string;
  /** `emergencyTelephone`: for dangers, at any hour; the telephone number unless told. */
  readonly contact: { readonly telephone: string; readonly emergencyTelephone?: string; readonly email: string; readonly address: string };
}

/** How the request came: a person's browser, a telephone call taken by an adviser, a counter, another system, or a job. @public */
export type Channel = 'web' | 'telephone' | 'counter' | 'api' | 'job';

/** Nobody has signed in. The session, when there is one, owns drafts. `via`: the other system that asks for them, which may be another council's app. @public */
export interface Nobody { readonly kind: 'nobody'; readonly sessionId?: string; readonly via?: Machine }
/** A signed-in resident. `via`: the other system that asks for them; whose resident it is, that system knows. @public */
export interface Resident { readonly kind: 'resident'; readonly personId: PersonId; readonly sessionId?: string; readonly confidence: 'none' | 'low' | 'medium'; readonly via?: Machine }
/** A member of staff with what they may do. @public */
export interface Officer { readonly kind: 'officer'; readonly officerId: OfficerId; readonly sessionId?: string; readonly name: string; readonly roles: readonly string[]; readonly teams: readonly string[]; readonly permissions: ReadonlySet<string> }
/** Another system with a credential of its own. @public */
export interface Machine { readonly kind: 'machine'; readonly clientId: string; readonly permissions: ReadonlySet<string> }
/** A job of the council's own, with that job's permissions only. @public */
export interface System { readonly kind: 'system'; readonly job: string; readonly permissions: ReadonlySet<string> }

/** Who acts. @public */
export type Actor = Nobody | Resident | Officer | Machine | System;

/**
 * Authority, visible in every signature: the first parameter of every public method. Frozen.
 * @public
 */
export interface RequestContext {
  readonly council: Council;
  readonly actor: Actor;
  /** One per request or job; in every log line and on error pages. */
  readonly correlationId: string;
  readonly language: Language;
  readonly channel: Channel;
}

declare const transaction: unique symbol;

/**
 * A context inside `db.run(ctx, async (tx) => …)`: only this one may be used there.
 * @public
 */
export interface TransactionContext extends RequestContext {
  readonly [transaction]: true;
}

/** Something that somebody may be allowed to do, granted to roles by default. A council may grant otherwise. @public */
export interface Permission {
  readonly id: string;
  readonly title: string;
  /** Officer roles that have it unless the council says otherwise. */
  readonly roles: readonly OfficerRole[];
}

/** The roles that every council starts with. @public */
export type OfficerRole = 'adviser' | 'case-officer' | 'team-manager';

/** Declares a permission. @public @example definePermission('payments.refund', 'Pay money back', ['team-manager']) */
export function definePermission(id: string, title: string, roles: readonly OfficerRole[] = []): Permission {
  return Object.freeze({ id, title, roles });
}

/** Whether the actor of this context holds the permission. @public */
export function may(ctx: RequestContext, permission: Permission): boolean {
  const { actor } = ctx;
  return (actor.kind === 'officer' || actor.kind === 'machine' || actor.kind === 'system') && actor.permissions.has(permission.id);
}

/**
 * Refuses unless the actor holds the permission.
 * @public
 * @throws NotAuthenticated when nobody has signed in, NotAllowed otherwise
 */
export function demand(ctx: RequestContext, permission: Permission): void {
  if (may(ctx, permission)) return;
  if (ctx.actor.kind === 'nobody') throw new NotAuthenticated(`Sign in to do this: it needs ${permission.id}.`);
  throw new NotAllowed(`This needs the permission ${permission.id}, which this ${ctx.actor.kind} does not have.`);
}
