import { keyFingerprint } from './key-fingerprint';

describe('a fingerprint', () => {
  it('is SHA-256 of the key’s bytes, in groups that people can read out', () => {
    expect(keyFingerprint(Buffer.alloc(32).toString('base64url'))).toBe('6668 7AAD F862 BD77 6C8F C18B 8E9F 8E20 0897 1485 6EE2 33B3 902A 591D 0D5F 2925');
  });
});
