import type { RequestContext } from './context';
import type { Text } from './language';
import type { ConnectionCheck } from './provider';
import { defineExtensionPoint } from './standard';

/** Something outside, besides a provider's far end, that a module of the council depends on. @public */
export interface Connection {
  /** Durable, and begins with the module's id: `subscriptions.other-systems`. */
  readonly id: string;
  /** What officers call it; its id where nobody has called it anything. */
  readonly title?: Text;
  /** Whether it is as it should be; if not, what to do, in words. Looks and changes nothing. */
  check(ctx: RequestContext): Promise<ConnectionCheck>;
}
/** Where modules register what `doctor` looks at besides the providers. @public @example registers: [register(CONNECTION, OtherSystemsConnection)] */
export const CONNECTION = defineExtensionPoint<Connection>('kernel.connection');
