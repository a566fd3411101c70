import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate for localhost, signed by its own key, made for one test run and so many days: no key is kept in the repository. @public */
export function ownCertificate(now = new Date(), days = 1): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const name = sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from('localhost')))));
  const time = (date: Date): Buffer => tagged(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
  const names = sequence(tagged(0x82, Buffer.from('localhost')));
  const extensions = tagged(0xa3, sequence(
    sequence(oid('551d11'), tagged(0x04, names)),
    sequence(oid('551d13'), tagged(0x01, Buffer.from([0xff])), tagged(0x04, sequence(tagged(0x01, Buffer.from([0xff]))))),
  ));
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))), tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])), ecdsaWithSha256, name,
    sequence(time(new Date(now.getTime() - 3_600_000)), time(new Date(now.getTime() + days * 86_400_000))), name, publicKey.export({ type: 'spki', format: 'der' }), extensions,
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n` };
}

/** One DER element (X.690). */
function tagged(tag: number, content: Buffer): Buffer {
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
function sequence(...elements: Buffer[]): Buffer { return tagged(0x30, Buffer.concat(elements)); }
function oid(hex: string): Buffer { return tagged(0x06, Buffer.from(hex, 'hex')); }
