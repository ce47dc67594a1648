import {
  type AuthParams,
  authRequest,
  type Factor,
  factors,
  parseAuthStarted,
} from '../../duo/endpoints/auth.ts';
import { parseAuthResponse } from '../../duo/endpoints/auth-status.ts';
import type { Fault } from '../../duo/errors/input-errors.ts';
import { ask, chain, map, type Plan } from '../../duo/plan.ts';
import { followTransaction } from '../../duo/transaction.ts';
import { type ArgumentValues, choice, flag, text } from '../argument.ts';
import { defineCommand, type PollingMode } from '../command.ts';
import { type CommandResult, known, output } from '../entry.ts';
import { pushinfo } from '../pushinfo.ts';
import type { Sentence } from '../readable.ts';
import {
  toSelector,
  userArguments,
  userContext,
  userNames,
  userTitle,
  waitingForUser,
} from '../user.ts';
import {
  pollingArguments,
  pollStatus,
  responseContext,
  responseOutputs,
  startedOutputs,
  statusContext,
  transactionKey,
  transactionOutputs,
  transactionReadable,
  transactionState,
} from './transaction.ts';

const authenticateArguments = {
  ...userArguments,
  factor: choice('How the user proves who they are.', factors, 'auto'),
  device: text(
    "ID of the device, from duo-preauth. By default the user's first device that can do it.",
  ),
  passcode: text('The passcode, for the factor passcode only.', { secret: true }),
  async: flag(
    'Do not wait for the user: the answer is a transaction, for duo-authenticate-status.',
  ),
  type: text('What the push is called on the phone, instead of "Login request".'),
  display_username: text('Name that the push shows instead of the user name.'),
  pushinfo,
  txid: text('Transaction of a verified push, from duo-preauth.'),
  ipaddr: text("IP address of the user's machine; Duo's network policies need it."),
  hostname: text("Name of the user's machine."),
  ...pollingArguments,
};

type Args = ArgumentValues<typeof authenticateArguments>;
type Name = keyof typeof authenticateArguments;

const pushOnly: readonly Name[] = ['type', 'display_username', 'pushinfo', 'txid'];

const checkFactor = (factor: Factor, given: (name: Name) => boolean): Fault[] => {
  const faults: Fault[] = [];
  if (factor === 'passcode' && !given('passcode')) {
    faults.push({ name: 'passcode', rule: 'is missing; the factor passcode needs it' });
  }
  if (factor !== 'passcode' && given('passcode')) {
    faults.push({ name: 'passcode', rule: 'goes with the factor passcode only' });
  }
  if (factor === 'passcode' && given('device')) {
    faults.push({ name: 'device', rule: 'does not go with the factor passcode' });
  }
  if (factor !== 'push' && factor !== 'auto') {
    const rule = 'goes with the factors auto and push only';
    faults.push(...pushOnly.filter(given).map((name) => ({ name, rule })));
  }
  return faults;
};

const toFactorParams = (values: Args) => {
  const { factor, device } = values;
  switch (factor) {
    case 'passcode':
      // checkFactor has made sure that there is one.
      return { factor, passcode: values.passcode as string };
    case 'sms':
    case 'phone':
      return { factor, device };
    case 'auto':
    case 'push':
      return {
        factor,
        device,
        type: values.type,
        displayUsername: values.display_username,
        pushinfo: values.pushinfo,
        txid: values.txid,
      };
  }
};

const toAuthParams = (values: Args): AuthParams => ({
  ...toSelector(values),
  ...toFactorParams(values),
  ipaddr: values.ipaddr,
  hostname: values.hostname,
});

const authenticateContext = (params: AuthParams, response: Record<string, unknown>) => ({
  'Duo.Authenticate': {
    Response: response,
    ...known(userContext(params)),
    Factor: params.factor,
  },
});

const startedTransaction = (params: AuthParams, txid: string) =>
  known({ TxID: txid, Username: params.username, Factor: params.factor });

/** Wait for the user while Duo holds the response open. */
const authenticateNow = (params: AuthParams): Plan<CommandResult> =>
  map(ask(authRequest(params, { async: false }), parseAuthResponse), (response) => ({
    readable: transactionReadable({ user: userTitle(params) }, response),
    contents: response.raw,
    context: authenticateContext(params, responseContext(response)),
  }));

