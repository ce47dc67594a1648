import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../duo/version.ts';
import { commands } from '../integration/commands/table.ts';
import type { CliContext } from './cli-context.ts';
import { type ExitCode, exitCodeOf, exitCodes, reportError } from './errors.ts';
import {
  commandHelp,
  commandList,
  exitCodesHelp,
  helpColumns,
  lineHelp,
  loginHelp,
  parametersHelp,
  runHelp,
} from './help.ts';
import { outputFormats } from './output/print-result.ts';

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };

/** Let a command take parameters from a file, a profile or a file of variables. */
const withParameters = (command: Command): Command =>
  command
    .addOption(
      new Option('--params <file>', 'JSON file with the parameters of the instance').conflicts([
        'profile',
        'envFile',
      ]),
    )
    .addOption(new Option('--profile <name>', 'profile with the parameters').conflicts(['envFile']))
    .option('--env-file <file>', 'file of variables, such as .env, with the parameters');

/** Let a command reach Duo: parameters, and a log. */
const withInstance = (command: Command): Command =>
  withParameters(command).option(
    '--debug',
    'log each request to stderr, as JSON lines without secrets',
  );

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [
  ...earlier,
  value,
];

/** What the commands of the program share. */
interface Setting {
  readonly context: CliContext;
  /** Receives how the program ends. */
  readonly finish: (code: ExitCode) => void;
}

// One function a command, all of one shape: what it does, its options, and the file that runs it.
const addExec = (program: Command, { context, finish }: Setting): void => {
  withInstance(program.command('exec'))
    .description('run one war-room line')
    .argument(
      '<line...>',
      "such as '!duo-preauth username=alice', in one word or in several; - reads it from the input",
    )
    .addOption(
      new Option('--output <format>', 'what to print').choices(outputFormats).default('text'),
    )
    .addOption(
      new Option('--field <path>', 'print a path of the context instead; may be repeated')
        .argParser(collect)
        .conflicts('output'),
    )
    .option('--require-allow', 'end with code 3 unless Duo allows the user')
    .addHelpText(
      'after',
      () => `\n${lineHelp(context.stdout.columns)}\n${parametersHelp}\n${exitCodesHelp}`,
    )
    .action(async (line, options) => {
      const { exec } = await import('./exec.ts');
      finish(await exec(line, options, context));
    });
};

const addWarRoom = (program: Command, { context, finish }: Setting): void => {
  withInstance(program.command('war-room'))
    .description('a prompt for war-room lines, which share a context')
    .addHelpText('after', () => `\n${lineHelp(context.stdout.columns)}\n${parametersHelp}`)
    .action(async (options) => {
      const { warRoom } = await import('./war-room.ts');
      finish(await warRoom(options, context));
    });
};

const addRun = (program: Command, { context, finish }: Setting): void => {
  withInstance(program.command('run'))
    .description('answer JSON lines from the input, many at once, as the answers come')
    .addOption(
      new Option('--concurrency <number>', 'how many lines may be under way at once')
        .argParser(wholeNumber(1, 10_000))
        .default(100),
    )
    .addHelpText('after', `${runHelp}\n${parametersHelp}`)
    .action(async (options) => {
      const { run } = await import('./run.ts');
      finish(await run(options, context));
    });
};

const addTest = (program: Command, { context, finish }: Setting): void => {
  withInstance(program.command('test'))
    .description('the Test button: prints ok, or what is wrong and what to do')
    .addHelpText('after', parametersHelp)
    .action(async (options) => {
      const { testInstance } = await import('./instance.ts');
      finish(await testInstance(options, context));
    });
};

const addConfig = (program: Command, { context, finish }: Setting): void => {
  withParameters(program.command('config'))
    .description('show which parameters are used, where they come from and what is wrong')
    .addHelpText('after', parametersHelp)
    .action(async (options) => {
      const { config } = await import('./config.ts');
      finish(await config(options, context));
    });
};

