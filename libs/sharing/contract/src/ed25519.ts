import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

const RAW_BYTES = 32;

/** A signature by Ed25519 (RFC 8032), 64 bytes. @throws TypeError when the key is of another kind */
export function signEd25519(message: Uint8Array, privateKey: KeyObject): Uint8Array {
  if (privateKey.asymmetricKeyType !== 'ed25519' || privateKey.type !== 'private') throw new TypeError('This is not a private key for Ed25519.');
  return new Uint8Array(sign(null, message, privateKey));
}

/** False for a key of another kind, too: no algorithm is taken from what is verified. */
export function verifyEd25519(message: Uint8Array, signature: Uint8Array, publicKey: KeyObject): boolean {
  return publicKey.asymmetricKeyType === 'ed25519' && publicKey.type === 'public' && verify(null, message, publicKey, signature);
}

const raws = new WeakMap<KeyObject, Uint8Array>();

/** A public key's 32 bytes, read once: every note asks for them. @throws TypeError when it is of another kind */
export function rawEd25519(publicKey: KeyObject): Uint8Array {
  const known = raws.get(publicKey);
  if (known) return known;
  const raw = exported(publicKey);
  raws.set(publicKey, raw);
  return raw;
}

function exported(publicKey: KeyObject): Uint8Array {
  const { crv, x } = publicKey.asymmetricKeyType === 'ed25519' ? publicKey.export({ format: 'jwk' }) : {};
  if (crv !== 'Ed25519' || x === undefined) throw new TypeError('This is not a key for Ed25519.');
  return new Uint8Array(Buffer.from(x, 'base64url'));
}

/** A public key of its 32 bytes. @throws SyntaxError when there are not so many */
export function ed25519Of(raw: Uint8Array): KeyObject {
  if (raw.byteLength !== RAW_BYTES) throw new SyntaxError(`A key for Ed25519 has ${RAW_BYTES} bytes, and this one ${raw.byteLength}.`);
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') } });
}
