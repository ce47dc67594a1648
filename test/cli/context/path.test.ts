import { expect, it } from 'vitest';
import { lookUp } from '../../../src/cli/context/path.ts';
import { caught } from '../../../testing/caught.ts';

const context = {
  Duo: {
    PreAuth: [
      { Response: { Result: 'auth', Devices: [{ Device: 'DP1', Type: 'phone' }] } },
      {
        Response: {
          Result: 'deny',
          Devices: [
            { Device: 'DP2', Type: 'phone' },
            { Device: 'DH1', Type: 'token', Rank: 7 },
          ],
        },
      },
    ],
    Check: { Response: { Time: '2026-11-24T00:00:00Z' } },
    Transaction: [
      { TxID: 'x', Result: 'allow', Done: true },
      { TxID: 'y', Result: 'waiting', Done: false },
    ],
  },
};

it.each([
  ['Duo.Check.Response.Time', '2026-11-24T00:00:00Z'],
  ['Duo.PreAuth.[1].Response.Result', 'deny'],
  ['Duo.PreAuth[0].Response.Result', 'auth'],
  ['Duo.Check.[0].Response.Time', '2026-11-24T00:00:00Z'],
  ['Duo.PreAuth.Response.Result', ['auth', 'deny']],
  ['Duo.PreAuth.Response.Devices.Device', ['DP1', 'DP2', 'DH1']],
  ["Duo.Transaction(val.TxID == 'x').Result", 'allow'],
  ['Duo.Transaction(val.TxID == "y").Result', 'waiting'],
  ['Duo.Transaction(val.Done == false).TxID', 'y'],
  ["Duo.PreAuth.Response.Devices(val.Type == 'token').Device", 'DH1'],
  ["Duo.PreAuth.Response.Devices(val.Type == 'phone').[1].Device", 'DP2'],
  ["Duo.Transaction(val.TxID == 'z').Result", undefined],
  ['Duo.PreAuth.[2].Response.Result', undefined],
  ['Duo.Nothing.There', undefined],
  ['Duo.Check.Response.Time.length', undefined],
  ['Duo.constructor', undefined],
  ['Duo.__proto__', undefined],
  ['.', context],
])('finds %s', (path, expected) => {
  expect(lookUp(context, path)).toEqual(expected);
});

it.each([
  ['', 0, 'a key, [number] or (condition) is missing here'],
  ['Duo.', 4, 'a key, [number] or (condition) is missing here'],
  ['Duo..X', 4, 'a key, [number] or (condition) is missing here'],
  ['Duo.[x]', 4, 'a key, [number] or (condition) is missing here'],
  ['Duo Check', 3, 'this has no meaning in a path'],
  ['Duo.X=val.y', 5, 'formulas (=) run in XSOAR only'],
  ['Duo(val.x == 1', 3, 'this parenthesis is not closed'],
  ["Duo(val.x == ')'", 3, 'this parenthesis is not closed'],
  ['Duo(val.x @ 1)', 10, 'not a condition: Unexpected "@"'],
])('cannot read %j', (path, at, message) => {
  expect(caught(() => lookUp(context, path))).toMatchObject({ name: 'PathError', at, message });
});