const addSimulator = (program: Command, { context, finish }: Setting): void => {
  program
    .command('simulator')
    .description('a simulator of the Duo Auth API, with a phone to press buttons on')
    .addOption(
      new Option('--port <number>', 'where to listen; 0 is any that is free')
        .argParser(wholeNumber(0, 65_535))
        .default(0),
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--config <file>', 'YAML file with users, devices and settings; read again when saved')
    .option('--record <file>', 'write every signed exchange there, one JSON object a line')
    .option('--replay <file>', 'respond from such a recording')
    .option('--json', 'print one JSON line once it listens, and nothing else')
    .option('--print-config', 'print the default configuration, and end')
    .action(async (options) => {
      const { simulator } = await import('./simulator.ts');
      finish(await simulator(options, context));
    });
};

const addLogin = (program: Command, { context, finish }: Setting): void => {
  program
    .command('login')
    .description('the gateway: Duo as the second factor of a login')
    .requiredOption('--config <file>', 'YAML file with the settings')
    .option('--check', 'try Duo, the first factor and the session store, and explain')
    .option('--sessions', 'list who is signed in')
    .option('--end <name>', 'end the session with this name')
    .option('--end-user <user>', 'end all sessions of a user')
    .option('--unlock <user>', 'let Duo reach a user again after a report of fraud')
    .option('--json', 'print JSON lines: one once it listens, or one for each session')
    .addHelpText('after', loginHelp)
    .action(async (options) => {
      const { login } = await import('./login.ts');
      finish(await login(options, context));
    });
};

const addDemo = (program: Command, { context, finish }: Setting): void => {
  program
    .command('demo')
    .description('simulator and war room in one; without a terminal, a tour that ends by itself')
    .action(async () => {
      const { demo } = await import('./demo.ts');
      finish(await demo(context));
    });
};

const addHelp = (program: Command, { context }: Setting): void => {
  program
    .helpCommand(false)
    .command('help')
    .description('all about a command, of this program or of the war room')
    .argument('[command]', `such as exec or ${[...commands.keys()][0]}`)
    .action((name?: string) => {
      const own = program.commands.find((command) => command.name() === name);
      if (name === undefined || own !== undefined) {
        (own ?? program).outputHelp();
      } else {
        context.stdout.write(`${commandHelp(name, context.stdout.columns)}\n`);
      }
    });
};

/** The words that begin a call for shell completion: the script, and what the script then asks. */
const completionWords = ['completion', 'complete'];

/** Let help describe completion, without the package that does it. */
const announceCompletion = (program: Command): void => {
  program
    .command('completion')
    .description('print a completion script: zsh, bash, fish or powershell')
    .argument('<shell>');
};

/** Let the program print completion scripts, and answer what they ask. */
const addCompletion = async (program: Command): Promise<void> => {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  tab(program, { completionCommandName: 'completion' });
};

/**
 * The command line: its commands, their options, and which file runs each. Output goes to the
 * context's streams; instead of ending the process it throws commander's error.
 */
const createProgram = (setting: Setting): Command => {
  const { stdout, stderr } = setting.context;
  const program = new Command('xsoar-duo')
    .description('Duo for Cortex XSOAR, from the command line.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => helpColumns(stdout.columns),
      getErrHelpWidth: () => helpColumns(stderr.columns),
    })
    .showHelpAfterError('(see --help)')
    .addHelpText('after', () => `\n${commandList(stdout.columns)}\n${exitCodesHelp}`);
  const adds = [
    addExec,
    addWarRoom,
    addRun,
    addTest,
    addConfig,
    addSimulator,
    addLogin,
    addDemo,
    addHelp,
  ];
  for (const add of adds) {
    add(program, setting);
  }
  return program;
};

/** Run the program with these arguments and give its exit code. It never throws. */
export const runProgram = async (
  args: readonly string[],
  context: CliContext,
): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.done;
  const program = createProgram({
    context,
    finish: (ended) => {
      code = ended;
    },
  });
  try {
    if (completionWords.includes(args[0] ?? '')) {
      await addCompletion(program);
    } else {
      announceCompletion(program);
    }
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has written the message. Help and version end with 0, all else is bad usage.
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    }
    reportError(error, context.stderr);
    return exitCodeOf(error);
  }
};
