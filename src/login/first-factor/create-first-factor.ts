import type { FirstFactorSettings, LoginSettings } from '../settings/settings.ts';
import type { FirstFactor, PasswordFactor } from './first-factor.ts';
import { createHeaderFactor } from './header.ts';
import { createHtpasswd } from './htpasswd.ts';
import { createLdap } from './ldap.ts';
import { createXsoarFactor } from './xsoar.ts';

type PasswordSettings = NonNullable<LoginSettings['furtherPassword']>;

/** A verifier of passwords. */
export const createPasswordFactor = async (settings: PasswordSettings): Promise<PasswordFactor> => {
  switch (settings.type) {
    case 'xsoar':
      return createXsoarFactor(settings);
    case 'ldap':
      return createLdap(settings);
    case 'htpasswd':
      return createHtpasswd(settings.file);
  }
};

/** The first factor that the settings name. */
export const createFirstFactor = async (
  settings: FirstFactorSettings,
  isTrusted: (address: string) => boolean,
): Promise<FirstFactor> =>
  settings.type === 'header'
    ? createHeaderFactor({ ...settings, isTrusted })
    : createPasswordFactor(settings);
