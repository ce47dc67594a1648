import {
  type EnrollStatusResponse,
  enrollStatusRequest,
  parseEnrollStatusResponse,
} from '../../duo/endpoints/enroll.ts';
import { ask, map } from '../../duo/plan.ts';
import { requiredText } from '../argument.ts';
import { defineCommand } from '../define-command.ts';
import { escapeMarkdown, toMarkdown } from '../markdown.ts';
import { stringOutput } from '../outputs.ts';

const meanings: Record<EnrollStatusResponse['result'], string> = {
  success: 'the user has activated Duo Mobile',
  waiting: 'the activation code has not been used yet',
  invalid: 'the activation code has expired or is not for this user',
};

export const duoEnrollStatus = defineCommand({
  name: 'duo-enroll-status',
  description: 'Tells whether a user has activated Duo Mobile with a code from duo-enroll.',
  arguments: {
    user_id: requiredText("Duo's ID of the user, from duo-enroll.", { positional: true }),
    activation_code: requiredText('The activation code, from duo-enroll.'),
  },
  outputs: [
    stringOutput('Duo.EnrollStatus.Response.Result', 'success, waiting or invalid.'),
    stringOutput('Duo.EnrollStatus.UserID', 'The user ID that was asked for.'),
  ],
  plan: ({ user_id: userId, activation_code: activationCode }) =>
    map(
      ask(enrollStatusRequest({ userId, activationCode }), parseEnrollStatusResponse),
      (reply) => ({
        readable: toMarkdown({
          title: `Duo enrollment: ${meanings[reply.result]}`,
          rows: [{ Result: reply.result, 'User ID': escapeMarkdown(userId) }],
        }),
        contents: reply.raw,
        context: { 'Duo.EnrollStatus': { Response: { Result: reply.result }, UserID: userId } },
      }),
    ),
});
