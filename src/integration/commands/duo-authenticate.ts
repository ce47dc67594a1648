import { type AuthParams, authRequest, type Factor, factors } from '../../duo/endpoints/auth.ts';
import type { Fault } from '../../duo/errors/input-errors.ts';
import type { Plan } from '../../duo/plan.ts';
import { choice, flag, text, type Values } from '../argument.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { stringOutput } from '../outputs.ts';
import { pollingArguments } from '../polling-arguments.ts';
import { pushinfoArgument } from '../pushinfo-argument.ts';
import type { CommandResult } from '../result.ts';
import { checkWho, toSelector, whoArguments } from '../who.ts';
import { responseOutputs, transactionOutputs } from './auth-context.ts';
import { authenticateAndFollow, authenticateLater, authenticateNow } from './authenticate-plans.ts';

const authenticateArguments = {
  ...whoArguments,
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
  pushinfo: pushinfoArgument,
  txid: text('Transaction of a verified push, from duo-preauth.'),
  ipaddr: text("IP address of the user's machine; Duo's network policies need it."),
  hostname: text("Name of the user's machine."),
  ...pollingArguments,
};

type Args = Values<typeof authenticateArguments>;
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
      // checkFactor has seen to it that there is one.
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

const plan = (values: Args, { polling }: CommandContext): Plan<CommandResult> => {
  const params = toAuthParams(values);
  const isAsync = values.async || values.polling;
  const request = authRequest(params, { async: isAsync });
  if (!isAsync) {
    return authenticateNow(request, params);
  }
  return values.polling && polling === 'followed'
    ? authenticateAndFollow(request, params, values)
    : authenticateLater(request, params, values, polling);
};

export const duoAuthenticate = defineCommand({
  name: 'duo-authenticate',
  description:
    'Asks a user for the second factor: a push, a phone call, a passcode, or new passcodes by text message.',
  arguments: authenticateArguments,
  outputs: [
    ...responseOutputs('Duo.Authenticate'),
    stringOutput('Duo.Authenticate.Response.TxID', 'The transaction, when async or polling.'),
    stringOutput('Duo.Authenticate.Username', 'The user name that was asked for.'),
    stringOutput('Duo.Authenticate.UserID', 'The user ID that was asked for.'),
    stringOutput('Duo.Authenticate.Factor', 'The factor that was asked for.'),
    ...transactionOutputs,
  ],
  polling: true,
  potentiallyHarmful: true,
  check: ({ factor }, given) => [
    ...checkWho(given),
    ...(factor === undefined ? [] : checkFactor(factor, given)),
  ],
  plan,
});
