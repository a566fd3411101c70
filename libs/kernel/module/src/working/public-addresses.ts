import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import * as ipaddr from 'ipaddr.js';
import { InvalidInput } from '@guildhall/kernel-contract';

/** Whether an address is one of the open internet: none of this machine, a private network, a cloud's own services or anything else set apart (RFC 6890). */
export function isPublicAddress(address: string): boolean {
  // An IPv4 address in the clothes of an IPv6 one is the IPv4 address.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** @throws InvalidInput when a host name is an address that is not public, or names this machine */
export function refusePrivateHost(hostname: string): void {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase();
  if (isIP(host) ? !isPublicAddress(host) : host === 'localhost' || host.endsWith('.localhost') || !host.includes('.')) throw notPublic(hostname);
}

/** Looks a name up for a connection, and refuses it when any of its addresses is not public: what was looked at is what is connected to, so a name cannot change in between. */
export const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) return callback(notPublic(hostname) as unknown as NodeJS.ErrnoException, '', 0);
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

function notPublic(hostname: string): InvalidInput {
  return new InvalidInput(`${hostname} is not a public address, and is not called.`);
}
