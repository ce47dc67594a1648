import { describe, expect, it } from 'vitest';
import { BadArgumentError, UnknownCommandError } from '../../../src/duo/errors/input-errors.ts';
import { commands, dispatch } from '../../../src/integration/commands/table.ts';
import { caught } from '../../../testing/caught.ts';

const oneUser = 'give either username or user_id';
const pushOnly = 'goes with the factors auto and push only';
const broken = 'is not well-formed Unicode text';
const long = 'must not be longer than 4096 characters';
const flagRule = 'must be true or false';
const pushinfoRule = 'must be a JSON object, or pairs such as From=XSOAR&Incident=42';
const unknown = (command: string) => `is not an argument of ${command}`;

type Args = Record<string, unknown>;

// Each row is a command, what is wrong, the arguments, and the one fault that must come of it.
const rows: readonly [string, string, Args, string, string][] = [
  ['duo-check', 'an unknown argument', { verbose: 'true' }, 'verbose', unknown('duo-check')],
  ['duo-preauth', 'no user', {}, 'username', oneUser],
  ['duo-preauth', 'no user but white space', { username: '  ' }, 'username', oneUser],
  ['duo-preauth', 'a name and an ID', { username: 'a', userID: 'DU1' }, 'username', oneUser],
  ['duo-preauth', 'a name and an alias', { username: 'a', user_id: 'DU1' }, 'username', oneUser],
  [
    'duo-preauth',
    'both spellings',
    { userID: 'DU1', user_id: 'DU1' },
    'userID',
    'is another spelling of user_id: give one of them',
  ],
  ['duo-preauth', 'a list for a name', { username: ['a', 'b'] }, 'username', 'must be text'],
  ['duo-preauth', 'an object for an ID', { userID: {} }, 'userID', 'must be text'],
  ['duo-preauth', 'half a character', { username: 'a\ud83d' }, 'username', broken],
  ['duo-preauth', 'a name without an end', { username: 'a'.repeat(4097) }, 'username', long],
  ['duo-preauth', 'a list of addresses', { username: 'a', ipaddr: [] }, 'ipaddr', 'must be text'],
  ['duo-preauth', 'a broken host', { username: 'a', hostname: '\udc00' }, 'hostname', broken],
  [
    'duo-preauth',
    'a broken token',
    { username: 'a', trusted_device_token: {} },
    'trusted_device_token',
    'must be text',
  ],
  [
    'duo-preauth',
    'no yes or no',
    { username: 'a', client_supports_verified_push: 'perhaps' },
    'client_supports_verified_push',
    flagRule,
  ],
  [
    'duo-preauth',
    'a typing error',
    { username: 'a', ipadr: '10.0.0.1' },
    'ipadr',
    `${unknown('duo-preauth')}; did you mean ipaddr?`,
  ],

  ['duo-authenticate', 'no user', {}, 'username', oneUser],
  ['duo-authenticate', 'a list for an ID', { userID: [] }, 'userID', 'must be text'],
  ['duo-authenticate', 'two people', { username: 'a', userID: 'DU1' }, 'username', oneUser],
  [
    'duo-authenticate',
    'both spellings',
    { userID: 'DU1', user_id: 'DU2' },
    'userID',
    'is another spelling of user_id: give one of them',
  ],
  [
    'duo-authenticate',
    'an unknown factor',
    { username: 'a', factor: 'carrier pigeon' },
    'factor',
    'must be one of auto, push, passcode, sms, phone',
  ],
  [
    'duo-authenticate',
    'a passcode factor without a passcode',
    { username: 'a', factor: 'passcode' },
    'passcode',
    'is missing; the factor passcode needs it',
  ],
  [
    'duo-authenticate',
    'a passcode for the default factor',
    { username: 'a', passcode: '123456' },
    'passcode',
    'goes with the factor passcode only',
  ],
  [
    'duo-authenticate',
    'a passcode for a push',
    { username: 'a', factor: 'push', passcode: '123456' },
    'passcode',
    'goes with the factor passcode only',
  ],
  [
    'duo-authenticate',
    'a device for a passcode',
    { username: 'a', factor: 'passcode', passcode: '1', device: 'DP1' },
    'device',
    'does not go with the factor passcode',
  ],
  ['duo-authenticate', 'a broken device', { username: 'a', device: [] }, 'device', 'must be text'],
  ...(['type', 'display_username', 'pushinfo', 'txid'] as const).flatMap((name) =>
    (['sms', 'phone'] as const).map((factor): [string, string, Args, string, string] => [
      'duo-authenticate',
      `${name} for ${factor}`,
      { username: 'a', factor, [name]: 'a=b' },
      name,
      pushOnly,
    ]),
  ),
  [
    'duo-authenticate',
    'a type for a passcode',
    { username: 'a', factor: 'passcode', passcode: '1', type: 'x' },
    'type',
    pushOnly,
  ],
  [
    'duo-authenticate',
    'broken pushinfo',
    { username: 'a', pushinfo: '{' },
    'pushinfo',
    pushinfoRule,
  ],
  ['duo-authenticate', 'no yes or no', { username: 'a', async: '1' }, 'async', flagRule],
  ['duo-authenticate', 'no yes or no', { username: 'a', polling: 'x' }, 'polling', flagRule],
  [
    'duo-authenticate',
    'no interval',
    { username: 'a', interval_in_seconds: '0' },
    'interval_in_seconds',
    'must be a whole number from 1 to 600',
  ],
  [
    'duo-authenticate',
    'an endless timeout',
    { username: 'a', timeout_in_seconds: '3601' },
    'timeout_in_seconds',
    'must be a whole number from 1 to 3600',
  ],
  ['duo-authenticate', 'a broken type', { username: 'a', type: '\ud800' }, 'type', broken],
  [
    'duo-authenticate',
    'a broken display name',
    { username: 'a', display_username: {} },
    'display_username',
    'must be text',
  ],
  ['duo-authenticate', 'a broken txid', { username: 'a', txid: [] }, 'txid', 'must be text'],
  ['duo-authenticate', 'a broken address', { username: 'a', ipaddr: {} }, 'ipaddr', 'must be text'],
  [
    'duo-authenticate',
    'a broken host',
    { username: 'a', hostname: {} },
    'hostname',
    'must be text',
  ],
  [
    'duo-authenticate',
    'a typing error',
    { username: 'a', factr: 'sms' },
    'factr',
    `${unknown('duo-authenticate')}; did you mean factor?`,
  ],

  ['duo-authenticate-status', 'no transaction', {}, 'txid', 'is missing'],
  ['duo-authenticate-status', 'an empty transaction', { txid: ' ' }, 'txid', 'is missing'],
  ['duo-authenticate-status', 'a broken transaction', { txid: [] }, 'txid', 'must be text'],
  ['duo-authenticate-status', 'no yes or no', { txid: 't', polling: 'x' }, 'polling', flagRule],
  [
    'duo-authenticate-status',
    'a broken interval',
    { txid: 't', interval_in_seconds: 'x' },
    'interval_in_seconds',
    'must be a whole number from 1 to 600',
  ],
  [
    'duo-authenticate-status',
    'a broken timeout',
    { txid: 't', timeout_in_seconds: '1.5' },
    'timeout_in_seconds',
    'must be a whole number from 1 to 3600',
  ],
  [
    'duo-authenticate-status',
    'an unknown argument',
    { txid: 't', username: 'a' },
    'username',
    unknown('duo-authenticate-status'),
  ],

  ['duo-enroll', 'a broken name', { username: {} }, 'username', 'must be text'],
  [
    'duo-enroll',
    'no time',
    { valid_secs: '0' },
    'valid_secs',
    'must be a whole number from 1 to 31536000',
  ],
  [
    'duo-enroll',
    'too many codes',
    { bypass_codes: '11' },
    'bypass_codes',
    'must be a whole number from 1 to 10',
  ],

  ['duo-enroll-status', 'no user', { activation_code: 'c' }, 'user_id', 'is missing'],
  [
    'duo-enroll-status',
    'a broken user',
    { user_id: [], activation_code: 'c' },
    'user_id',
    'must be text',
  ],
  ['duo-enroll-status', 'no code', { user_id: 'DU1' }, 'activation_code', 'is missing'],
  [
    'duo-enroll-status',
    'a broken code',
    { user_id: 'DU1', activation_code: {} },
    'activation_code',
    'must be text',
  ],
  [
    'duo-enroll-status',
    'an unknown argument',
    { user_id: 'DU1', activation_code: 'c', color: 'x' },
    'color',
    unknown('duo-enroll-status'),
  ],
];

