import type { FirstFactorSettings } from '../settings/types.ts';
import type { FirstFactor, PasswordFactor } from './first-factor.ts';
import { createHeaderFactor } from './header.ts';
import { createHtpasswd } from './htpasswd.ts';
import { createLdap } from './ldap.ts';
import { createXsoarFactor } from './xsoar.ts';

type PasswordSettings = Exclude<FirstFactorSettings, { type: 'header' }>;

const fromPasswordSettings = async (settings: PasswordSettings): Promise<PasswordFactor> => {
  switch (settings.type) {
    case 'xsoar':
      return createXsoarFactor(settings);
    case 'ldap':
      return createLdap(settings);
    case 'htpasswd':
      return createHtpasswd(settings.file);
    default:
      return settings satisfies never;
  }
};

/** The first factor that the settings name. */
export const createFirstFactor = async (
  settings: FirstFactorSettings,
  isTrusted: (address: string) => boolean,
): Promise<FirstFactor> =>
  settings.type === 'header'
    ? createHeaderFactor({ ...settings, isTrusted })
    : fromPasswordSettings(settings);

/** A verifier of passwords, for the further password. A header is none. */
export const createPasswordFactor = async (
  settings: FirstFactorSettings,
): Promise<PasswordFactor | undefined> =>
  settings.type === 'header' ? undefined : fromPasswordSettings(settings);
