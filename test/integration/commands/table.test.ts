import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type CommandInputs,
  commands,
  xsoarCommands,
} from '../../../src/integration/commands/table.ts';
import { readIntegrationYml } from '../../../testing/integration-yml.ts';
import { runSample } from '../../../testing/run-command.ts';
import { writtenPaths } from './written-paths.ts';

const all = [...commands.values()];

// Following a transaction to its end also writes what the status command does.
const isFollowed = (command: string, path: string): boolean =>
  command === 'duo-authenticate' && path.startsWith('Duo.AuthenticateStatus.');

describe.each(all)('$name', (command) => {
  it('declares the outputs that its samples write, all of them and nothing else', () => {
    const written = command.samples
      .flatMap((sample) => writtenPaths(runSample(command, sample).context))
      .filter((path) => !isFollowed(command.name, path));
    const declared = command.outputs.map(({ contextPath }) => contextPath);
    expect([...new Set(written)].sort()).toEqual([...declared].sort());
  });

  it('masks its secret keys in the contents of the entry, and nowhere shows them', () => {
    for (const sample of command.samples) {
      const { readable, contents } = runSample(command, sample);
      const shown = JSON.stringify({ readable, contents });
      const secrets = sample.responses.flatMap((response) =>
        (command.secretKeys ?? []).map((key) => Reflect.get(Object(response), key)),
      );
      for (const secret of secrets.filter((value) => value !== undefined)) {
        expect(shown).not.toContain(JSON.stringify(secret));
      }
    }
  });

  it('has an example for the documentation', () => {
    expect(command.examples.length).toBeGreaterThan(0);
    for (const line of command.examples) {
      expect(line.split(' ')[0]).toBe(`!${command.name}`);
    }
  });
});

describe('the command table', () => {
  it('is what integration.yml declares, less the commands that return a file', () => {
    const declared = readIntegrationYml().script.commands.map(({ name }) => name);
    expect([...xsoarCommands.keys()]).toEqual(declared);
    expect([...commands.keys()].filter((name) => !declared.includes(name))).toEqual(['duo-logo']);
  });

  it('types what each command takes', () => {
    expectTypeOf<CommandInputs['duo-check']>().toEqualTypeOf<Record<never, never>>();
    expectTypeOf<{ txid: string; polling: true; interval_in_seconds: '15' }>().toExtend<
      CommandInputs['duo-authenticate-status']
    >();
    expectTypeOf<{ username: string; factor: 'push'; pushinfo: { From: 'XSOAR' } }>().toExtend<
      CommandInputs['duo-authenticate']
    >();
    expectTypeOf<{ user_id: string }>().toExtend<CommandInputs['duo-preauth']>();
  });

  it('refuses at compile time what the parser would refuse', () => {
    expectTypeOf<{ polling: true }>().not.toExtend<CommandInputs['duo-authenticate-status']>();
    expectTypeOf<{ factor: 'push' }>().not.toExtend<CommandInputs['duo-authenticate']>();
    expectTypeOf<{ username: string; factor: 'pigeon' }>().not.toExtend<
      CommandInputs['duo-authenticate']
    >();
    expectTypeOf<{ username: string; userID: string }>().not.toExtend<
      CommandInputs['duo-preauth']
    >();
  });
});
