import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { secretOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Bytes that whoever reads the database cannot read: AES-256-GCM under a key of the council's own. `bound` is what they belong to: moved elsewhere they do not open. */
export function seal(ctx: RequestContext, bound: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secretOf(ctx, 'information-rights.copies'), nonce).setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when they were changed, or belong elsewhere */
export function unseal(ctx: RequestContext, bound: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', secretOf(ctx, 'information-rights.copies'), sealed.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
