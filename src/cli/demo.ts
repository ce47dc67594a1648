import { createIntegration, type Integration } from '../hosts/node/create-integration.ts';
import type { Simulator } from '../simulator/index.ts';
import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { createRenderMarkdown } from './output/render-markdown.ts';
import { isInteractive } from './prompt/open-prompt.ts';
import { createWarRoomSession } from './session/war-room-session.ts';
import { openSimulator } from './simulator.ts';
import { converse } from './war-room.ts';

const greeting = ({ url, phoneUrl }: Simulator): string => `### Welcome to xsoar-duo

A Duo simulator listens on ${url}, and this is a war room beside it: nothing reaches the real Duo.

| Type | and see |
| --- | --- |
| \`!duo-preauth username=alice\` | what Duo knows of alice |
| \`!duo-authenticate username=alice factor=push\` | how she approves, by herself |
| \`!duo-authenticate username=grace factor=push\` | how grace waits for you |

Pick up the phone of grace in a browser; the certificate is the simulator's own, so it asks first:

${phoneUrl}

Tab completes, \`help\` lists everything, \`exit\` leaves.`;

/** The lines that show what there is, to somebody who only watches. */
const tour = [
  '!duo-check',
  '!duo-preauth username=alice',
  '!duo-authenticate username=alice factor=push',
  '!duo-authenticate username=erin factor=push',
  '!duo-authenticate username=alice factor=push async=true',
  '!duo-authenticate-status txid=${Duo.Transaction(val.Done == false).TxID} polling=true',
];

const showTour = async (integration: Integration, context: CliContext): Promise<ExitCode> => {
  const { stdout, signal } = context;
  stdout.write(`The Test button\n${await integration.test({ signal })}\n`);
  const session = createWarRoomSession(integration, context);
  for (const line of tour) {
    stdout.write(`\n${line}\n\n`);
    await session.run(line, signal);
  }
  return exitCodes.done;
};

/**
 * A simulator and a war room in one. Without a terminal the Test button and the four commands run by
 * themselves, are printed, and that is all.
 */
export const demo = async (context: CliContext): Promise<ExitCode> => {
  const simulator = await openSimulator({});
  try {
    const { hostname, ikey, skey, caFile } = simulator;
    const integration = createIntegration({ hostname, ikey, skey, ca_file: caFile });
    if (!isInteractive(context)) {
      return await showTour(integration, context);
    }
    const render = await createRenderMarkdown(context.stdout, context.env);
    context.stdout.write(`${render(greeting(simulator))}\n\n`);
    return await converse(integration, context);
  } finally {
    await simulator.close();
  }
};