describe('a command refuses', () => {
  it.each(rows)('%s: %s', (command, _what, args, name, rule) => {
    const error = caught(() => dispatch(command, args));
    expect(error).toBeInstanceOf(BadArgumentError);
    expect(error).toMatchObject({ command, faults: [{ name, rule }] });
  });

  it.each([...commands.values()])(
    '$name: a nested object for any argument, and any other name',
    (command) => {
      const names = Object.keys(command.arguments);
      const nested = Object.fromEntries([...names, 'color'].map((name) => [name, { a: {} }]));
      const error = caught(() => dispatch(command.name, nested));
      expect(error).toBeInstanceOf(BadArgumentError);
      const { faults } = error as BadArgumentError;
      expect(faults.map(({ name }) => name)).toEqual(expect.arrayContaining([...names, 'color']));
    },
  );

  it('with all faults at once', () => {
    const args = { factor: 'sms', passcode: '1', txid: 't', async: 'x', color: 'red' };
    const error = caught(() => dispatch('duo-authenticate', args));
    expect(error).toHaveProperty(
      'faults',
      ['color', 'async', 'username', 'passcode', 'txid'].map((name) =>
        expect.objectContaining({ name }),
      ),
    );
  });

  it('without showing a value', () => {
    const args = { username: 'a', passcode: 's3cret', factor: 's3cret', async: 's3cret' };
    expect(JSON.stringify(caught(() => dispatch('duo-authenticate', args)))).not.toContain(
      's3cret',
    );
  });
});

describe('a command takes', () => {
  it.each([
    ['numbers and booleans as they are', { username: 42, async: true, timeout_in_seconds: 30 }],
    ['null and empty text for absent', { username: 'a', passcode: '', device: null, txid: ' ' }],
    ['the other spelling of an ID', { user_id: 'DU1' }],
  ])('%s', (_what, args) => {
    expect(() => dispatch('duo-authenticate', args)).not.toThrow();
  });

  it('unknown arguments, where the server adds its own', () => {
    const args = { username: 'a', hide_polling_output: 'true' };
    expect(() => dispatch('duo-preauth', args, { unknownArguments: 'ignore' })).not.toThrow();
  });
});

describe('an unknown command', () => {
  it.each([
    ['duo-prauth', 'duo-preauth'],
    ['Duo-Check', 'duo-check'],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ])('"%s"', (name, suggestion) => {
    const error = caught(() => dispatch(name, {}));
    expect(error).toBeInstanceOf(UnknownCommandError);
    expect(error).toHaveProperty('suggestion', suggestion);
  });
});
