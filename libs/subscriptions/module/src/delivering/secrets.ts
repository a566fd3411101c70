import { createHmac } from 'node:crypto';
import { secretOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { webhookSecret } from '@guildhall/subscriptions-contract';

interface Numbered { readonly subscription_id: string; readonly secret_number: number; readonly former_secret_until: Date | null }

/** A subscription's secret, made from the council's own key each time it is needed: whoever reads the database cannot sign. */
export function secretFor(ctx: RequestContext, { subscription_id: id, secret_number: number }: Pick<Numbered, 'subscription_id' | 'secret_number'>): string {
  return webhookSecret(createHmac('sha256', secretOf(ctx, 'subscriptions.signing')).update(`${id} ${number}`).digest());
}

/** Those that sign now, the newest first. */
export function secretsInForce(ctx: RequestContext, subscription: Numbered, now: Date): readonly string[] {
  const { former_secret_until: until, secret_number: number } = subscription;
  return [secretFor(ctx, subscription), ...(until && until > now && number > 1 ? [secretFor(ctx, { ...subscription, secret_number: number - 1 })] : [])];
}
