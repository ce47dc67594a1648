import type { Command } from 'commander';

/** The words that begin a call for shell completion: the script, and what the script then asks. */
export const completionWords = ['completion', 'complete'];

/** Describe the command to help, without the package that does it. */
export const announceCompletion = (program: Command): void => {
  program
    .command('completion')
    .description('print a completion script: zsh, bash, fish or powershell')
    .argument('<shell>');
};

/** Let the program print completion scripts and answer them. */
export const addCompletion = async (program: Command): Promise<void> => {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  tab(program, { completionCommandName: 'completion' });
};
