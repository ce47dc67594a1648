import type { Device, PreauthResponse } from '../../duo/endpoints/preauth.ts';
import type { Output } from '../command.ts';
import { isoTime, known } from '../context.ts';
import { stringOutput } from '../outputs.ts';

const response = 'Duo.PreAuth.Response';
const device = `${response}.Devices`;

/** What `duo-preauth` writes. */
export const preauthOutputs: readonly Output[] = [
  stringOutput(`${response}.Result`, 'auth, allow, deny or enroll.'),
  stringOutput(`${response}.StatusMessage`, "Duo's words on the result."),
  stringOutput(`${response}.EnrollPortalURL`, 'Where the user can enroll; good for five minutes.'),
  stringOutput(`${response}.TxID`, 'Transaction of a verified push, for duo-authenticate.'),
  stringOutput(`${response}.VerificationCode`, 'Code that the user types to confirm the push.'),
  {
    contextPath: `${response}.Expiration`,
    type: 'Date',
    description: 'When the verification code expires.',
  },
  stringOutput(`${device}.Device`, "Duo's ID of the device, for duo-authenticate."),
  stringOutput(`${device}.Type`, 'phone or token.'),
  stringOutput(`${device}.DisplayName`, 'Name of the device for a person.'),
  stringOutput(`${device}.Name`, 'Name that the device was given.'),
  stringOutput(`${device}.Number`, "The phone's masked number."),
  stringOutput(`${device}.Capabilities`, 'What it can do: auto, push, sms, phone, mobile_otp.'),
  stringOutput(
    `${device}.SMSNextCode`,
    'First digit of the next passcode in the last text message.',
  ),
  stringOutput('Duo.PreAuth.Username', 'The user name that was asked for.'),
  stringOutput('Duo.PreAuth.UserID', 'The user ID that was asked for.'),
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

/** The `Response` part of `Duo.PreAuth`. */
export const preauthResponse = (reply: PreauthResponse): Record<string, unknown> => {
  const base = { Result: reply.result, StatusMessage: reply.statusMessage };
  switch (reply.result) {
    case 'auth':
      return known({
        ...base,
        Devices: reply.devices.map(deviceContext),
        TxID: reply.verifiedPush?.txid,
        VerificationCode: reply.verifiedPush?.verificationCode,
        Expiration: reply.verifiedPush?.expiration && isoTime(reply.verifiedPush.expiration),
      });
    case 'enroll':
      return known({ ...base, EnrollPortalURL: reply.enrollPortalUrl });
    case 'allow':
    case 'deny':
      return base;
  }
};
