import type { RequestContext } from '@guildhall/kernel-contract';
import { Unavailable } from '@guildhall/kernel-contract';
import { systemAsking } from '@guildhall/payments-contract';
import type { StoredPayment } from './keeping/stored-payment';
import type { PaymentsSettings } from './payments.options';

/** Another council whose app takes its payments here, with `paymentsOverHttp()`. @public */
export interface Neighbour {
  /** Under which its machine credential was made: `glanafon`. */
  readonly clientId: string;
  /** Origin of its app, to which its payers come back: `https://apps.glanafon.example`. It is never taken from a request: nobody can have payers sent elsewhere. */
  readonly returnOrigin: string;
}

/** Who asks for a payment, when another system does: written down with it, for good. */
export function askerOf(ctx: RequestContext, settings: PaymentsSettings): { readonly clientId: string; readonly isElsewhere: boolean } | undefined {
  const clientId = systemAsking(ctx)?.clientId;
  return clientId === undefined ? undefined : { clientId, isElsewhere: settings.neighbour(ctx, clientId) !== undefined };
}

/** A key of another system's is its own: two may use the same, and neither hears of the other. No key has a slash. */
export function keyOf(ctx: RequestContext, key: string): string {
  const clientId = systemAsking(ctx)?.clientId;
  return clientId === undefined ? key : `${clientId}/${key}`;
}

/** Where a payer comes back to after the provider's page. @throws Unavailable when the configuration no longer has the neighbour whose payer it is */
export function returnUrlOf(ctx: RequestContext, settings: PaymentsSettings, { paymentId, askedBy }: Pick<StoredPayment, 'paymentId' | 'askedBy'>): string {
  const neighbour = askedBy?.isElsewhere ? settings.neighbour(ctx, askedBy.clientId) : undefined;
  if (askedBy?.isElsewhere && !neighbour) throw new Unavailable(`${ctx.council.slug} no longer has the neighbour ${askedBy.clientId}, whose payment this is. Keep it in payments({ neighbours: [ … ] }) until its payments are settled.`);
  return `${neighbour?.returnOrigin ?? ctx.council.origin}/payments/${paymentId}/return`;
}

/** @throws Error that says what to write instead: a payer must come back to one app, over HTTPS */
export function checkNeighbours(neighbours: readonly Neighbour[]): void {
  const seen = new Set<string>();
  for (const { clientId, returnOrigin } of neighbours) {
    const { protocol, origin, hostname } = URL.canParse(returnOrigin) ? new URL(returnOrigin) : { protocol: '', origin: '', hostname: '' };
    const isOnThisMachine = hostname === 'localhost' || hostname.endsWith('.localhost');
    if (origin !== returnOrigin || !(protocol === 'https:' || (protocol === 'http:' && isOnThisMachine))) throw new Error(`payments({ neighbours: … }): the returnOrigin of ${clientId} is "${returnOrigin}". Write the origin of its app, like https://apps.glanafon.example, without a path.`);
    if (seen.has(clientId)) throw new Error(`payments({ neighbours: … }) has ${clientId} twice. Keep one of them.`);
    seen.add(clientId);
  }
}
