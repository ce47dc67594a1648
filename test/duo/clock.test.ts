import { describe, expect, it } from 'vitest';
import {
  compareWithDuo,
  createClockSkew,
  describeSkew,
  measureSkew,
  withClockCorrection,
} from '../../src/duo/clock.ts';
import { NetworkError } from '../../src/duo/errors/network-error.ts';
import { ask, chain, done, type Plan } from '../../src/duo/plan.ts';
import { type ApiResponse, apiRequest } from '../../src/duo/request.ts';
import { caught } from '../../testing/caught.ts';
import { failResponse, okResponse, responseWith } from '../../testing/responses.ts';
import { runPlan } from '../../testing/run-plan.ts';

describe('clock skew', () => {
  it.each([
    ['level', 1000, 1000, 1000, 0],
    ['the answer took four seconds', 1002, 1000, 1004, 0],
    ['this machine is behind', 1310, 1000, 1020, 300],
    ['this machine is ahead', 700, 1000, 1000, -300],
  ])('%s', (_what, duoSeconds, sentSeconds, receivedSeconds, offset) => {
    const response = { sentAtMs: sentSeconds * 1000, receivedAtMs: receivedSeconds * 1000 };
    expect(measureSkew(new Date(duoSeconds * 1000), response)).toBe(offset);
  });

  it.each([
    [0, 'right to the second'],
    [-1, 'right to the second'],
    [12, '12 s behind'],
    [-301, '301 s ahead'],
  ])('%i reads "%s"', (offset, words) => {
    expect(describeSkew(offset)).toBe(words);
  });

  it.each([
    [12, "12 s behind Duo's"],
    [-301, "301 s ahead of Duo's"],
  ])('%i reads "%s" in a sentence', (offset, words) => {
    expect(compareWithDuo(offset)).toBe(words);
  });
});

const hereMs = 1_700_000_000_000;
const ahead = (seconds: number): Partial<ApiResponse> => ({ dateMs: hereMs + seconds * 1000 });
const pong = (offsetSeconds: number) => okResponse({ time: hereMs / 1000 + offsetSeconds });
const badTime = (code = 40105) => failResponse(code, 'Bad request timestamp');

const check = ask(apiRequest('check', 'GET'), ({ status }) => status);
const auth = ask(apiRequest('auth', 'POST'), ({ status }) => status);

const startSkew = () => {
  const warnings: string[] = [];
  return { skew: createClockSkew((sentence) => void warnings.push(sentence)), warnings };
};

const corrected = (what: string) => `This machine's clock is ${what}; requests are dated by Duo's.`;

const run = (
  plan: Plan<number>,
  answers: readonly (ApiResponse | NetworkError)[],
  skew = startSkew().skew,
) => {
  const { result, sent } = runPlan(withClockCorrection(plan, skew), answers);
  return {
    result,
    sent: sent.map(({ endpoint, clockSkewSeconds }) => [endpoint, clockSkewSeconds]),
  };
};

const broken = new NetworkError('reset', 'ping', 'It broke off.', 'ECONNRESET');

describe('a date that Duo refuses', () => {
  it.each([40104, 40105])('with %i: compare the clocks, sign again once', (code) => {
    const { skew, warnings } = startSkew();
    const { result, sent } = run(auth, [badTime(code), pong(600), okResponse({})], skew);
    expect(result).toBe(200);
    expect(sent).toEqual([
      ['auth', undefined],
      ['ping', undefined],
      ['auth', 600],
    ]);
    expect(warnings).toEqual([corrected("600 s behind Duo's")]);
  });

  it('is signed again once and no more', () => {
    expect(run(check, [badTime(), pong(600), badTime()]).result).toBe(401);
  });

  it('is not signed again when the clocks agree', () => {
    const { skew, warnings } = startSkew();
    expect(run(check, [badTime(), pong(0)], skew).sent).toHaveLength(2);
    expect(warnings).toEqual([]);
  });

  it('stays refused when ping does not answer', () => {
    expect(run(check, [badTime(), broken]).result).toBe(401);
    expect(run(check, [badTime(), responseWith('<html>')]).result).toBe(401);
  });

  it('is corrected for the life of the client, which warns once', () => {
    const { skew, warnings } = startSkew();
    run(check, [badTime(), pong(600), okResponse({})], skew);
    expect(run(auth, [okResponse({})], skew).sent).toEqual([['auth', 600]]);
    const drifted = run(check, [badTime(), pong(900), okResponse({})], skew);
    expect(drifted.sent).toEqual([
      ['check', 600],
      ['ping', undefined],
      ['check', 900],
    ]);
    expect(warnings).toEqual([corrected("600 s behind Duo's")]);
  });
});

