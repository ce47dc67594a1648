import {
  type EnrollResponse,
  enrollRequest,
  parseEnrollResponse,
} from '../../duo/endpoints/enroll.ts';
import { ask, map } from '../../duo/plan.ts';
import { text, wholeNumber } from '../argument.ts';
import { isoTime, known } from '../context.ts';
import { defineCommand } from '../define-command.ts';
import { escapeMarkdown, link, toMarkdown } from '../markdown.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { stringOutput } from '../outputs.ts';

const response = 'Duo.Enroll.Response';

const toContext = (reply: EnrollResponse) =>
  known({
    UserID: reply.userId,
    Username: reply.username,
    ActivationCode: reply.activationCode,
    ActivationURL: reply.activationUrl,
    ActivationBarcode: reply.activationBarcode,
    Expiration: isoTime(reply.expiration),
    BypassCodes: reply.bypassCodes.length === 0 ? undefined : reply.bypassCodes,
  });

const toReadable = (reply: EnrollResponse): string =>
  toMarkdown({
    title: `Duo enroll: ${reply.username} was created`,
    rows: [
      {
        'User ID': escapeMarkdown(reply.userId),
        'QR code': link(reply.activationBarcode),
        'On the phone': reply.activationUrl && link(reply.activationUrl),
        'Good until': isoTime(reply.expiration),
        'Bypass codes': reply.bypassCodes.length === 0 ? undefined : 'in the context only',
      },
    ],
    next: [
      'Let the user scan the QR code with Duo Mobile, then ask `duo-enroll-status` whether it was done.',
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
    stringOutput(`${response}.UserID`, "Duo's ID of the new user."),
    stringOutput(`${response}.Username`, 'Name of the new user.'),
    stringOutput(`${response}.ActivationCode`, 'The activation code, for duo-enroll-status.'),
    stringOutput(`${response}.ActivationURL`, 'Address that activates Duo Mobile on the phone.'),
    stringOutput(`${response}.ActivationBarcode`, 'Address of the QR code to scan.'),
    {
      contextPath: `${response}.Expiration`,
      type: 'Date',
      description: 'When the activation code expires.',
    },
    stringOutput(`${response}.BypassCodes`, 'The bypass codes. Secrets.'),
  ],
  potentiallyHarmful: true,
  plan: (values) => {
    const request = enrollRequest({
      username: values.username,
      validSeconds: values.valid_secs,
      bypassCodes: values.bypass_codes,
    });
    return map(ask(request, parseEnrollResponse), (reply) => ({
      readable: toReadable(reply),
      contents: maskSecrets(reply.raw),
      context: { 'Duo.Enroll': { Response: toContext(reply) } },
    }));
  },
});
