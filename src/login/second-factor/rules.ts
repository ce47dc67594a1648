import { normalizeUsername } from '../accounts/names.ts';
import type { Group } from '../first-factor/first-factor.ts';
import type { Failmode, Rules } from '../flow/state.ts';
import type { RuleSettings, SecondFactorSettings } from '../settings/settings.ts';

/** The two switches of the original integration's screen. */
export interface Switches {
  readonly use2fa: boolean;
  readonly requirePassword: boolean;
}

/** Who asks, and what is known about them. */
export interface Applicant {
  /** The canonical name. */
  readonly username: string;
  readonly groups: readonly Group[];
  /** Duo or the user said no a short while ago. */
  readonly wasDenied: boolean;
}

type NamedRules = Readonly<Record<string, RuleSettings>>;

const byName = (rules: NamedRules, names: readonly string[]): readonly RuleSettings[] => {
  const wanted = new Set(names.map(normalizeUsername));
  return Object.entries(rules)
    .filter(([name]) => wanted.has(normalizeUsername(name)))
    .map(([, rule]) => rule);
};

// Settings name a group by its distinguished name, brought into one form at the start, or by its name.
const byGroup = (rules: NamedRules, groups: readonly Group[]): readonly RuleSettings[] =>
  byName(
    rules,
    groups.flatMap(({ name, dn }) => (dn === undefined ? [name] : [name, dn])),
  );

// Of several groups the strictest counts: being in one more group must not weaken the rules.
const strictest = (rules: readonly RuleSettings[]): Failmode | undefined => {
  const modes = rules.map(({ failmode }) => failmode);
  return modes.includes('secure') ? 'secure' : modes.find((mode) => mode === 'safe');
};

const anyAutopush = (rules: readonly RuleSettings[]): boolean | undefined => {
  const given = rules.map(({ autopush }) => autopush).filter((one) => one !== undefined);
  return given.length === 0 ? undefined : given.includes(true);
};

/** The rules for one login: the user's own go before the groups', and those before the general ones. */
export const rulesFor = (
  { username, groups, wasDenied }: Applicant,
  settings: SecondFactorSettings,
  { use2fa, requirePassword }: Switches,
): Rules => {
  const user = byName(settings.users, [username]);
  const group = byGroup(settings.groups, groups);
  // Exactly: a spelling that only looks like a safe account is none.
  const isSafe = settings.safeAccounts.includes(username);
  const failmode = strictest(user) ?? strictest(group) ?? settings.failmode;
  return {
    secondFactor: use2fa && !isSafe ? 'duo' : 'none',
    withoutDuo: isSafe ? 'safe-account' : 'duo-off',
    requirePassword,
    failmode: wasDenied ? 'secure' : failmode,
    autopush: anyAutopush(user) ?? anyAutopush(group) ?? settings.autopush,
  };
};
