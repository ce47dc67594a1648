import { allowBody, rawReply } from '../../hosts/node/fault-server.ts';
import {
  brokenHttp,
  drip,
  type FaultRow,
  notJson,
  reset,
  row,
  say,
  sayAndEnd,
  timeout,
} from './fault-row.ts';

const headers = (count: number) =>
  Array.from({ length: count }, (_, index) => `X-${index}: ${'x'.repeat(100)}\r\n`).join('');

/** Bytes that break a rule of HTTP. */
const httpRows: readonly FaultRow[] = [
  row('no HTTP at all', say('SSH-2.0-OpenSSH_9.2\r\n'), brokenHttp),
  row('a status that is no number', say('HTTP/1.1 OK\r\n\r\n'), brokenHttp),
  row(
    'a header that never ends',
    say(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}`),
    brokenHttp,
  ),
  row('a thousand headers', say(`HTTP/1.1 200 OK\r\n${headers(1000)}\r\n`), brokenHttp),
  row('two lengths', say(rawReply(allowBody, { 'content-length': '5' })), brokenHttp),
  row(
    'a length that is no number',
    say(rawReply(allowBody, { 'Content-Length': 'many' })),
    brokenHttp,
  ),
  row(
    'a length and chunks',
    say(rawReply(allowBody, { 'Transfer-Encoding': 'chunked' })),
    brokenHttp,
  ),
  row(
    'a chunk whose size is no number',
    say('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
    brokenHttp,
  ),
  row(
    'a header split in two by a bare CR',
    say('HTTP/1.1 200 OK\r\nX: a\rY: b\r\nContent-Length: 2\r\n\r\n{}'),
    brokenHttp,
  ),
  row('a length too small', say(rawReply(allowBody, { 'Content-Length': '20' })), brokenHttp),
  row(
    'a length too large, then the end',
    sayAndEnd(rawReply(allowBody, { 'Content-Length': '5000' })),
    reset,
    { reads: 3 },
  ),
  row(
    'a length too large, then nothing',
    say(rawReply(allowBody, { 'Content-Length': '5000' })),
    timeout,
  ),
];

/** A change of protocol, which no request asks for: it must not keep the call until its time-out. */
const upgradeRows: readonly FaultRow[] = [
  row(
    '101 with a protocol',
    say('HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    { code: 'unreadable_reply' },
  ),
  row('101 without a protocol', say('HTTP/1.1 101 Switching\r\n\r\n'), {
    code: 'unreadable_reply',
  }),
];

/** Odd, and right: HTTP allows it. */
const oddRows: readonly FaultRow[] = [
  row(
    'HTTP/1.0',
    sayAndEnd(rawReply(allowBody, { 'Content-Length': '' }, 'HTTP/1.0 200 OK')),
    undefined,
  ),
  row(
    '100 Continue first',
    say(Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), rawReply(allowBody)])),
    undefined,
  ),
  row(
    'early hints first',
    say(
      Buffer.concat([
        Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'),
        rawReply(allowBody),
      ]),
    ),
    undefined,
  ),
  row(
    'one byte at a time',
    (socket) => {
      for (const byte of rawReply(allowBody)) {
        socket.write(Buffer.from([byte]));
      }
    },
    undefined,
  ),
  row(
    'the end right after the reply',
    sayAndEnd(rawReply(allowBody, { Connection: 'close' })),
    undefined,
  ),
  row('a byte order mark', say(rawReply(`\ufeff${allowBody}`)), notJson),
];

/** No reply, or not all of it. */
const silenceRows: readonly FaultRow[] = [
  row('nothing, ever', () => undefined, timeout),
  row('one byte every 100 ms', (socket) => drip(socket, 100, 'H'), { code: 'unreadable_reply' }),
  row(
    'a header every 100 ms',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      drip(socket, 100, 'X: y\r\n');
    },
    timeout,
  ),
  row(
    'a body that drips',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n');
      drip(socket, 100, ' ');
    },
    timeout,
  ),
  row(
    '100 Continue without end',
    (socket) => drip(socket, 20, 'HTTP/1.1 100 Continue\r\n\r\n'),
    timeout,
  ),
  row(
    'half open: the server says no more, and listens on',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{');
      socket.pause();
    },
    timeout,
  ),
  row('the end at once', (socket) => void socket.end(), reset, { reads: 3 }),
  row('a reset at once', (_socket, _request, reset) => reset(), reset, { reads: 3 }),
  row('the end of TCP without the end of TLS', (socket) => void socket.destroy(), reset, {
    reads: 3,
  }),
  row(
    'a body that breaks off',
    (socket) => {
      socket.write(rawReply(allowBody).subarray(0, 120), () => socket.destroy());
    },
    reset,
    { reads: 3 },
  ),
  row(
    'a chunked body that breaks off',
    (socket) => {
      socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":');
    },
    reset,
    { reads: 3 },
  ),
];

/** Asked to come back. */
const busyRows: readonly FaultRow[] = [
  row(
    '429 in JSON, longer than there is time',
    say(
      rawReply(
        '{"stat":"FAIL","code":42901,"message":"Too many requests"}',
        { 'Retry-After': '3600' },
        'HTTP/1.1 429 No',
      ),
    ),
    { code: 'duo_refused', duoCode: 42901 },
  ),
  row(
    '429 as a web page, without end',
    say(rawReply('<html>', { 'Content-Type': 'text/html', 'Retry-After': '0' }, 'HTTP/1.1 429 No')),
    { code: 'unreadable_reply', httpStatus: 429 },
    { reads: 7, pushes: 7 },
  ),
];

/** Everything that goes wrong on the wire rather than in a reply. */
export const wireRows: readonly FaultRow[] = [
  ...httpRows,
  ...upgradeRows,
  ...oddRows,
  ...silenceRows,
  ...busyRows,
];
