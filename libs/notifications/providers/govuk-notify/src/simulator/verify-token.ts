import { createHmac, timingSafeEqual } from 'node:crypto';
import { NotifyFault } from './fault';
import type { SimulatedKey, SimulatedService } from './service';

/** How far a token's time may be from Notify's, either way. */
const MOST_SKEW_SECONDS = 30;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const refuse = (message: string, status = 403): never => { throw new NotifyFault(status, 'AuthError', message); };

/**
 * Finds the service and key of a call by its token (RFC 7519): HS256 with the key's secret, `iss` the service's id, `iat` within 30 seconds of now.
 * @throws NotifyFault 401 without a token, 403 for one that does not hold
 */
export function verifyToken(authorization: string | undefined, services: readonly SimulatedService[], now: Date): { readonly service: SimulatedService; readonly key: SimulatedKey } {
  if (!authorization) return refuse('Unauthorized: authentication token must be provided', 401);
  if (!/^bearer /i.test(authorization)) return refuse('Unauthorized: authentication bearer scheme must be used', 401);
  const [head, body, signature, ...rest] = authorization.slice('Bearer '.length).trim().split('.');
  const header = readPart(head);
  const claims = readPart(body);
  if (!header || !claims || signature === undefined || rest.length) return refuse('Invalid token: API key not found');
  const { iss, iat } = claims as { iss?: unknown; iat?: unknown };
  if (iss === undefined) return refuse('Invalid token: iss field not provided');
  if (typeof iss !== 'string' || !UUID.test(iss)) return refuse('Invalid token: service id is not the right data type');
  const service = services.find(({ id }) => id === iss.toLowerCase());
  if (!service) return refuse('Invalid token: service not found');
  if (!service.keys.length) return refuse('Invalid token: service has no API keys');
  if (service.isArchived) return refuse('Invalid token: service is archived');
  if ((header as { alg?: unknown }).alg !== 'HS256') return refuse('Invalid token: algorithm used is not HS256');
  const given = Buffer.from(signature, 'base64url');
  const key = service.keys.find(({ secret }) => {
    const right = createHmac('sha256', secret).update(`${head}.${body}`).digest();
    return given.length === right.length && timingSafeEqual(given, right);
  });
  if (!key) return refuse('Invalid token: API key not found');
  if (typeof iat !== 'number') return refuse('Invalid token: iat field not provided');
  if (Math.abs(now.getTime() / 1000 - iat) > MOST_SKEW_SECONDS) return refuse('Error: Your system clock must be accurate to within 30 seconds');
  if (key.isRevoked) return refuse('Invalid token: API key revoked');
  return { service, key };
}

function readPart(part: string | undefined): object | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
