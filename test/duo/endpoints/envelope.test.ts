import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readResponse } from '../../../src/duo/endpoints/envelope.ts';
import { DuoApiError } from '../../../src/duo/errors/refused-error.ts';
import { InvalidResponseError } from '../../../src/duo/errors/unreadable-reply-error.ts';
import { caught } from '../../../testing/caught.ts';
import { failReply, okReply, replyWith } from '../../../testing/replies.ts';

const schema = z.looseObject({ deep: z.looseObject({ er: z.string() }) });

describe('readResponse', () => {
  it('gives the response and keeps the whole reply, new keys and all', () => {
    const reply = okReply({ deep: { er: 'x', added: 1 }, later: true });
    const { response, raw } = readResponse('preauth', reply, schema);
    expect(response.deep.er).toBe('x');
    expect(raw).toEqual(JSON.parse(reply.body));
  });

  it.each([
    ['empty', replyWith('  '), 'it is empty'],
    ['not JSON', replyWith('{"stat":'), 'it is not JSON'],
    [
      'a web page',
      replyWith('<html>', { status: 502, contentType: 'text/html' }),
      'it is a web page',
    ],
    ['a JSON list', replyWith('[]'), 'it is not in the form of a Duo reply'],
    ['without stat', replyWith('{"response":{}}'), 'it is not in the form of a Duo reply'],
    ['of an unknown stat', replyWith('{"stat":"ok","response":{}}'), 'it is neither'],
    ['a failure without a code', replyWith('{"stat":"FAIL","message":"x"}'), 'it is neither'],
    ['a success under an error status', okReply({}, { status: 500 }), 'it is neither'],
    ['of another shape', okReply({ deep: { er: 1 } }), 'response.deep.er is not as expected'],
    ['of another type', okReply('text'), 'response is not as expected'],
  ])('refuses a reply that is %s', (_what, reply, reason) => {
    const error = caught(() => readResponse('preauth', reply, schema));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({
      code: 'unreadable_reply',
      endpoint: 'preauth',
      httpStatus: reply.status,
      reason: expect.stringContaining(reason),
    });
  });

  it("passes Duo's refusal on, sanitized", () => {
    const reply = failReply(40002, 'Invalid\u001b[31m request', 'user\nname');
    expect(caught(() => readResponse('auth', reply, schema))).toMatchObject({
      code: 'duo_refused',
      duoCode: 40002,
      duoMessage: 'Invalid request',
      duoDetail: 'user name',
      httpStatus: 400,
      endpoint: 'auth',
    });
  });

  it.each([
    ['absent', undefined],
    ['null', null],
  ])('takes a refusal whose detail is %s', (_what, detail) => {
    const body = JSON.stringify({
      stat: 'FAIL',
      code: 42901,
      message: 'x',
      message_detail: detail,
    });
    const error = caught(() => readResponse('auth', replyWith(body, { status: 429 }), schema));
    expect(error).toBeInstanceOf(DuoApiError);
    expect(error).toHaveProperty('duoDetail', undefined);
  });
});
