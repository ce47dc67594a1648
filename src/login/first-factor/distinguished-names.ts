import type { Group } from './first-factor.ts';

/** Reads distinguished names (RFC 4514). */
export interface DistinguishedNames {
  /**
   * A text that is the same for every spelling of one distinguished name; nothing for other text. It is
   * for comparing alone.
   */
  canonical(text: string): string | undefined;
  /** The group of a directory's value, which may be a distinguished name or a name alone. */
  toGroup(value: string): Group;
}

type Rdn = ReadonlyMap<string, string>;

const comparable = (value: string): string =>
  value.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

const canonicalRdn = (rdn: Rdn): string =>
  [...rdn]
    .map(([type, value]) => `${type.toLowerCase()}=${JSON.stringify(comparable(value))}`)
    .sort()
    .join('+');

const canonicalDn = (rdns: readonly Rdn[]): string => rdns.map(canonicalRdn).join(',');

export const loadDistinguishedNames = async (): Promise<DistinguishedNames> => {
  const { DN } = (await import('@ldapjs/dn')).default;

  const parse = (text: string): readonly Rdn[] | undefined => {
    try {
      const dn = DN.fromString(text);
      const rdns = Array.from({ length: dn.length }, (_, index) => dn.rdnAt(index));
      return rdns.length === 0
        ? undefined
        : rdns.map(
            (rdn) => new Map([...rdn.keys()].map((type) => [type, String(rdn.getValue(type))])),
          );
    } catch {
      return undefined;
    }
  };

  return {
    canonical: (text) => {
      const rdns = parse(text);
      return rdns && canonicalDn(rdns);
    },
    toGroup: (value) => {
      const rdns = parse(value);
      const [name] = rdns?.[0]?.values() ?? [];
      return rdns === undefined || name === undefined
        ? { name: value }
        : { name, dn: canonicalDn(rdns) };
    },
  };
};
