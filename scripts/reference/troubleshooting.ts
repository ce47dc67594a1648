import type { DuoErrorCode } from '../../src/duo/errors/duo-error.ts';
import { type NetworkErrorKind, networkAdvice } from '../../src/duo/errors/network-error.ts';
import { adviceByDuoCode } from '../../src/duo/errors/response-errors.ts';
import { describeTlsFailure, tlsReasons } from '../../src/hosts/node/tls-failure.ts';
import { table } from './table.ts';

interface Explained {
  readonly meaning: string;
  readonly remedy: string;
}

// The compiler sees to it that no code and no kind is left out.
const codes: Record<DuoErrorCode, Explained> = {
  bad_parameter: {
    meaning:
      'A parameter of the instance is missing or malformed; all that are at fault are named.',
    remedy: 'Correct them in the settings of the instance, and test again.',
  },
  bad_argument: {
    meaning:
      'An argument of a command is missing, malformed, unknown or in conflict with another. Nothing was sent.',
    remedy: 'Correct the arguments that are named, and run the command again.',
  },
  unknown_command: {
    meaning: 'No command has this name.',
    remedy: 'The message suggests what was probably meant, or lists the commands.',
  },
  network: {
    meaning:
      'No response came. `kind` says why; `sent` is `no` when it is certain that nothing reached Duo.',
    remedy: 'See [No response](#no-response).',
  },
  duo_refused: {
    meaning: 'Duo answered, and refused. `duoCode` is the code of Duo.',
    remedy: 'See [Refused by Duo](#refused-by-duo).',
  },
  unreadable_reply: {
    meaning:
      'Something answered, but not as Duo does. `reason` says what is wrong, `excerpt` how the response begins. It is never taken for an approval.',
    remedy:
      'Check the API hostname, and that no proxy or login page answers in the place of Duo. After `duo-authenticate` the user may still have been asked.',
  },
  cancelled: {
    meaning:
      'The caller ended the call. `mayReachUser` says whether a push or a call may still arrive.',
    remedy: 'The user can ignore or deny what still arrives.',
  },
};

const kinds: Record<NetworkErrorKind, string> = {
  dns: 'The host name has no address.',
  refused: 'Nothing listens there, or a firewall turned the connection away.',
  tls: 'The connection is not trusted. See [Not trusted](#not-trusted).',
  proxy: 'The proxy could not be reached, is not trusted, or did not open a tunnel.',
  timeout: 'No whole response came within the time-out, retries and waits included.',
  reset: 'The connection broke off.',
};

const duoMeanings: Readonly<Record<string, string>> = {
  40001: 'A parameter that Duo needs is missing.',
  40002:
    'A parameter is not usable, or the user has no device for the factor. With `auth_status` and without `txid` in its detail: the poll ran out, and is repeated.',
  40101: 'The keys are missing from the request.',
  40102: 'The integration key is not known.',
  40103: 'The signature is wrong: another secret key, or another host, than Duo expects.',
  40104: 'The request has no date. The clocks are compared, and it is signed again once.',
  40105:
    'The date is more than five minutes off. The clocks are compared, and it is signed again once.',
  40301: 'The application is disabled or of another type, or Duo turns this client name away.',
  40401: 'There is no such endpoint on this host, or no logo.',
  42901:
    'Too many requests, in all or for this user. It is repeated within the time-out, as late as Duo asks.',
};

const code = (text: string): string => `\`${text}\``;

const parts = (): string[] => [
  '# Troubleshooting',
  'Every error has a stable `code`, a message that says what happened, and an `advice` that says what to do next. This page is made from the same tables (`npm run generate`).',
  table(
    ['code', 'meaning', 'remedy'],
    Object.entries(codes).map(([name, { meaning, remedy }]) => [code(name), meaning, remedy]),
  ),
  '## No response',
  table(
    ['kind', 'meaning', 'remedy'],
    Object.entries(kinds).map(([kind, meaning]) => [
      code(kind),
      meaning,
      networkAdvice[kind as NetworkErrorKind],
    ]),
  ),
  'What is repeated, within the time-out of the call: everything after 429; everything that is certain not to have left, twice, after 1 and 2 s; and what does no harm twice (not `auth`, not `enroll`) when the connection broke. A push is never sent again while it may be on its way. The command line says on stderr what it sends again, and when.',
  '## Not trusted',
  'The `reason` of an error of the kind `tls`, in Node:',
  table(
    ['reason', 'meaning', 'remedy'],
    [...tlsReasons.keys()].map((reason) => {
      const { detail, advice } = describeTlsFailure(reason, undefined, undefined);
      return [code(reason), `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`, advice ?? ''];
    }),
  ),
  'Lists of revoked certificates are not read. A root that is no longer trusted goes out of `ca_file`.',
  '## Refused by Duo',
  table(
    ['code', 'meaning', 'remedy'],
    Object.entries(adviceByDuoCode).map(([number, advice]) => [
      number,
      duoMeanings[number] ?? '',
      advice,
    ]),
  ),
  'Codes from 50000 on are trouble on the side of Duo: try again later, and look at status.duo.com.',
  '## Seeing more',
  '`--debug` writes a JSON line to stderr for each request: its name, endpoint, attempt, HTTP status or failure, and milliseconds. In Node, `createIntegration(params, { logger: console })` does. Neither holds keys, passcodes, user names or texts of Duo.',
];

/** The page on what can go wrong, with its remedies. */
export const troubleshooting = (): string => `${parts().join('\n\n')}\n`;
