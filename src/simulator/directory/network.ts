import { BlockList, isIP } from 'node:net';

/** Whether an address lies in one of the networks, written `10.0.0.0/8` or as a single address. */
export const isInNetworks = (address: string | undefined, networks: readonly string[]): boolean => {
  if (address === undefined || isIP(address) === 0) {
    return false;
  }
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) {
      list.addAddress(base, family);
    } else {
      list.addSubnet(base, Number(bits), family);
    }
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
};

/** Whether a text is such a network. */
export const isNetwork = (text: string): boolean => {
  const [base = '', bits, ...rest] = text.split('/');
  const family = isIP(base);
  if (family === 0 || rest.length > 0) {
    return false;
  }
  if (bits === undefined) {
    return true;
  }
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
};
