import {
  type EnrollResponse,
  enrollRequest,
  parseEnrollResponse,
} from '../../duo/endpoints/enroll.ts';
import { ask, map } from '../../duo/plan.ts';
import { text, wholeNumber } from '../argument.ts';
import { defineCommand } from '../command.ts';
import { isoTime, known, output } from '../entry.ts';
import type { Readable } from '../readable.ts';

const root = 'Duo.Enroll.Response';

const toContext = (response: EnrollResponse) =>
  known({
    UserID: response.userId,
    Username: response.username,
    ActivationCode: response.activationCode,
    ActivationURL: response.activationUrl,
    ActivationBarcode: response.activationBarcode,
    Expiration: isoTime(response.expiration),
    BypassCodes: response.bypassCodes.length === 0 ? undefined : response.bypassCodes,
  });

const toReadable = (response: EnrollResponse): Readable => ({
  title: `Duo enroll: ${response.username} was created`,
  rows: [
    {
      'User ID': response.userId,
      'QR code': { link: response.activationBarcode },
      'On the phone':
        response.activationUrl === undefined ? undefined : { link: response.activationUrl },
      'Good until': isoTime(response.expiration),
      'Bypass codes': response.bypassCodes.length === 0 ? undefined : 'in the context only',
    },
  ],
  qrCode: response.activationCode,
  next: [
    [
      'Let the user scan the QR code with Duo Mobile, then ask ',
      { code: 'duo-enroll-status' },
      ' whether it was done.',
    ],
  ],
});

export const duoEnroll = defineCommand({
  name: 'duo-enroll',
  description: 'Creates a user in Duo, with an activation code for Duo Mobile.',
  arguments: {
    username: text('Name of the new user. Without it Duo makes one up.', { positional: true }),
    valid_secs: wholeNumber('How long the activation code is good, in seconds. Default: one day.', {
      least: 1,
      most: 31_536_000,
    }),
    bypass_codes: wholeNumber('How many bypass codes to make. Older accounts only.', {
      least: 1,
      most: 10,
    }),
  },
  outputs: [
    output(`${root}.UserID`, "Duo's ID of the new user."),
    output(`${root}.Username`, 'Name of the new user.'),
    output(`${root}.ActivationCode`, 'The activation code, for duo-enroll-status.'),
    output(`${root}.ActivationURL`, 'Address that activates Duo Mobile on the phone.'),
    output(`${root}.ActivationBarcode`, 'Address of the QR code to scan.'),
    output(`${root}.Expiration`, 'When the activation code expires.', 'Date'),
    output(`${root}.BypassCodes`, 'The bypass codes. Secrets.'),
  ],
  potentiallyHarmful: true,
  secretKeys: ['bypass_codes'],
  examples: ['!duo-enroll username=heidi'],
  samples: [
    {
      responses: [
        {
          user_id: 'DU1',
          username: 'alice',
          activation_barcode: 'https://duo.example/qr',
          activation_code: 'duo://code',
          activation_url: 'https://duo.example/code',
          expiration: 1_700_000_000,
          bypass_codes: ['123456789'],
        },
      ],
    },
  ],
  plan: (values) => {
    const request = enrollRequest({
      username: values.username,
      validSeconds: values.valid_secs,
      bypassCodes: values.bypass_codes,
    });
    return map(ask(request, parseEnrollResponse), (response) => ({
      readable: toReadable(response),
      contents: response.raw,
      context: { 'Duo.Enroll': { Response: toContext(response) } },
    }));
  },
});
