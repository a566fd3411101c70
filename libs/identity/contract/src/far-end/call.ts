import * as http from 'node:http';
import * as https from 'node:https';

const TIMEOUT_IN_MS = 5_000;
const MOST_BYTES = 100_000;

/**
 * A simulator's call to a council's server, also under a name below `localhost`, which only browsers find by themselves.
 * @beta
 * @param form is posted; without one the address is read
 */
export function call(address: string, userAgent: string, form?: URLSearchParams): Promise<{ readonly status: number; readonly body: string }> {
  const url = new URL(address);
  const isLoopback = url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request({
      method: form ? 'POST' : 'GET', host: isLoopback ? '127.0.0.1' : url.hostname, servername: url.hostname, port: url.port || (secure ? 443 : 80), path: `${url.pathname}${url.search}`, agent: false, signal: AbortSignal.timeout(TIMEOUT_IN_MS),
      headers: { host: url.host, 'user-agent': userAgent, ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => { body += chunk; if (body.length > MOST_BYTES) response.destroy(new Error('the answer is too large')); });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject);
    request.end(form?.toString());
  });
}
