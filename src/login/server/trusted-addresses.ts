import { BlockList, isIP, isIPv6 } from 'node:net';

const mapped = /^::ffff:(?=\d+\.)/i;

/** Is an address in one of these ranges? IPv4 in IPv6's clothes counts as IPv4. */
export const createTrust = (ranges: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) {
      list.addAddress(address, family);
    } else {
      list.addSubnet(address, Number(bits), family);
    }
  }
  return (address) => {
    const plain = address.replace(mapped, '');
    // What a header claims to be an address may be anything.
    return isIP(plain) !== 0 && list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
  };
};
