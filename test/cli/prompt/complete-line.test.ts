import { expect, it } from 'vitest';
import { completeLine } from '../../../src/cli/prompt/complete-line.ts';
import { commands } from '../../../src/integration/commands/table.ts';

const complete = (line: string) => completeLine(line, commands, ['help', 'exit']);

it.each([
  ['!duo-pre', ['!duo-preauth '], '!duo-pre'],
  ['!duo-enroll', ['!duo-enroll ', '!duo-enroll-status '], '!duo-enroll'],
  ['  !duo-c', ['!duo-check '], '!duo-c'],
  ['he', ['help '], 'he'],
  ['help duo-p', ['duo-preauth', 'duo-ping'], 'duo-p'],
  ['!duo-preauth user', ['username=', 'userID=', 'user_id='], 'user'],
  ['!duo-preauth username=a user', ['userID=', 'user_id='], 'user'],
  ['duo-preauth host', ['hostname='], 'host'],
  [
    '!duo-authenticate alice factor=p',
    ['factor=push ', 'factor=passcode ', 'factor=phone '],
    'factor=p',
  ],
  ['!duo-authenticate alice async=', ['async=true ', 'async=false '], 'async='],
  ['!duo-preauth username=', [], 'username='],
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
