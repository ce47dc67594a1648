import { expect, it } from 'vitest';
import { completeLine } from '../../../src/cli/prompt/complete-line.ts';
import { commands } from '../../../src/integration/commands/table.ts';

const context = {
  Duo: {
    PreAuth: [
      { Username: 'alice', Response: { Devices: [{ Device: 'DP1' }, { Device: 'DP2' }] } },
      { Username: 'John Smith', Response: { Result: 'deny' } },
    ],
    Transaction: { TxID: 'T-1' },
  },
};

const complete = (line: string) => completeLine(line, commands, ['help', 'exit'], context);

it.each([
  ['!duo-pre', ['!duo-preauth '], '!duo-pre'],
  ['!duo-enroll', ['!duo-enroll ', '!duo-enroll-status '], '!duo-enroll'],
  ['  !duo-c', ['!duo-check '], '!duo-c'],
  ['he', ['help '], 'he'],
  ['help duo-p', ['duo-preauth', 'duo-ping'], 'duo-p'],
  ['duo-pre', ['duo-preauth '], 'duo-pre'],
  ['!duo-preauth user', ['username=', 'user_id='], 'user'],
  ['!duo-preauth username=a user', [], 'user'],
  ['!duo-preauth userID=a user', [], 'user'],
  ['!duo-preauth user_id=a user', [], 'user'],
  ['!duo-preauth alice user', [], 'user'],
  ['!duo-preauth raw', ['raw-response='], 'raw'],
  ['!duo-preauth username=', ['username=alice ', 'username="John Smith" '], 'username='],
  ['!duo-authenticate alice device=', ['device=DP1 ', 'device=DP2 '], 'device='],
  ['!duo-authenticate-status txid=', ['txid=T-1 '], 'txid='],
  ['!duo-preauth ${', ['${Duo'], '${'],
  ['!duo-preauth username=${Duo.Pre', ['username=${Duo.PreAuth'], 'username=${Duo.Pre'],
  [
    '!duo-preauth ${Duo.PreAuth.[1].',
    ['${Duo.PreAuth.[1].Username', '${Duo.PreAuth.[1].Response'],
    '${Duo.PreAuth.[1].',
  ],
  ['!duo-preauth ${ Duo.T', ['Duo.Transaction'], 'Duo.T'],
  ['context Duo.PreAuth.Response.R', ['Duo.PreAuth.Response.Result'], 'Duo.PreAuth.Response.R'],
  ['duo-preauth host', ['hostname='], 'host'],
  [
    '!duo-authenticate alice factor=p',
    ['factor=push ', 'factor=passcode ', 'factor=phone '],
    'factor=p',
  ],
  ['!duo-authenticate alice async=', ['async=true ', 'async=false '], 'async='],
  ['!duo-preauth nothing=', [], 'nothing='],
  ['!nothing user', [], 'user'],
  ['!duo-check ', [], ''],
])('%s', (line, candidates, typed) => {
  expect(complete(line)).toEqual([candidates, typed]);
});

it('offers everything on an empty line', () => {
  const [candidates] = complete('');
  expect(candidates).toHaveLength(commands.size + 2);
});

it('offers every argument of a command that are not there yet', () => {
  const [candidates] = complete('!duo-authenticate-status txid=x ');
  expect(candidates).toEqual(['polling=', 'interval_in_seconds=', 'timeout_in_seconds=']);
});
