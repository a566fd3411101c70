import { createServer as createPlain, type Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ownCertificate } from '@guildhall/kernel-contract/testing';
import { tlsEvidence } from './tls-evidence';

const now = new Date();
const running: { close(): unknown; closeAllConnections(): void }[] = [];
const portOf = (server: Server): Promise<number> => new Promise((resolve) => {
  running.push(server);
  server.listen(0, 'localhost', () => resolve((server.address() as AddressInfo).port));
});
const secure = (days: number, more: object = {}): { readonly cert: string; readonly port: Promise<number> } => {
  const { key, cert } = ownCertificate(now, days);
  return { cert, port: portOf(createServer({ key, cert, ...more }, (_request, response) => response.end())) };
};
const plain = (status: number, location?: string): Promise<number> => portOf(createPlain((_request, response) => response.writeHead(status, location === undefined ? {} : { location }).end()));
afterEach(() => {
  for (const one of running.splice(0)) {
    one.closeAllConnections();
    one.close();
  }
});

describe('how an address is reached', () => {
  it('is shown where the certificate is trusted, old versions are off, and plain HTTP leads to HTTPS', async () => {
    const { cert, port } = secure(90);
    const origin = `https://localhost:${await port}`;
    const shown = await tlsEvidence(origin, now, { ca: cert, plainPort: await plain(301, `${origin}/`) });
    expect(shown.map(({ id, state }) => `${id} ${state}`)).toEqual(['kernel.tls shown', 'kernel.redirect-to-tls shown']);
    expect(shown[0]?.facts).toMatchObject({ protocol: 'TLSv1.3' });
  });
  it('is a fault where nobody trusts the certificate, it ends soon, or TLS 1.1 is taken', async () => {
    const { port } = secure(1, { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' });
    const [tls, led] = await tlsEvidence(`https://localhost:${await port}`, now, { plainPort: await plain(200) });
    expect(tls).toMatchObject({ state: 'fault' });
    expect(tls?.text).toMatch(/is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. The certificate of localhost is good until \d{4}-\d\d-\d\d: renew it\. localhost takes TLS 1\.1: switch it off\./);
    expect(led).toMatchObject({ state: 'fault', text: 'http://localhost answers without leading to HTTPS.' });
  });
  it('is a fault without TLS, and missing where the address does not answer', async () => {
    expect(await tlsEvidence('http://localhost:4000', now)).toMatchObject([{ state: 'fault' }]);
    expect(await tlsEvidence('https://localhost:9', now)).toMatchObject([{ state: 'missing' }]);
  });
});
