import {
  type PreauthResponse,
  parsePreauthResponse,
  preauthRequest,
  type UserSelector,
} from '../../duo/endpoints/preauth.ts';
import { ask, map } from '../../duo/plan.ts';
import { flag, text } from '../argument.ts';
import { known } from '../context.ts';
import { defineCommand } from '../define-command.ts';
import type { CommandResult } from '../result.ts';
import { checkWho, toSelector, whoArguments, whoContext } from '../who.ts';
import { preauthOutputs, preauthResponse } from './preauth-context.ts';
import { preauthReadable } from './preauth-readable.ts';

const toResult = (user: UserSelector, reply: PreauthResponse): CommandResult => ({
  readable: preauthReadable(user, reply),
  contents: reply.raw,
  // Without a key to merge by: playbooks read the second call's answer at [1].
  context: { 'Duo.PreAuth': { Response: preauthResponse(reply), ...known(whoContext(user)) } },
});

export const duoPreauth = defineCommand({
  name: 'duo-preauth',
  description:
    'Tells whether a user may log in, needs a second factor, is refused or must enroll, and which devices the user has. It sends nothing to the user.',
  arguments: {
    ...whoArguments,
    ipaddr: text("IP address of the user's machine; Duo's network policies need it."),
    hostname: text("Name of the user's machine."),
    trusted_device_token: text(
      'Token of a remembered device, from an earlier authentication that was allowed.',
      { secret: true },
    ),
    client_supports_verified_push: flag(
      'You can show the user a verification code, so Duo may ask for a verified push.',
    ),
  },
  outputs: preauthOutputs,
  check: (_values, given) => checkWho(given),
  plan: (values) => {
    const user = toSelector(values);
    const request = preauthRequest({
      ...user,
      ipaddr: values.ipaddr,
      hostname: values.hostname,
      trustedDeviceToken: values.trusted_device_token,
      clientSupportsVerifiedPush: values.client_supports_verified_push,
    });
    return map(ask(request, parsePreauthResponse), (reply) => toResult(user, reply));
  },
});
