import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The deployment's master key: GUILDHALL_KEY (32 bytes in base64) where several servers share a database, else generated on the first start and kept with the data.
 * There is no default.
 */
export function masterKey(dataFolder: string, given: string | undefined): Uint8Array {
  if (given) {
    const key = Buffer.from(given, 'base64');
    // Node skips what is no base64: a key that was mistyped would be another one.
    if (key.byteLength !== 32 || !/^[\w+/-]{43}=?\s*$/.test(given)) throw new Error('GUILDHALL_KEY must be 32 bytes in base64. Make one with: node -p "crypto.randomBytes(32).toString(\'base64\')"');
    return key;
  }
  const file = join(dataFolder, 'master.key');
  mkdirSync(dataFolder, { recursive: true });
  // Not by the process's number: in containers that share the folder all may have the same.
  const mine = `${file}.${randomUUID()}`;
  writeFileSync(mine, randomBytes(32), { mode: 0o600, flag: 'wx' });
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

/** The secrets of a deployment's councils. The master key is read, or made, when the first is asked for. */
export class CouncilSecrets {
  #key: Uint8Array | undefined;
  constructor(private readonly dataFolder: string, private readonly given: string | undefined) {}

  ofProvider(councilId: string, providerId: string, name: string): Uint8Array { return this.of(councilId, `${providerId} ${name}`); }
  ofModule(councilId: string, name: string): Uint8Array { return this.of(councilId, `module ${name}`); }

  private of(councilId: string, name: string): Uint8Array {
    return derivedSecret((this.#key ??= masterKey(this.dataFolder, this.given)), councilId, name);
  }
}
