import { clockOffsetSeconds, describeOffset } from '../../duo/clock.ts';
import { parsePingResponse, pingRequest } from '../../duo/endpoints/ping.ts';
import { ask, map } from '../../duo/plan.ts';
import { isoTime } from '../context.ts';
import { defineCommand } from '../define-command.ts';
import { toMarkdown } from '../markdown.ts';

export const duoPing = defineCommand({
  name: 'duo-ping',
  description: 'Checks that Duo can be reached and compares the clocks. It needs no valid keys.',
  arguments: {},
  outputs: [
    {
      contextPath: 'Duo.Ping.Response.Time',
      type: 'Date',
      description: "Duo's clock when it answered.",
    },
    {
      contextPath: 'Duo.Ping.ClockOffsetSeconds',
      type: 'Number',
      description: "Duo's clock minus this machine's, in seconds. Duo accepts up to 300.",
    },
  ],
  plan: () =>
    map(
      ask(pingRequest(), (reply) => {
        const { time, raw } = parsePingResponse(reply);
        return { time, raw, offset: clockOffsetSeconds(time, reply) };
      }),
      ({ time, raw, offset }) => ({
        readable: toMarkdown({
          title: 'Duo ping: Duo answers',
          rows: [{ "Duo's time": isoTime(time), "This machine's clock": describeOffset(offset) }],
        }),
        contents: raw,
        context: { 'Duo.Ping': { Response: { Time: isoTime(time) }, ClockOffsetSeconds: offset } },
      }),
    ),
});
