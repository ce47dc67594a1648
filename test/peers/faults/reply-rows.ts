import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { allowBody, rawReply } from '../../hosts/node/fault-server.ts';
import { type FaultRow, notJson, row, say, sayAndEnd, tooLarge, unreadable } from './fault-row.ts';

const megabytes = (count: number) => Buffer.alloc(count * 1024 * 1024, 'x');
const nest = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** Replies that are there, and wrong. */
export const replyRows: readonly FaultRow[] = [
  row('a web page', say(rawReply('<html>502</html>', { 'Content-Type': 'text/html' })), {
    ...unreadable('it is a web page'),
    excerpt: '502',
  }),
  row(
    'a web page with status 502',
    say(rawReply('<h1>Bad</h1>', { 'Content-Type': 'text/html' }, 'HTTP/1.1 502 Bad Gateway')),
    {
      code: 'unreadable_reply',
      httpStatus: 502,
    },
  ),
  row('an empty reply', say(rawReply('')), unreadable('it is empty')),
  row('204', say('HTTP/1.1 204 No Content\r\n\r\n'), unreadable('it is empty')),
  row('an allow under status 500', say(rawReply(allowBody, {}, 'HTTP/1.1 500 No')), {
    code: 'unreadable_reply',
    httpStatus: 500,
  }),
  row(
    'an allow as a web page',
    say(rawReply(allowBody, { 'Content-Type': 'text/html' })),
    unreadable('it is a web page'),
  ),
  row(
    'an allow behind a redirect',
    say(rawReply(allowBody, { Location: 'https://evil.example/' }, 'HTTP/1.1 302 Found')),
    {
      code: 'unreadable_reply',
      httpStatus: 302,
    },
  ),
  row('half of the JSON', say(rawReply(allowBody.slice(0, 40))), notJson),
  row('JSON twice', say(rawReply(allowBody + allowBody)), notJson),
  row('a list', say(rawReply('[]')), unreadable('it is not in the form of a response of Duo')),
  row(
    '__proto__',
    say(rawReply('{"stat":"OK","__proto__":{"result":"allow"},"response":{}}')),
    unreadable('it nests too deeply, or has a key __proto__'),
  ),
  row(
    'JSON that nests 50,000 deep',
    say(rawReply(nest(50_000))),
    unreadable('it nests too deeply, or has a key __proto__'),
  ),
  row(
    'bytes that are no UTF-8',
    say(rawReply(Buffer.from(allowBody.replace('Success', '\xff\xfe'), 'latin1'))),
    unreadable('it is not UTF-8'),
  ),
  row(
    'an unknown result',
    say(
      rawReply(
        allowBody.replace('"allow"', '"maybe"').replace('"txid":"t-1","time":1', '"txid":2'),
      ),
    ),
    { code: 'unreadable_reply' },
  ),
  row(
    'a number for a result',
    say(rawReply(allowBody.replace('"allow"', '1').replace('"txid":"t-1","time":1', '"txid":2'))),
    { code: 'unreadable_reply' },
  ),
  row(
    'an allow beside a refusal',
    say(
      rawReply(
        allowBody
          .replace('"status":"allow"', '"status":"fraud"')
          .replace('"txid":"t-1","time":1', '"txid":2'),
      ),
    ),
    { code: 'unreadable_reply' },
  ),
  row('2 MiB, announced', say(rawReply(megabytes(2))), tooLarge),
  row(
    '2 MiB, not announced',
    sayAndEnd(rawReply(megabytes(2), { 'Content-Length': '' })),
    tooLarge,
  ),
  ...(
    [
      ['a gzip bomb', gzipSync(megabytes(64)), 'gzip'],
      ['a brotli bomb', brotliCompressSync(megabytes(64)), 'br'],
      ['an allow in gzip', gzipSync(allowBody), 'gzip'],
      ['an allow in deflate', deflateSync(allowBody), 'deflate'],
      ['broken compression', 'nonsense', 'gzip'],
      ['an unknown compression', allowBody, 'secret'],
    ] as const
  ).map(([what, body, encoding]) =>
    row(
      what,
      say(rawReply(body, { 'Content-Encoding': encoding })),
      unreadable('it is compressed, which was not asked for'),
    ),
  ),
  row(
    'an allow whose encoding is identity',
    say(rawReply(allowBody, { 'Content-Encoding': 'identity' })),
    undefined,
  ),
];
