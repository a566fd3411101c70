import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { NotAllowed } from '@guildhall/kernel-contract';

/** What is not on the public internet, by IANA's registry of special-purpose IPv4 addresses (RFC 6890 and after). */
const HIDDEN = new BlockList();
for (const [network, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4]] as const) HIDDEN.addSubnet(network, bits, 'ipv4');
// Looks public and is not: Azure's own host, as every virtual machine there sees it.
HIDDEN.addAddress('168.63.129.16', 'ipv4');
for (const [network, bits] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const) HIDDEN.addSubnet(network, bits, 'ipv6');
/** The only part of IPv6 that has been given out as global unicast; of it the above is taken off. */
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');

/** Whether an address, of either version, is one of the public internet's. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !HIDDEN.check(address, 'ipv4');
  return version === 6 && !address.includes('%') && GLOBAL.check(address, 'ipv6') && !HIDDEN.check(address, 'ipv6');
}

/** Names that lead back to this machine or into its network, whatever a resolver says (RFC 6761, RFC 6762, RFC 8375, RFC 9476 and ICANN's .internal). */
const HIDDEN_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|alt|onion|test|invalid|home\.arpa)$/;

/**
 * Reads an address that somebody typed, and refuses what can be seen from its spelling alone. Where a name leads is asked by {@link publicLookup} when it is called.
 * @public
 * @param options.except origins that whoever runs the server has named
 * @throws NotAllowed, with a sentence for whoever typed it
 */
export function publicTarget(typed: string, { except = [], allowsHttp = false }: { readonly except?: readonly string[]; readonly allowsHttp?: boolean } = {}): URL {
  const target = URL.canParse(typed) ? new URL(typed) : undefined;
  if (!target) throw new NotAllowed('This is not a web address. Write it in full, beginning with https://.');
  if (target.username || target.password) throw new NotAllowed('A web address may hold no name and no password.');
  if (except.includes(target.origin)) return target;
  if (target.protocol !== 'https:' && !(allowsHttp && target.protocol === 'http:')) throw new NotAllowed('Only web addresses that begin with https:// are called.');
  const host = target.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) ? !isPublicAddress(host) : !host.includes('.') || HIDDEN_NAMES.test(host)) throw new NotAllowed(`${target.host} is not on the public internet, so it is not called.`);
  return target;
}

/** @param lookup the system's resolver, or a test's */
export function publicLookup(lookup: typeof resolve = resolve): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [], 0);
      // One that is hidden is enough: which of them is called would be chance.
      if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) return callback(new NotAllowed(`${hostname} does not lead to the public internet, so it is not called.`), [], 0);
      // The very addresses that were looked at are the ones called: the name is not asked again, so that it cannot lead elsewhere meanwhile.
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      callback(null, first?.address ?? '', first?.family ?? 0);
    });
  };
}
