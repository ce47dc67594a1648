import {
  type EnrollStatusResponse,
  enrollStatusRequest,
  parseEnrollStatusResponse,
} from '../../duo/endpoints/enroll.ts';
import { ask, map } from '../../duo/plan.ts';
import { requiredText } from '../argument.ts';
import { defineCommand } from '../command.ts';
import { output } from '../entry.ts';

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
    output('Duo.EnrollStatus.Response.Result', 'success, waiting or invalid.'),
    output('Duo.EnrollStatus.UserID', 'The user ID that was asked for.'),
  ],
  examples: [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the war room looks these values up
    '!duo-enroll-status user_id=${Duo.Enroll.Response.UserID} activation_code=${Duo.Enroll.Response.ActivationCode}',
  ],
  samples: [{ args: { user_id: 'DU1', activation_code: 'duo://code' }, responses: ['success'] }],
  plan: ({ user_id: userId, activation_code: activationCode }) =>
    map(
      ask(enrollStatusRequest({ userId, activationCode }), parseEnrollStatusResponse),
      ({ result, raw }) => ({
        readable: {
          title: `Duo enrollment: ${meanings[result]}`,
          rows: [{ Result: result, 'User ID': userId }],
        },
        contents: raw,
        context: { 'Duo.EnrollStatus': { Response: { Result: result }, UserID: userId } },
      }),
    ),
});
