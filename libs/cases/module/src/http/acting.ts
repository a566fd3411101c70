import { demand } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { GuildhallRequest } from '@guildhall/kernel';
import { ACT_FOR_OTHERS, ON_BEHALF_OF, contextOnBehalf } from '@guildhall/cases-contract';

/**
 * In whose name a machine asks: its own, or that of whom a neighbouring server names, if it may act for others.
 * @throws NotAllowed, InvalidInput
 */
export function actingContext(ctx: RequestContext, req: GuildhallRequest): RequestContext {
  const header = req.headers[ON_BEHALF_OF];
  if (ctx.actor.kind !== 'machine' || typeof header !== 'string') return ctx;
  demand(ctx, ACT_FOR_OTHERS);
  return contextOnBehalf(ctx, header, ctx.actor.permissions);
}
