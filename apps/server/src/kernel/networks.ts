import ipaddr, { type IPv6 } from 'ipaddr.js';

/** The client's address as it is counted; of an IPv6 one the network, because a client has all of it. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  return `${(address as IPv6).parts.slice(0, 4).join(':')}/64`;
}