describe('a Date header', () => {
  it.each([-241, 241])('%i s off beside a refusal: sign again', (seconds) => {
    const refused = { ...failResponse(40103, 'Invalid signature'), ...ahead(seconds) };
    const { sent } = run(auth, [refused, pong(seconds), okResponse({})]);
    expect(sent[2]).toEqual(['auth', seconds]);
  });

  it('far off beside an answer: the request is not sent twice, and the next one is right', () => {
    const { skew, warnings } = startSkew();
    const { result, sent } = run(auth, [okResponse({}, ahead(250)), pong(250)], skew);
    expect(result).toBe(200);
    expect(sent.map(([endpoint]) => endpoint)).toEqual(['auth', 'ping']);
    expect(run(check, [okResponse({})], skew).sent).toEqual([['check', 250]]);
    expect(warnings).toEqual([corrected("250 s behind Duo's")]);
  });

  it.each([0, 240, -240])('%i s off is near enough', (seconds) => {
    expect(run(check, [okResponse({}, ahead(seconds))]).sent).toHaveLength(1);
  });

  it('that is wrong while the clock is right is asked about once only', () => {
    const { skew } = startSkew();
    expect(run(check, [okResponse({}, ahead(900)), pong(0)], skew).sent).toHaveLength(2);
    expect(run(check, [okResponse({}, ahead(900))], skew).sent).toEqual([['check', 0]]);
  });
});

describe('what a service says of its clock', () => {
  it.each([-1, 1e15, 8_700_000_000_000, 253_402_300_800, Number.MAX_SAFE_INTEGER])(
    'is not believed: %d',
    (time) => {
      const { skew, warnings } = startSkew();
      const { result, sent } = run(check, [badTime(), okResponse({ time })], skew);
      expect(result).toBe(401);
      expect(sent).toHaveLength(2);
      expect(skew.seconds()).toBeUndefined();
      expect(warnings).toEqual([]);
    },
  );

  it.each([-86_401, 86_401])('is refused with a sentence, once: %i s away', (seconds) => {
    const { skew, warnings } = startSkew();
    for (let call = 0; call < 2; call += 1) {
      expect(run(check, [badTime(), pong(seconds)], skew).result).toBe(401);
    }
    expect(skew.seconds()).toBeUndefined();
    expect(warnings).toEqual([
      "This machine's clock and Duo's are more than a day apart: set this machine's clock. Requests keep its time.",
    ]);
  });

  it.each([-86_400, 86_400])('is believed up to a day: %i s', (seconds) => {
    const { skew } = startSkew();
    expect(run(check, [badTime(), pong(seconds), okResponse({})], skew).result).toBe(200);
    expect(skew.seconds()).toBe(seconds);
  });

  it.each([
    ['no answer', () => broken],
    ['a web page', () => responseWith('<html>')],
    ['a time more than a day away', () => pong(100_000)],
    ['the time that it is here', () => pong(0)],
  ])('is asked once for a Date header that is wrong: %s', (_what, answer) => {
    const { skew } = startSkew();
    expect(run(check, [okResponse({}, ahead(900)), answer()], skew).sent).toHaveLength(2);
    expect(run(check, [okResponse({}, ahead(900))], skew).sent).toHaveLength(1);
  });

  it('corrects a clock that jumps at the next refusal', () => {
    const { skew } = startSkew();
    run(check, [badTime(), pong(600), okResponse({})], skew);
    const { sent } = run(check, [badTime(), pong(-3000), okResponse({})], skew);
    expect(sent).toEqual([
      ['check', 600],
      ['ping', undefined],
      ['check', -3000],
    ]);
  });

  it('is kept when it cannot be compared again', () => {
    const { skew } = startSkew();
    run(check, [badTime(), pong(600), okResponse({})], skew);
    run(check, [badTime(), responseWith('<html>')], skew);
    expect(skew.seconds()).toBe(600);
  });

  it('is not asked for a Date header once it is known', () => {
    const { skew } = startSkew();
    run(check, [badTime(), pong(600), okResponse({})], skew);
    expect(run(check, [okResponse({}, ahead(600))], skew).sent).toHaveLength(1);
  });

  it.each([-1, 1])('is no warning by %i s, which is within a reading', (seconds) => {
    const { skew, warnings } = startSkew();
    run(check, [badTime(), pong(seconds)], skew);
    expect(warnings).toEqual([]);
  });

  it('does not send again for a second of difference', () => {
    const { skew } = startSkew();
    run(check, [badTime(), pong(600), okResponse({})], skew);
    expect(run(check, [badTime(), pong(601)], skew).sent).toHaveLength(2);
  });
});

