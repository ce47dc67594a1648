import { describe, expect, it } from 'vitest';
import { xsoarCommands } from '../../../src/integration/commands/table.ts';
import { loadParams } from '../../../src/integration/params.ts';
import { type CommandYml, readIntegrationYml } from '../../../testing/integration-yml.ts';
import { instanceParams } from '../../hosts/xsoar/fake-server.ts';

const integration = readIntegrationYml();
const inYml = new Map(integration.script.commands.map((command) => [command.name, command]));
const names = [...new Set([...inYml.keys(), ...xsoarCommands.keys()])];

const yml = (name: string): CommandYml => {
  const command = inYml.get(name);
  if (command === undefined) {
    throw new Error(`integration.yml has no command ${name}`);
  }
  return command;
};

describe.each(names)('%s in integration.yml and in the command table', (name) => {
  const command = xsoarCommands.get(name);
  const argumentNames = yml(name).arguments.map((argument) => argument.name);

  it('has the same words and habits', () => {
    expect(yml(name)).toMatchObject({ name, description: command?.description });
    expect(yml(name).execution ?? false).toBe(command?.potentiallyHarmful ?? false);
    expect(yml(name).polling ?? false).toBe(command?.polling !== undefined);
  });

  it('has the same arguments, in the same order', () => {
    expect(argumentNames).toEqual(Object.keys(command?.arguments ?? {}));
  });

  it.each(argumentNames)('reads %s alike', (argumentName) => {
    const written = yml(name).arguments.find((argument) => argument.name === argumentName);
    const coded = command?.arguments[argumentName];
    expect(written?.description).toBe(coded?.description);
    expect(written?.required ?? false).toBe(coded?.required);
    expect(written?.default ?? false).toBe(coded?.positional ?? false);
    expect(written?.defaultValue).toBe(coded?.defaultValue);
    expect(written?.predefined).toEqual(coded?.predefined);
    expect(written?.auto).toBe(coded?.predefined && 'PREDEFINED');
    expect(written?.secret ?? false).toBe(coded?.secret ?? false);
  });

  it('has the same outputs, with the same words', () => {
    const sorted = (outputs: CommandYml['outputs']) =>
      [...outputs].sort((a, b) => a.contextPath.localeCompare(b.contextPath));
    expect(sorted(yml(name).outputs)).toEqual(sorted([...(command?.outputs ?? [])]));
  });
});

describe("XSOAR's rules for commands", () => {
  it.each(names)('%s keeps them', (name) => {
    const { description, arguments: args, outputs } = yml(name);
    for (const text of [description, ...[...args, ...outputs].map((part) => part.description)]) {
      expect(text).toMatch(/\.$/);
    }
    expect(args.filter((argument) => argument.default)).toHaveLength(args.length > 0 ? 1 : 0);
    for (const { contextPath } of outputs) {
      expect(contextPath.split('.').length, contextPath).toBeLessThanOrEqual(5);
    }
  });
});

describe('the parameters', () => {
  const parameter = (name: string) => integration.configuration.find((one) => one.name === name);

  it('are the ones that the code reads', () => {
    expect(integration.configuration.map(({ name }) => name)).toEqual([
      'hostname',
      'credentials',
      'useragent',
      'timeout',
      'use_2fa',
      'require_password',
      'insecure',
      'proxy',
    ]);
  });

  it('stand in sections, and say what is not plain from their names', () => {
    for (const { name, section, additionalinfo } of integration.configuration) {
      expect(integration.sectionorder, name).toContain(section);
      // XSOAR words these two itself, and its linter holds everybody to that.
      if (name !== 'insecure' && name !== 'proxy') {
        expect(additionalinfo, name).toMatch(/\.$/);
      }
    }
  });

  it('keep the keys in one field for credentials', () => {
    expect(parameter('credentials')).toMatchObject({
      type: 9,
      display: 'Integration key',
      displaypassword: 'Secret key',
      required: true,
    });
  });

  it.each(['use_2fa', 'require_password'])('say that the login gateway obeys %s', (name) => {
    expect(parameter(name)?.additionalinfo).toMatch(/^Obeyed by the login gateway/);
  });

  it('have the defaults that the code has for an instance saved without them', () => {
    const defaults = Object.fromEntries(
      integration.configuration.map(({ name, defaultvalue }) => [name, defaultvalue]),
    );
    expect(loadParams({ ...defaults, ...instanceParams }).settings).toEqual(
      loadParams(instanceParams).settings,
    );
  });
});

describe('the integration', () => {
  it('is a script of the server, whose code the build puts in', () => {
    expect(integration.commonfields).toEqual({ id: integration.name, version: -1 });
    expect(integration.script).toMatchObject({ type: 'javascript', script: '-' });
    expect(integration.script).not.toHaveProperty('dockerimage');
  });
});