const nextSteps = (polls: boolean, willPoll: boolean): readonly Sentence[] => {
  if (willPoll) {
    return ['Waiting for the user.'];
  }
  const reason = polls
    ? 'This server cannot ask again by itself, so the command did not wait. '
    : '';
  return [
    [
      `${reason}Run `,
      { code: 'duo-authenticate-status' },
      ' with the transaction to learn the answer.',
    ],
  ];
};

/** Start, and leave the answer to `duo-authenticate-status`, run by hand or by the server. */
const authenticateLater = (
  params: AuthParams,
  values: Args,
  polling: PollingMode,
): Plan<CommandResult> =>
  map(ask(authRequest(params, { async: true }), parseAuthStarted), ({ txid, raw }) => {
    const willPoll = values.polling && polling === 'scheduled';
    return {
      readable: {
        title: `Duo authentication: ${userTitle(params)} was asked`,
        rows: [{ Result: 'waiting', Factor: params.factor, Transaction: txid }],
        next: nextSteps(values.polling, willPoll),
      },
      contents: raw,
      context: {
        ...authenticateContext(params, { TxID: txid }),
        [transactionKey]: { ...startedTransaction(params, txid), Result: 'waiting', Done: false },
      },
      ...(willPoll && { poll: pollStatus(txid, values) }),
    };
  });

/** Start and follow to the end, in a host that can wait: one result, with the context of both commands. */
const authenticateAndFollow = (
  params: AuthParams,
  deadlineSeconds: number,
): Plan<CommandResult> => {
  const started = ask(authRequest(params, { async: true }), parseAuthStarted);
  return chain(started, ({ txid }) =>
    map(followTransaction(txid, { deadlineSeconds }), (response) => ({
      readable: transactionReadable({ user: userTitle(params), txid }, response),
      contents: response.raw,
      context: {
        ...authenticateContext(params, { TxID: txid }),
        ...statusContext(txid, response),
        [transactionKey]: {
          ...startedTransaction(params, txid),
          ...transactionState(txid, response),
        },
      },
    })),
  );
};

const allowed = {
  result: 'allow',
  status: 'allow',
  status_msg: 'Success.',
  trusted_device_token: 'token',
};

export const duoAuthenticate = defineCommand({
  name: 'duo-authenticate',
  description:
    'Asks a user for the second factor: a push, a phone call, a passcode, or new passcodes by text message.',
  arguments: authenticateArguments,
  exactlyOneOf: userNames,
  decides: true,
  outputs: [
    ...responseOutputs('Duo.Authenticate'),
    output('Duo.Authenticate.Response.TxID', 'The transaction, when async or polling.'),
    output('Duo.Authenticate.Username', 'The user name that was asked for.'),
    output('Duo.Authenticate.UserID', 'The user ID that was asked for.'),
    output('Duo.Authenticate.Factor', 'The factor that was asked for.'),
    ...startedOutputs,
    ...transactionOutputs,
  ],
  // The caller needs the transaction before anything else, so the command does not wait by itself.
  polling: { withoutScheduler: 'unsupported' },
  potentiallyHarmful: true,
  secretKeys: ['trusted_device_token'],
  waitingText: (values) =>
    values.async === true && values.polling !== true ? undefined : waitingForUser(values),
  prompt: {
    argument: 'passcode',
    label: 'Passcode: ',
    isNeeded: ({ factor, passcode }) => factor === 'passcode' && passcode === undefined,
  },
  examples: [
    '!duo-authenticate username=alice factor=push type="Release of payment" pushinfo="From=XSOAR&Incident=42"',
    '!duo-authenticate username=frank factor=push async=true',
  ],
  samples: [
    { args: { username: 'alice' }, responses: [allowed] },
    { args: { user_id: 'DU1', async: 'true' }, responses: [{ txid: 't-1' }] },
    { args: { username: 'alice', polling: 'true' }, responses: [{ txid: 't-1' }, allowed] },
  ],
  check: ({ factor }, given) => (factor === undefined ? [] : checkFactor(factor, given)),
  plan: (values, { polling }) => {
    const params = toAuthParams(values);
    if (values.polling && polling === 'followed') {
      return authenticateAndFollow(params, values.timeout_in_seconds);
    }
    return values.async || values.polling
      ? authenticateLater(params, values, polling)
      : authenticateNow(params);
  },
});
