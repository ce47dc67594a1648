import { describe, expect, it } from 'vitest';
import { explain } from '../../src/duo/errors/duo-error.ts';
import { DuoApiError } from '../../src/duo/errors/response-errors.ts';
import { testModule } from '../../src/integration/test-module.ts';
import { caught } from '../../testing/caught.ts';
import { failResponse, okResponse, responseWith } from '../../testing/responses.ts';
import { runPlan } from '../../testing/run-plan.ts';

const nowSeconds = 1_700_000_000;
const pong = (offsetSeconds = 0) => okResponse({ time: nowSeconds + offsetSeconds });

describe('the Test button', () => {
  it('asks ping, then check', () => {
    const { result, sent } = runPlan(testModule(), [pong(), okResponse({ time: nowSeconds })]);
    expect(result).toBe('ok');
    expect(sent.map((request) => request.endpoint)).toEqual(['ping', 'check']);
  });

  it.each([
    ['the integration key', 40102, 'Invalid integration key', undefined, /integration key/],
    ['the secret key', 40103, 'Invalid signature', undefined, /secret key/],
    ['the type', 40301, 'Access forbidden', 'Wrong integration type for this API.', /Auth API/],
  ])('blames %s', (_what, code, message, detail, advice) => {
    const plan = testModule();
    const error = caught(() => runPlan(plan, [pong(10), failResponse(code, message, detail)]));
    expect(error).toBeInstanceOf(DuoApiError);
    expect((error as DuoApiError).advice).toMatch(advice);
  });

  it.each([40103, 40104, 40105])('blames the clock for %i when it is off', (code) => {
    const error = caught(() => runPlan(testModule(), [pong(-400), failResponse(code, 'No')]));
    expect(explain(error as DuoApiError)).toContain("This machine's clock is 400 s ahead of Duo's");
  });

  it('does not blame the clock for a key', () => {
    const error = caught(() => runPlan(testModule(), [pong(400), failResponse(40102, 'No')]));
    expect((error as DuoApiError).advice).toMatch(/integration key/);
  });

  it.each([
    ['ping', [responseWith('<html>', { contentType: 'text/html' })]],
    ['check', [pong(), responseWith('<html>', { contentType: 'text/html' })]],
  ])('is not ok when something else answers %s', (endpoint, responses) => {
    expect(caught(() => runPlan(testModule(), responses))).toMatchObject({
      code: 'unreadable_reply',
      endpoint,
    });
  });
});
