import {
  type Device,
  type PreauthResponse,
  parsePreauthResponse,
  preauthRequest,
  type VerifiedPush,
} from '../../duo/endpoints/preauth.ts';
import { ask, map } from '../../duo/plan.ts';
import { flag, text } from '../argument.ts';
import { defineCommand } from '../command.ts';
import { isoTime, known, output } from '../entry.ts';
import type { Readable, Row, Sentence } from '../readable.ts';
import { toSelector, userArguments, userContext, userNames, userTitle } from '../user.ts';

const root = 'Duo.PreAuth.Response';
const device = `${root}.Devices`;

const outputs = [
  output(`${root}.Result`, 'auth, allow, deny or enroll.'),
  output(`${root}.StatusMessage`, "Duo's words on the result."),
  output(`${root}.EnrollPortalURL`, 'Where the user can enroll; good for five minutes.'),
  output(`${root}.TxID`, 'Transaction of a verified push, for duo-authenticate.'),
  output(`${root}.VerificationCode`, 'Code that the user types to confirm the push.'),
  output(`${root}.Expiration`, 'When the verification code expires.', 'Date'),
  output(`${device}.Device`, "Duo's ID of the device, for duo-authenticate."),
  output(`${device}.Type`, 'phone or token.'),
  output(`${device}.DisplayName`, 'Name of the device for a person.'),
  output(`${device}.Name`, 'Name that the device was given.'),
  output(`${device}.Number`, "The phone's masked number."),
  output(`${device}.Capabilities`, 'What it can do: auto, push, sms, phone, mobile_otp.'),
  output(`${device}.SMSNextCode`, 'First digit of the next passcode in the last text message.'),
  output('Duo.PreAuth.Username', 'The user name that was asked for.'),
  output('Duo.PreAuth.UserID', 'The user ID that was asked for.'),
];

const deviceContext = (one: Device) =>
  known({
    Device: one.device,
    Type: one.type,
    DisplayName: one.displayName,
    Name: one.name,
    Number: one.number,
    Capabilities: one.capabilities,
    SMSNextCode: one.smsNextCode,
  });

const responseContext = (response: PreauthResponse): Record<string, unknown> => {
  const base = { Result: response.result, StatusMessage: response.statusMessage };
  switch (response.result) {
    case 'auth': {
      const { devices, verifiedPush } = response;
      return known({
        ...base,
        Devices: devices.map(deviceContext),
        TxID: verifiedPush?.txid,
        VerificationCode: verifiedPush?.verificationCode,
        Expiration: verifiedPush?.expiration && isoTime(verifiedPush.expiration),
      });
    }
    case 'enroll':
      return known({ ...base, EnrollPortalURL: response.enrollPortalUrl });
    case 'allow':
    case 'deny':
      return base;
  }
};

const deviceRow = (one: Device): Row => ({
  Device: one.displayName === '' ? one.name : one.displayName,
  ID: one.device,
  Type: one.type,
  'Can do': one.capabilities.join(', '),
  'Next SMS passcode': one.smsNextCode && `starts with ${one.smsNextCode}`,
});

const verifiedPushSteps = ({ txid, verificationCode }: VerifiedPush): readonly Sentence[] => [
  ['Duo asks for a verified push. Show the user this code: ', { strong: verificationCode }],
  ['Then run ', { code: 'duo-authenticate' }, ` with factor push and txid ${txid}.`],
];

const authReadable = (
  user: string,
  { devices, verifiedPush }: PreauthResponse & { result: 'auth' },
): Omit<Readable, 'rows'> => {
  const plainSteps: readonly Sentence[] =
    devices.length === 0
      ? ['The user has no device that Duo can use.']
      : [['Run ', { code: 'duo-authenticate' }, ' to ask for the second factor.']];
  return {
    title: `Duo preauth: ${user} needs a second factor`,
    more: { intro: 'Devices:', rows: devices.map(deviceRow) },
    next: verifiedPush === undefined ? plainSteps : verifiedPushSteps(verifiedPush),
  };
};

const describe = (user: string, response: PreauthResponse): Omit<Readable, 'rows'> => {
  switch (response.result) {
    case 'auth':
      return authReadable(user, response);
    case 'allow':
      return {
        title: `Duo preauth: ${user} is let in without a second factor`,
        next: ['Do not ask for a second factor.'],
      };
    case 'deny':
      return { title: `Duo preauth: ${user} is denied`, next: ['Do not let the user in.'] };
    case 'enroll':
      return {
        title: `Duo preauth: ${user} must enroll first`,
        next: [
          'Do not let the user in.',
          response.enrollPortalUrl === undefined
            ? 'Ask a Duo administrator to enroll the user.'
            : [
                'The user can enroll here within five minutes: ',
                { link: response.enrollPortalUrl },
              ],
        ],
      };
  }
};

export const duoPreauth = defineCommand({
  name: 'duo-preauth',
  description:
    'Tells whether a user may log in, needs a second factor, is denied or must enroll, and which devices the user has. It sends nothing to the user.',
  arguments: {
    ...userArguments,
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
  exactlyOneOf: userNames,
  decides: true,
  outputs,
  examples: ['!duo-preauth username=alice', '!duo-preauth username=carol'],
  samples: [
    {
      args: { username: 'alice' },
      responses: [
        {
          result: 'auth',
          status_msg: 'Account is active',
          devices: [
            {
              device: 'DP1',
              type: 'phone',
              display_name: 'iOS (XXX-XXX-0101)',
              name: 'Work',
              number: 'XXX-XXX-0101',
              capabilities: ['auto', 'push'],
              sms_nextcode: '1',
            },
          ],
          txid: 't-1',
          verification_code: '123456',
          expiration: 1_700_000_060,
        },
      ],
    },
    {
      args: { user_id: 'DU1' },
      responses: [
        { result: 'enroll', status_msg: 'Enroll', enroll_portal_url: 'https://duo.example/portal' },
      ],
    },
  ],
  plan: (values) => {
    const user = toSelector(values);
    const request = preauthRequest({
      ...user,
      ipaddr: values.ipaddr,
      hostname: values.hostname,
      trustedDeviceToken: values.trusted_device_token,
      clientSupportsVerifiedPush: values.client_supports_verified_push,
    });
    return map(ask(request, parsePreauthResponse), (response) => ({
      readable: {
        rows: [{ Result: response.result, "Duo's message": response.statusMessage }],
        ...describe(userTitle(user), response),
      },
      contents: response.raw,
      // Without a key to merge by: playbooks read the second call's answer at [1].
      context: {
        'Duo.PreAuth': { Response: responseContext(response), ...known(userContext(user)) },
      },
    }));
  },
});
