import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../../src/integration/readable.ts';
import { okResponse } from '../../../testing/responses.ts';
import { runCommand } from '../../../testing/run-command.ts';

describe('duo-check', () => {
  it('tells the time of Duo', () => {
    const { result, sent } = runCommand('duo-check', {}, [okResponse({ time: 1_357_020_061 })]);
    expect(sent.map((request) => request.path)).toEqual(['/auth/v2/check']);
    expect(result.context).toEqual({ 'Duo.Check': { Response: { Time: '2013-01-01T06:01:01Z' } } });
    expect(result.contents).toEqual({ stat: 'OK', response: { time: 1_357_020_061 } });
    expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
      "### Duo check: the keys are right
      | Result | Duo's time |
      | --- | --- |
      | ok | 2013-01-01T06:01:01Z |"
    `);
  });
});

describe('duo-ping', () => {
  it('compares the clocks', () => {
    const reply = okResponse({ time: 1_700_000_012 });
    const { result } = runCommand('duo-ping', {}, [reply]);
    expect(result.context).toEqual({
      'Duo.Ping': { Response: { Time: '2023-11-14T22:13:32Z' }, ClockOffsetSeconds: 12 },
    });
    expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
      "### Duo ping: Duo answers
      | Duo's time | This machine's clock |
      | --- | --- |
      | 2023-11-14T22:13:32Z | 12 s behind |"
    `);
  });
});
