import { describeSkew, measureSkew } from '../../duo/clock.ts';
import { parsePingResponse, pingRequest } from '../../duo/endpoints/ping.ts';
import { ask, map } from '../../duo/plan.ts';
import { defineCommand } from '../command.ts';
import { isoTime, output } from '../entry.ts';

export const duoPing = defineCommand({
  name: 'duo-ping',
  description: 'Checks that Duo can be reached and compares the clocks. It needs no valid keys.',
  arguments: {},
  outputs: [
    output('Duo.Ping.Response.Time', "Duo's clock when it answered.", 'Date'),
    output(
      'Duo.Ping.ClockOffsetSeconds',
      "Duo's clock minus this machine's, in seconds. Duo accepts up to 300.",
      'Number',
    ),
  ],
  examples: ['!duo-ping'],
  samples: [{ responses: [{ time: 1_700_000_000 }] }],
  plan: () =>
    map(
      ask(pingRequest(), (response) => {
        const { time, raw } = parsePingResponse(response);
        return { time, raw, offset: measureSkew(time, response) };
      }),
      ({ time, raw, offset }) => ({
        readable: {
          title: 'Duo ping: Duo answers',
          rows: [{ "Duo's time": isoTime(time), "This machine's clock": describeSkew(offset) }],
        },
        contents: raw,
        context: { 'Duo.Ping': { Response: { Time: isoTime(time) }, ClockOffsetSeconds: offset } },
      }),
    ),
});
