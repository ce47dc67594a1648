import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readReply } from '../../../src/duo/endpoints/envelope.ts';
import { RefusedError } from '../../../src/duo/errors/refused-error.ts';
import { UnreadableReplyError } from '../../../src/duo/errors/unreadable-reply-error.ts';
import { caught } from '../../support/caught.ts';
import { failReply, okReply, replyWith } from '../../support/replies.ts';

const schema = z.looseObject({ deep: z.looseObject({ er: z.string() }) });

describe('readReply', () => {
  it('gives the response and keeps the whole reply, new keys and all', () => {
    const reply = okReply({ deep: { er: 'x', added: 1 }, later: true });
    const { response, raw } = readReply('preauth', reply, schema);
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
    const error = caught(() => readReply('preauth', reply, schema));
    expect(error).toBeInstanceOf(UnreadableReplyError);
    expect(error).toMatchObject({
      code: 'unreadable_reply',
      endpoint: 'preauth',
      httpStatus: reply.status,
      reason: expect.stringContaining(reason),
    });
  });

  it("passes Duo's refusal on, sanitised", () => {
    const reply = failReply(40002, 'Invalid\u001b[31m request', 'user\nname');
    expect(caught(() => readReply('auth', reply, schema))).toMatchObject({
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
    const error = caught(() => readReply('auth', replyWith(body, { status: 429 }), schema));
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toHaveProperty('duoDetail', undefined);
  });
});