it('a 401 that is not of Duo says nothing about the date', () => {
  expect(run(check, [responseWith('', { status: 401 })]).sent).toHaveLength(1);
});

it('a code of a timestamp under another status than 401 is not about the date', () => {
  const odd = { ...badTime(), status: 400 };
  expect(run(check, [odd]).sent).toHaveLength(1);
});

it('one budget covers the request, the ping and the second request', () => {
  const plan = withClockCorrection(auth, startSkew().skew);
  const { sent } = runPlan(plan, [badTime(), pong(600), okResponse({})]);
  expect(sent.map(({ endpoint, continues }) => [endpoint, continues])).toEqual([
    ['auth', undefined],
    ['ping', true],
    ['auth', true],
  ]);
});

describe('the rest of a plan', () => {
  it('is unchanged: requests without a date, waits, ends and failures', () => {
    const sending = chain(
      ask(apiRequest('ping', 'GET', {}, { signed: false }), () => 1),
      (): Plan<number> => ({
        send: apiRequest('check', 'GET'),
        next: () => done(0),
        onFailure: () => check,
      }),
    );
    const plan: Plan<number> = { waitSeconds: 1, next: () => ({ readClock: () => sending }) };
    const { result, sent } = run(plan, [okResponse({}, ahead(900)), broken, okResponse({})]);
    expect(result).toBe(200);
    expect(sent.map(([endpoint]) => endpoint)).toEqual(['ping', 'check', 'check']);
    expect(withClockCorrection(done(1), startSkew().skew)).toEqual({ done: 1 });
  });

  it.each<[string, Plan<number>]>([
    ['a wait', { waitSeconds: 1, next: () => check }],
    ['a reading of the clock', { readClock: () => check }],
    ['a report', { report: { txid: 't', status: 'pushed', statusMessage: '' }, next: () => check }],
    ['a request', chain(check, () => check)],
    [
      'a failure',
      { send: apiRequest('check', 'GET'), next: () => done(0), onFailure: () => check },
    ],
  ])('is corrected after %s', (_what, plan) => {
    const before = _what === 'a request' ? [okResponse({})] : [];
    const failed = _what === 'a failure' ? [broken] : [];
    const answers = [...before, ...failed, badTime(), pong(600), okResponse({})];
    expect(run(plan, answers).sent.at(-1)).toEqual(['check', 600]);
  });

  it('fails as it would have, also when it is sent again', () => {
    expect(caught(() => run(check, [broken]))).toBe(broken);
    expect(caught(() => run(check, [badTime(), pong(600), broken]))).toBe(broken);
  });

  it('expects the same failures of what is sent again', () => {
    const plan: Plan<number> = {
      send: apiRequest('check', 'GET'),
      next: () => done(0),
      onFailure: () => done(-1),
    };
    expect(run(plan, [badTime(), pong(600), broken]).result).toBe(-1);
  });
});
