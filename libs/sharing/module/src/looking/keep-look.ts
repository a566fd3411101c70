import { write } from '@guildhall/kernel';
import type { RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import type { ExchangeRequest } from '@guildhall/sharing-contract';
import { seal, unseal } from '../data/sealed';

/** Keeps, sealed, why an officer looks, where it is one who asks: for whom it is about to read. Nothing of what they see. */
export function keepLook(tx: TransactionContext, { exchange, because, by: { officer } }: Pick<ExchangeRequest, 'exchange' | 'because' | 'by'>, { peerId, localId, at }: { readonly peerId: string; readonly localId: string; readonly at: Date }): void {
  if (officer === null) return;
  const sealed = seal(tx, boundTo(peerId, exchange), because).toString('base64');
  write(tx, `insert into sharing.look (council_id, exchange_id, peer_id, local_id, officer, sealed, at) values ($1, $2, $3, $4, $5, decode($6, 'base64'), $7) on conflict do nothing`, [tx.council.id, exchange, peerId, localId, officer, sealed, at]);
}

/** Why it was. */
export function becauseIn(ctx: RequestContext, peerId: string, exchange: string, sealed: Buffer): string { return unseal(ctx, boundTo(peerId, exchange), sealed); }

function boundTo(peerId: string, exchange: string): string { return `look ${peerId} ${exchange}`; }
