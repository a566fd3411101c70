import { hash } from 'node:crypto';
import { defineExtensionPoint, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { installedCouncilOf } from '../assembling/installed-council';

/** Knows other systems by their credentials. One module of a council registers it. @public */
export interface MachineCredentials {
  /** The client and what it may do; undefined when the credential is wrong, ended or expired. */
  authenticate(ctx: RequestContext, clientId: string, secret: string): Promise<{ readonly clientId: string; readonly permissions: readonly string[] } | undefined>;
}
/** Where it registers. @public */
export const MACHINE_CREDENTIALS = defineExtensionPoint<MachineCredentials>('kernel.machine-credentials');

/** A credential that was right is believed for this long: so long may one that was ended still work. */
const BELIEVED_FOR = 10_000;
const MOST_REMEMBERED = 1000;

/** Knows a machine by its Authorization header: `Basic` (RFC 7617) or `Bearer <client id>.<secret>` (RFC 6750). */
export class MachineDoor {
  readonly #known = new Map<string, { readonly until: number; readonly machine: { readonly clientId: string; readonly permissions: ReadonlySet<string> } }>();
  constructor(private readonly clock: Clock) {}

  async machineOf(ctx: RequestContext, authorization: string): Promise<{ readonly clientId: string; readonly permissions: ReadonlySet<string> } | undefined> {
    const now = this.clock.now().getTime();
    const key = hash('sha256', `${ctx.council.id} ${authorization}`, 'base64');
    const known = this.#known.get(key);
    if (known && known.until > now) return known.machine;
    const credential = parsed(authorization);
    if (!credential) return undefined;
    for (const credentials of installedCouncilOf(ctx).extensions(MACHINE_CREDENTIALS)) {
      const found = await credentials.authenticate(ctx, credential.clientId, credential.secret);
      if (!found) continue;
      const machine = { clientId: found.clientId, permissions: new Set(found.permissions) };
      if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
      this.#known.set(key, { until: now + BELIEVED_FOR, machine });
      return machine;
    }
    return undefined;
  }
}

function parsed(authorization: string): { clientId: string; secret: string } | undefined {
  const [scheme = '', value = ''] = authorization.split(' ', 2);
  const text = scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString('utf8') : scheme.toLowerCase() === 'bearer' ? value : '';
  const at = text.indexOf(scheme.toLowerCase() === 'basic' ? ':' : '.');
  return at > 0 ? { clientId: text.slice(0, at), secret: text.slice(at + 1) } : undefined;
}
