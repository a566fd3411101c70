import { request } from 'node:http';
import { connect, type PeerCertificate } from 'node:tls';
import type { Evidence } from '@guildhall/kernel-contract';
import { found, missing } from './found';

const SOON_MS = 14 * 24 * 60 * 60 * 1000;
interface Handshake { readonly protocol: string; readonly cipher: string; readonly validTo: Date; readonly fault?: string; readonly takesOld: boolean }

/** How the council's address is reached from outside, as this machine sees it. */
export async function tlsEvidence(origin: string, now: Date, options: { readonly ca?: string; readonly plainPort?: number } = {}): Promise<readonly Evidence[]> {
  const { protocol, hostname, port } = new URL(origin);
  if (protocol !== 'https:') return [found('kernel.tls', ['1'], 'measured', [`${origin} is not HTTPS. In production the council’s address is.`], '')];
  let hands: Handshake;
  try {
    hands = await shakeHands(hostname, Number(port || 443), options.ca);
  } catch {
    return [missing('kernel.tls', ['1'], 'measured', `${origin} could not be reached from this machine, so that its certificate and its versions of TLS were not looked at. Run this where it can be reached.`)];
  }
  const wrong = [
    ...(hands.fault === undefined ? [] : [`The certificate of ${hostname} is not trusted (${hands.fault}).`]),
    ...(hands.validTo.getTime() < now.getTime() + SOON_MS ? [`The certificate of ${hostname} is good until ${hands.validTo.toISOString().slice(0, 10)}: renew it.`] : []),
    ...(hands.takesOld ? [`${hostname} takes TLS 1.1: switch it off.`] : []),
  ];
  const sent = await redirectOf(hostname, options.plainPort ?? 80);
  return [
    found('kernel.tls', ['1'], 'measured', wrong, `${origin} is served over ${hands.protocol} with a certificate that is trusted; nothing older than TLS 1.2 is taken.`, { protocol: hands.protocol, cipher: hands.cipher, certificateUntil: hands.validTo.toISOString().slice(0, 10) }),
    found('kernel.redirect-to-tls', ['1'], 'measured', sent === undefined || sent.startsWith('https://') ? [] : [`http://${hostname} answers without leading to HTTPS.`], sent === undefined ? 'Nothing answers without TLS.' : 'Whoever asks without TLS is led to HTTPS.'),
  ];
}

async function shakeHands(host: string, port: number, ca: string | undefined): Promise<Handshake> {
  const meet = (versions: object): Promise<Omit<Handshake, 'takesOld'>> => new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: host, rejectUnauthorized: false, timeout: 5000, ...(ca !== undefined && { ca }), ...versions }, () => {
      const certificate: PeerCertificate = socket.getPeerCertificate();
      const fault = socket.authorizationError as unknown as string | Error | null;
      resolve({ protocol: socket.getProtocol() ?? '', cipher: socket.getCipher().name, validTo: new Date(certificate.valid_to), ...(fault && { fault: fault instanceof Error ? fault.message : fault }) });
      socket.end();
    });
    socket.once('error', reject).once('timeout', () => socket.destroy(new Error('time')));
  });
  const best = await meet({});
  const takesOld = await meet({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }).then(() => true, () => false);
  return { ...best, takesOld };
}

/** Where the same host leads without TLS: an address, nothing when nobody answers, or '' for an answer that leads nowhere. */
function redirectOf(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asking = request({ host, port, path: '/', method: 'GET', timeout: 5000, agent: false }, (response) => {
      resolve(response.headers.location ?? '');
      response.destroy();
    });
    asking.once('error', () => resolve(undefined)).once('timeout', () => asking.destroy());
    asking.end();
  });
}
