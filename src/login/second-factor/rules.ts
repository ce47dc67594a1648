import { normalizeUsername } from '../accounts/normalize-username.ts';
import type { Failmode, Rules } from '../flow/state.ts';
import type { RuleSettings, SecondFactorSettings } from '../settings/types.ts';

/** The two switches of the original integration's screen. */
export interface Switches {
  readonly use2fa: boolean;
  readonly requirePassword: boolean;
}

/** Who asks, and what is known about them. */
export interface Applicant {
  readonly username: string;
  readonly groups: readonly string[];
  /** Duo or the user said no a short while ago. */
  readonly wasDenied: boolean;
}

const byName = (
  rules: Readonly<Record<string, RuleSettings>>,
  names: readonly string[],
): readonly RuleSettings[] => {
  const wanted = new Set(names.map(normalizeUsername));
  return Object.entries(rules)
    .filter(([name]) => wanted.has(normalizeUsername(name)))
    .map(([, rule]) => rule);
};

// Of several groups the strictest counts: being in one more group must not open a door.
const strictest = (rules: readonly RuleSettings[]): Failmode | undefined => {
  const modes = rules.map(({ failmode }) => failmode);
  return modes.includes('secure') ? 'secure' : modes.find((mode) => mode === 'safe');
};

const anyAutopush = (rules: readonly RuleSettings[]): boolean | undefined => {
  const said = rules.map(({ autopush }) => autopush).filter((one) => one !== undefined);
  return said.length === 0 ? undefined : said.includes(true);
};

/** The rules for one login: the user's own go before the groups', and those before the general ones. */
export const rulesFor = (
  { username, groups, wasDenied }: Applicant,
  settings: SecondFactorSettings,
  { use2fa, requirePassword }: Switches,
): Rules => {
  const user = byName(settings.users, [username]);
  const group = byName(settings.groups, groups);
  const name = normalizeUsername(username);
  const isSafe = settings.safeAccounts.some((safe) => normalizeUsername(safe) === name);
  const failmode = strictest(user) ?? strictest(group) ?? settings.failmode;
  return {
    secondFactor: use2fa && !isSafe ? 'duo' : 'none',
    withoutDuo: isSafe ? 'safe-account' : 'duo-off',
    requirePassword,
    failmode: wasDenied ? 'secure' : failmode,
    autopush: anyAutopush(user) ?? anyAutopush(group) ?? settings.autopush,
  };
};
