import type { Permission, RequestContext } from '@guildhall/kernel-contract';
import { may } from '@guildhall/kernel-contract';
import type { DocumentState, DocumentSubject } from './document';
import type { Vouched } from './documents-api';
import { REMOVE_DOCUMENTS } from './permissions';

/** Whose a document is, as one word that can be compared and stored. @public */
export type DocumentOwner = `${'session' | 'person' | 'officer' | 'machine' | 'job'}:${string}`;

/** Whose a document is that this actor stores; undefined for somebody without even a session: only the subject leads to it. @public */
export function ownerIn(ctx: RequestContext): DocumentOwner | undefined {
  const { actor } = ctx;
  switch (actor.kind) {
    case 'nobody': return actor.sessionId === undefined ? undefined : `session:${actor.sessionId}`;
    case 'resident': return `person:${actor.personId}`;
    case 'officer': return `officer:${actor.officerId}`;
    case 'machine': return `machine:${actor.clientId}`;
    case 'system': return `job:${actor.job}`;
  }
}

/** What access is decided by. @public */
export interface GuardedDocument { readonly owner?: string; readonly subject?: DocumentSubject; readonly state: DocumentState }

/**
 * Whether the actor may do this to the document: its owner, a holder of the permission, or anybody for whom the module that keeps the subject vouches.
 * What belongs to a subject is removed only by the last two: evidence of a case must not vanish because its sender thinks better of it.
 * @public
 */
export function mayReach(ctx: RequestContext, document: GuardedDocument, permission: Permission, { vouchedFor }: Vouched = {}): boolean {
  if (vouchedFor && isSameSubject(document.subject, vouchedFor)) return true;
  if (may(ctx, permission)) return true;
  const owner = ownerIn(ctx);
  return owner !== undefined && document.owner === owner && (permission.id !== REMOVE_DOCUMENTS.id || document.state !== 'attached');
}

/** Whose a document is after this actor has attached it: a person takes it along, an officer or a job that moves it does not. @public */
export function ownerAfterAttaching(ctx: RequestContext, before: string | undefined): string | undefined {
  return ctx.actor.kind === 'nobody' || ctx.actor.kind === 'resident' ? (ownerIn(ctx) ?? before) : before;
}

/** @public */
export function isSameSubject(one: DocumentSubject | undefined, other: DocumentSubject | undefined): boolean {
  return one !== undefined && other !== undefined && one.type === other.type && one.id === other.id;
}
