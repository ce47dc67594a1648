import { checkRequest, parseCheckResponse } from '../../duo/endpoints/ping.ts';
import { ask, map } from '../../duo/plan.ts';
import { isoTime } from '../context.ts';
import { defineCommand } from '../define-command.ts';
import { toMarkdown } from '../markdown.ts';

export const duoCheck = defineCommand({
  name: 'duo-check',
  description: 'Checks that the integration key and the secret key are right and that Duo answers.',
  arguments: {},
  outputs: [
    {
      contextPath: 'Duo.Check.Response.Time',
      type: 'Date',
      description: "Duo's clock when it answered.",
    },
  ],
  plan: () =>
    map(ask(checkRequest(), parseCheckResponse), ({ time, raw }) => ({
      readable: toMarkdown({
        title: 'Duo check: the keys are right',
        rows: [{ Result: 'ok', "Duo's time": isoTime(time) }],
      }),
      contents: raw,
      context: { 'Duo.Check': { Response: { Time: isoTime(time) } } },
    })),
});
