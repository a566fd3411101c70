import { createHmac, timingSafeEqual } from 'node:crypto';
import { secretOf } from '@guildhall/kernel';
import { isUuid } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';

/** What a form carries of its draft: which one it is, and proof that we said so. @internal */
export function draftTicket(ctx: RequestContext, draftId: string): string {
  return `${draftId}.${sealOf(ctx, draftId)}`;
}

/** Whether a ticket is of a draft that its visitor has anyway: then nothing hangs on its proof. */
export function namesDraft(ticket: unknown, own: { readonly draftId: string } | undefined): boolean {
  return own !== undefined && typeof ticket === 'string' && ticket.startsWith(`${own.draftId}.`);
}

/** Reads a ticket. Undefined when there is none, or it is not ours. */
export function draftOfTicket(ctx: RequestContext, ticket: unknown): string | undefined {
  const [draftId = '', seal = ''] = typeof ticket === 'string' ? ticket.split('.') : [];
  if (!isUuid(draftId)) return undefined;
  const expected = Buffer.from(sealOf(ctx, draftId));
  const given = Buffer.from(seal);
  return given.length === expected.length && timingSafeEqual(given, expected) ? draftId : undefined;
}

function sealOf(ctx: RequestContext, draftId: string): string {
  return createHmac('sha256', secretOf(ctx, 'services.draft-ticket')).update(draftId).digest('base64url').slice(0, 22);
}
