import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { secretOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A value that whoever reads the database cannot read: AES-256-GCM under the council's own key. `bound` is what it belongs to: moved elsewhere it does not open. */
export function seal(ctx: RequestContext, bound: string, value: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(ctx), nonce).setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when it was changed, or belongs elsewhere */
export function unseal(ctx: RequestContext, bound: string, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(ctx), sealed.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
}

const keys = new Map<string, { readonly secret: Uint8Array; readonly key: Buffer }>();

/** Worked out once for each secret. */
function keyOf(ctx: RequestContext): Buffer {
  const secret = secretOf(ctx, 'sharing.fields');
  const kept = keys.get(ctx.council.id);
  if (kept && Buffer.from(kept.secret).equals(secret)) return kept.key;
  const key = Buffer.from(hkdfSync('sha256', secret, ctx.council.id, 'fields', 32));
  keys.set(ctx.council.id, { secret, key });
  return key;
}
