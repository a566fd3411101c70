import type { RequestContext } from '@guildhall/kernel-contract';
import { Unavailable } from '@guildhall/kernel-contract';
import { providersOf } from '@guildhall/kernel';
import type { PaymentsApi } from '@guildhall/payments-contract';
import { FAR_SIDE } from './far-side';

/** The council's payments at the other side. */
export function farSide(ctx: RequestContext): PaymentsApi {
  const [found] = providersOf<PaymentsApi>(ctx, FAR_SIDE);
  if (!found) throw new Unavailable(`${ctx.council.slug} has no payments elsewhere.`);
  return found;
}
