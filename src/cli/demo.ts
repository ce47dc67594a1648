import { createIntegration, type Integration } from '../hosts/node/create-integration.ts';
import type { Readable } from '../integration/readable.ts';
import type { Simulator } from '../simulator/index.ts';
import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCodes } from './errors.ts';
import { writeOnce } from './instance.ts';
import { printResult } from './output/print-result.ts';
import { readableText } from './output/readable-text.ts';
import { isInteractive } from './prompt/prompt.ts';
import { createSession } from './session.ts';
import { openSimulator } from './simulator.ts';
import { converse } from './war-room.ts';

const greeting = ({ url, phoneUrlFor }: Simulator): Readable => ({
  title: 'Welcome to xsoar-duo',
  rows: [
    {
      Type: { code: '!duo-preauth username=alice' },
      'and see': 'what Duo knows of alice',
    },
    {
      Type: { code: '!duo-authenticate username=alice factor=push' },
      'and see': 'how she approves, by herself',
    },
    {
      Type: { code: '!duo-authenticate username=grace factor=push' },
      'and see': 'how grace waits for you',
    },
  ],
  next: [
    `A Duo simulator listens on ${url}, and this is a war room beside it: nothing reaches the real Duo.`,
    'The phone of grace is in your browser; the certificate is the simulator’s own, so it asks first:',
    [{ link: phoneUrlFor('grace') }],
    ['Tab completes, ', { code: 'help' }, ' lists everything, ', { code: 'exit' }, ' leaves.'],
  ],
});

/** The lines that run when there is no terminal. */
const tour = [
  '!duo-check',
  '!duo-preauth username=alice',
  '!duo-authenticate username=alice factor=push',
  '!duo-authenticate username=erin factor=push',
  '!duo-authenticate username=alice factor=push async=true',
  '!duo-authenticate-status txid=${Duo.Transaction(val.Done == false).TxID} polling=true',
];

const showTour = async (integration: Integration, context: CliContext): Promise<ExitCode> => {
  const { stdout, stderr, signal } = context;
  stdout.write(`The Test button\n${await integration.test({ signal })}\n`);
  const source = { canAsk: false, canRead: false };
  const session = createSession(async () => integration, context, source, writeOnce(stderr));
  for (const line of tour) {
    stdout.write(`\n${line}\n\n`);
    await printResult('text', await session.run(session.prepare(line), signal), context);
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
    context.stdout.write(`${readableText(greeting(simulator), context)}\n\n`);
    return await converse(integration, context);
  } finally {
    await simulator.close();
  }
};
