import * as net from 'node:net';

const MAPPED = /^::ffff:(?<v4>\d{1,3}(?:\.\d{1,3}){3})$/i;
/** A customer of IPv6 is given a /64 at the least, and can use every address in it. */
const SUBNET_GROUPS = 4;

/** What an address counts as: itself for IPv4, its /64 for IPv6. */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address;
  const v4 = MAPPED.exec(address)?.groups?.['v4'];
  if (v4 !== undefined) return v4;
  const withoutZone = address.split('%', 1)[0] ?? '';
  if (!net.isIPv6(withoutZone)) return address;
  return `${groupsOf(withoutZone).slice(0, SUBNET_GROUPS).join(':')}::/64`;
}

function groupsOf(address: string): string[] {
  const [before = '', after] = address.toLowerCase().split('::', 2);
  const head = before === '' ? [] : before.split(':');
  if (after === undefined) return head.map(plain);
  const tail = after === '' ? [] : after.split(':');
  // The last 32 bits may be written as IPv4, which are two groups; they lie outside the first half.
  const groupCount = head.length + tail.length + (after.includes('.') ? 1 : 0);
  return [...head, ...Array<string>(Math.max(8 - groupCount, 0)).fill('0'), ...tail].map(plain);
}

function plain(group: string): string {
  return group.replace(/^0+(?=.)/, '');
}
