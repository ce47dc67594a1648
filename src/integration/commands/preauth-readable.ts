import type {
  Device,
  PreauthResponse,
  UserSelector,
  VerifiedPush,
} from '../../duo/endpoints/preauth.ts';
import { escapeMarkdown, link, type Readable, type Row, toMarkdown } from '../markdown.ts';
import { whoTitle } from '../who.ts';

const deviceRow = (one: Device): Row => ({
  Device: escapeMarkdown(one.displayName === '' ? one.name : one.displayName),
  ID: escapeMarkdown(one.device),
  Type: escapeMarkdown(one.type),
  'Can do': one.capabilities.map(escapeMarkdown).join(', '),
  'Next SMS passcode': one.smsNextCode && `starts with ${escapeMarkdown(one.smsNextCode)}`,
});

const verifiedPushSteps = ({ txid, verificationCode }: VerifiedPush): string[] => [
  `Duo asks for a verified push. Show the user this code: **${escapeMarkdown(verificationCode)}**`,
  `Then run \`duo-authenticate\` with factor push and txid ${escapeMarkdown(txid)}.`,
];

const authReadable = (
  who: string,
  reply: PreauthResponse & { result: 'auth' },
): Omit<Readable, 'rows'> => {
  const next =
    reply.verifiedPush === undefined
      ? [
          reply.devices.length === 0
            ? 'The user has no device that Duo can use.'
            : 'Run `duo-authenticate` to ask for the second factor.',
        ]
      : verifiedPushSteps(reply.verifiedPush);
  return {
    title: `Duo preauth: ${who} needs a second factor`,
    more: { intro: 'Devices:', rows: reply.devices.map(deviceRow) },
    next,
  };
};

const describe = (who: string, reply: PreauthResponse): Omit<Readable, 'rows'> => {
  switch (reply.result) {
    case 'auth':
      return authReadable(who, reply);
    case 'allow':
      return {
        title: `Duo preauth: ${who} is let in without a second factor`,
        next: ['Do not ask for a second factor.'],
      };
    case 'deny':
      return { title: `Duo preauth: ${who} is refused`, next: ['Do not let the user in.'] };
    case 'enroll':
      return {
        title: `Duo preauth: ${who} must enroll first`,
        next: [
          'Do not let the user in.',
          reply.enrollPortalUrl === undefined
            ? 'Ask a Duo administrator to enroll the user.'
            : `The user can enroll here within five minutes: ${link(reply.enrollPortalUrl)}`,
        ],
      };
  }
};

/** `duo-preauth` for an analyst: the verdict, why, the devices, and what to do next. */
export const preauthReadable = (user: UserSelector, reply: PreauthResponse): string =>
  toMarkdown({
    rows: [{ Result: reply.result, "Duo's message": escapeMarkdown(reply.statusMessage) }],
    ...describe(whoTitle(user), reply),
  });
