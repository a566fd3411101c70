import { Unavailable, isGuildhallError } from '@guildhall/kernel-contract';
import type { Outbound } from '@guildhall/kernel-contract';

/**
 * Calls an issuer. An address that it names elsewhere than at its own origin must lead to the public internet: what it publishes must not turn our calls, and the code and the client's secret in them, on the council's own
 * network, whatever a name there leads to at that moment.
 * @param alsoAt origins that the council names itself, which need not be on the public internet
 */
export function outboundFor(outbound: Outbound, issuer: string, alsoAt: readonly string[] = []): Outbound {
  const { origin } = new URL(issuer);
  const except = [origin, ...alsoAt.map((address) => new URL(address).origin)];
  return {
    async fetch(url, request = {}) {
      if (new URL(url).origin === origin) return outbound.fetch(url, request);
      try {
        return await outbound.fetch(url, { ...request, onlyPublic: { except } });
      } catch (error) {
        if (isGuildhallError(error) && error.code === 'not-allowed') throw new Unavailable(`The configuration of ${issuer} leads to ${new URL(url).host}, which is not on the public internet: nothing is sent there. If it is the council’s own, name ${new URL(url).origin} in alsoAt.`);
        throw error;
      }
    },
  };
}
