import { hash } from 'node:crypto';
import type { TransactionContext } from '@guildhall/kernel-contract';
import { Conflict } from '@guildhall/kernel-contract';
import { sql, write } from './transaction';

/** Names one request that may come again. @public */
export interface IdempotentRequest {
  /** What is done: `payments.take`. */
  readonly scope: string;
  readonly key: string;
  /** What was asked: the same key with another request is a Conflict. */
  readonly request: unknown;
}

/** The hash by which a repeated request is known. @public */
export function requestHash(request: unknown): string {
  return hash('sha256', JSON.stringify(sorted(request)), 'base64url');
}

/**
 * Does work once per key: the key's row and the effect are one transaction, a duplicate waits for it and gets the stored result.
 * @public
 * @throws Conflict when the key came before with another request
 */
export async function once<Result>(tx: TransactionContext, { scope, key, request }: IdempotentRequest, work: () => Promise<Result>): Promise<{ readonly result: Result; readonly replayed: boolean }> {
  const asked = requestHash(request);
  const claimed = await sql(tx, `insert into kernel.idempotency (council_id, scope, key, request_hash, result) values ($1, $2, $3, $4, 'null') on conflict do nothing returning 1 as claimed`, [tx.council.id, scope, key, asked]);
  if (claimed.length === 0) {
    const [stored] = await sql<{ request_hash: string; result: Result }>(tx, 'select request_hash, result from kernel.idempotency where council_id = $1 and scope = $2 and key = $3', [tx.council.id, scope, key]);
    if (!stored || stored.request_hash !== asked) throw new Conflict(`The key ${key} was used before for another request. Use a new key for a new request.`);
    return { result: stored.result, replayed: true };
  }
  const result = await work();
  write(tx, 'update kernel.idempotency set result = $4 where council_id = $1 and scope = $2 and key = $3', [tx.council.id, scope, key, JSON.stringify(result ?? null)]);
  return { result, replayed: false };
}

/** The same with the keys of every object in order, whichever order they came in. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || 'toJSON' in value) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const made: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value).sort()) made[key] = sorted((value as Record<string, unknown>)[key]);
  return made;
}
