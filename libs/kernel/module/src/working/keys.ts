import { hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The deployment's master key: GUILDHALL_KEY (32 bytes in base64) where several servers share a database, else generated on the first start and kept with the data.
 * There is no default.
 */
export function masterKey(dataFolder: string, given: string | undefined): Uint8Array {
  if (given) {
    const key = Buffer.from(given, 'base64');
    if (key.byteLength !== 32) throw new Error('GUILDHALL_KEY must be 32 bytes in base64. Make one with: node -p "crypto.randomBytes(32).toString(\'base64\')"');
    return key;
  }
  const file = join(dataFolder, 'master.key');
  mkdirSync(dataFolder, { recursive: true });
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, randomBytes(32), { mode: 0o600, flag: 'w' });
  try {
    linkSync(mine, file);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  } finally {
    rmSync(mine);
  }
  return readFileSync(file);
}

/** 32 bytes for one council and one use, derived from the master key (HKDF, RFC 5869). */
export function derivedSecret(key: Uint8Array, councilId: string, name: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, councilId, `guildhall ${name}`, 32));
}
