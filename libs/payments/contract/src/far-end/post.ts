import * as http from 'node:http';
import * as https from 'node:https';

/**
 * Sends a webhook as a far end does: over a connection of its own, to an address that may be anybody's. `*.localhost` is on this machine, where browsers look for it too; the Host header says whose it is.
 * @beta
 * @returns the status that came back, or 0 when nobody answered in time
 */
export async function post(url: string, body: string, headers: Readonly<Record<string, string>>, timeoutInSeconds: number): Promise<number> {
  const target = new URL(url);
  const isLocal = target.hostname === 'localhost' || target.hostname.endsWith('.localhost');
  const isSecure = target.protocol === 'https:';
  return new Promise((resolve) => {
    const call = (isSecure ? https : http).request({
      method: 'POST', host: isLocal ? 'localhost' : target.hostname, servername: target.hostname, port: target.port || (isSecure ? 443 : 80), path: `${target.pathname}${target.search}`, agent: false, signal: AbortSignal.timeout(timeoutInSeconds * 1000),
      headers: { host: target.host, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers },
    }, (response) => {
      response.resume().on('end', () => { resolve(response.statusCode ?? 0); }).on('error', () => { resolve(0); });
    });
    call.on('error', () => { resolve(0); });
    call.end(body);
  });
}
