import { describe, expect, it } from 'vitest';
import type { NetworkError } from '../src/duo/errors/network-error.ts';
import type { ApiResponse } from '../src/duo/request.ts';
import type { PollingStyle } from '../src/integration/command.ts';
import { commands } from '../src/integration/commands/table.ts';
import { readIntegrationYml } from '../testing/integration-yml.ts';
import { okResponse } from '../testing/responses.ts';
import { runCommand } from '../testing/run-command.ts';
import { writtenPaths } from '../testing/written-paths.ts';

interface Run {
  readonly args?: Readonly<Record<string, unknown>>;
  readonly replies: readonly (ApiResponse | NetworkError)[];
  readonly polling?: PollingStyle;
}

const allow = okResponse({
  result: 'allow',
  status: 'allow',
  status_msg: 'Success.',
  trusted_device_token: 'token',
});
const waiting = okResponse({ result: 'waiting', status: 'pushed', status_msg: 'Pushed.' });
const started = okResponse({ txid: 't-1' });
const time = okResponse({ time: 1_700_000_000 });

const device = {
  device: 'DP1',
  type: 'phone',
  display_name: 'iOS (XXX-XXX-0101)',
  name: 'Work',
  number: 'XXX-XXX-0101',
  capabilities: ['auto', 'push'],
  sms_nextcode: '1',
};

// Every shape of answer that writes something of its own.
const runs: Readonly<Record<string, readonly Run[]>> = {
  'duo-check': [{ replies: [time] }],
  'duo-ping': [{ replies: [time] }],
  'duo-preauth': [
    {
      args: { username: 'alice' },
      replies: [
        okResponse({
          result: 'auth',
          status_msg: 'Account is active',
          devices: [device],
          txid: 't-1',
          verification_code: '123456',
          expiration: 1_700_000_060,
        }),
      ],
    },
    {
      args: { userID: 'DU1' },
      replies: [
        okResponse({ result: 'enroll', status_msg: 'Enroll', enroll_portal_url: 'https://duo' }),
      ],
    },
  ],
  'duo-authenticate': [
    { args: { username: 'alice' }, replies: [allow] },
    { args: { userID: 'DU1', async: 'true' }, replies: [started] },
    { args: { username: 'alice', polling: 'true' }, replies: [started], polling: 'scheduled' },
    { args: { username: 'alice', polling: 'true' }, replies: [started, allow] },
  ],
  'duo-authenticate-status': [
    { args: { txid: 't-1' }, replies: [allow] },
    { args: { txid: 't-1', polling: 'true' }, replies: [waiting], polling: 'scheduled' },
  ],
  'duo-enroll': [
    {
      replies: [
        okResponse({
          user_id: 'DU1',
          username: 'alice',
          activation_barcode: 'https://duo/qr',
          activation_code: 'duo://code',
          activation_url: 'https://duo/code',
          expiration: 1_700_000_000,
          bypass_codes: ['123456789'],
        }),
      ],
    },
  ],
  'duo-enroll-status': [
    { args: { user_id: 'DU1', activation_code: 'duo://code' }, replies: [okResponse('success')] },
  ],
};

// Following a transaction to its end writes what the status command does, too.
const followed = /^Duo\.AuthenticateStatus\./;

const declared = new Map(
  readIntegrationYml().script.commands.map(({ name, outputs }) => [
    name,
    outputs.map(({ contextPath }) => contextPath),
  ]),
);

describe('the outputs in integration.yml', () => {
  it.each([...commands.keys()])('are what %s writes, all of it and nothing else', (name) => {
    const written = (runs[name] ?? []).flatMap(({ args = {}, replies, polling }) =>
      writtenPaths(runCommand(name, args, replies, polling).result.context),
    );
    const own = written.filter((path) => name !== 'duo-authenticate' || !followed.test(path));
    expect([...new Set(own)].sort()).toEqual([...(declared.get(name) ?? [])].sort());
  });
});
