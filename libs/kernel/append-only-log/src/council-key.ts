import { createHmac, createPrivateKey, type KeyObject } from 'node:crypto';
import { secretOf } from '@guildhall/kernel';
import type { Council } from '@guildhall/kernel-contract';

/** How PKCS#8 begins for a key for Ed25519 (RFC 8410): its 32 bytes follow. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * A key for Ed25519 that is made from the council's own secret each time the process starts: whoever reads the database cannot sign.
 * @public
 * @param use what it is for: `sharing.signing`
 * @param name which of those: `2026-1`
 */
export function councilKey(ctx: { readonly council: Council }, use: string, name: string): KeyObject {
  const seed = createHmac('sha256', secretOf(ctx, use)).update(name).digest();
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
}
