import { NOTE_ON_CASES, SEE_CASES, WORK_ON_CASES } from '@guildhall/cases-contract';
import type { Permission, RequestContext } from '@guildhall/kernel-contract';

/** The other system, with the rights that its cases need and no others: it stands in for an officer, and every act is on record under its name. */
export function actingFor(ctx: RequestContext, providerId: string, also: readonly Permission[] = []): RequestContext {
  const permissions = new Set([SEE_CASES, NOTE_ON_CASES, WORK_ON_CASES, ...also].map(({ id }) => id));
  return Object.freeze({ ...ctx, channel: 'job' as const, actor: Object.freeze({ kind: 'machine' as const, clientId: providerId, permissions }) });
}
