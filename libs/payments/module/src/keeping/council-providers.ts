import type { RequestContext } from '@guildhall/kernel-contract';
import { Unavailable } from '@guildhall/kernel-contract';
import { providerIdsOf, providersOf } from '@guildhall/kernel';
import type { PaymentProvider } from '@guildhall/payments-contract';
import { PAYMENT_PROVIDER } from '@guildhall/payments-contract';

/** A provider and the id under which the council's configuration has it. */
export interface NamedProvider { readonly id: string; readonly provider: PaymentProvider }

function all(ctx: RequestContext): readonly NamedProvider[] {
  const providers = providersOf(ctx, PAYMENT_PROVIDER);
  return providerIdsOf(ctx, PAYMENT_PROVIDER).flatMap((id, index) => { const provider = providers[index]; return provider ? [{ id, provider }] : []; });
}

/**
 * Who takes new payments: the first in the configuration; for one by telephone the first that has those, because no other may be given a card that was read out.
 * @returns nothing for one by telephone when none takes those
 * @throws Unavailable when there is no provider at all
 */
export function providerForNew(ctx: RequestContext, isByTelephone: boolean): NamedProvider | undefined {
  const named = all(ctx);
  const [first] = named;
  if (first && isByTelephone) return named.find(({ provider }) => provider.abilities.includes('telephone'));
  if (!first) throw new Unavailable(`${ctx.council.slug} has no payment provider. Give it one: payments({ providers: [ … ] }).`);
  return first;
}

/** Who took an earlier payment. @throws Unavailable when the configuration no longer has it */
export function providerNamed(ctx: RequestContext, id: string): PaymentProvider {
  const found = all(ctx).find((named) => named.id === id);
  if (!found) throw new Unavailable(`${ctx.council.slug} no longer has the payment provider ${id}, which took this payment. Keep it in the configuration, after the new one, until its payments are settled.`);
  return found.provider;
}

/** Who calls back at `/payments/webhooks/<name>`: the last part of its id. */
export function providerCallingAs(ctx: RequestContext, name: string): NamedProvider | undefined {
  return all(ctx).find(({ id, provider }) => id.split('.').at(-1) === name && provider.readWebhook !== undefined);
}

/** Those that tell what has reached the council's bank account. */
export function settlingProviders(ctx: RequestContext): readonly NamedProvider[] {
  return all(ctx).filter(({ provider }) => provider.settlements !== undefined);
}
