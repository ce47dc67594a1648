import { checkRequest, parseCheckResponse } from '../../duo/endpoints/ping.ts';
import { ask, map } from '../../duo/plan.ts';
import { defineCommand } from '../command.ts';
import { isoTime, output } from '../entry.ts';

export const duoCheck = defineCommand({
  name: 'duo-check',
  description: 'Checks that the integration key and the secret key are right and that Duo answers.',
  arguments: {},
  outputs: [output('Duo.Check.Response.Time', "Duo's clock when it answered.", 'Date')],
  examples: ['!duo-check'],
  samples: [{ responses: [{ time: 1_700_000_000 }] }],
  plan: () =>
    map(ask(checkRequest(), parseCheckResponse), ({ time, raw }) => ({
      readable: {
        title: 'Duo check: the keys are right',
        rows: [{ Result: 'ok', "Duo's time": isoTime(time) }],
      },
      contents: raw,
      context: { 'Duo.Check': { Response: { Time: isoTime(time) } } },
    })),
});
