import { sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const text = (value: string): Buffer => Buffer.from(value, 'latin1');

/** A certificate that a key gives itself (RFC 5280, 4.1), since Node makes none: enough of one to have a thumbprint. */
export function certificateOf(publicKey: KeyObject, privateKey: KeyObject): string {
  // sha256WithRSAEncryption, 1.2.840.113549.1.1.11
  const algorithm = der(0x30, der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
  const name = der(0x30, der(0x31, der(0x30, der(0x06, Buffer.from('550403', 'hex')), der(0x0c, text('desk.testham.example')))));
  const times = der(0x30, der(0x17, text('260101000000Z')), der(0x17, text('360101000000Z')));
  const content = der(0x30, der(0x02, Buffer.from([1])), algorithm, name, times, name, publicKey.export({ type: 'spki', format: 'der' }));
  const certificate = der(0x30, content, algorithm, der(0x03, Buffer.from([0]), sign('sha256', content, privateKey)));
  return `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}
