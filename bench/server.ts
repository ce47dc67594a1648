// A Duo service of the smallest kind, which shares no code with the rest: TLS, HTTP/1.1 as far as the
// clients need it, every signature checked, one user who waits for a push that no one answers.
// `node scripts/run.js bench/server.ts` prints {"hostname","port","ikey","skey","caFile"} and serves until
// its input ends. A line on its input is answered with {"requests","badSignatures","connections"}.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createServer } from 'node:tls';
import { generate } from 'selfsigned';

const ikey = 'DIBENCHBENCHBENCHBEN';
const skey = 'benchbenchbenchbenchbenchbenchbenchbench';
const counts = { requests: 0, badSignatures: 0, connections: 0 };

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The parameters as they are signed: decoded, encoded again by RFC 3986, sorted. */
const canonicalParameters = (form: string): string =>
  form
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) =>
      pair
        .split('=')
        .map((part) => encode(decodeURIComponent(part.replaceAll('+', ' '))))
        .join('='),
    )
    .sort()
    .join('&');

const isSigned = ({ method, path, query, headers, body }: Request): boolean => {
  const [user, given = ''] = Buffer.from((headers.get('authorization') ?? '').slice(6), 'base64')
    .toString()
    .split(':');
  const host = (headers.get('host') ?? '').toLowerCase();
  const date = headers.get('date') ?? headers.get('x-duo-date') ?? '';
  const form = canonicalParameters(method === 'GET' ? query : body);
  const algorithm = given.length === 40 ? 'sha1' : 'sha512';
  const isRight = (name: string): boolean => {
    const text = [date, method, name, path, form].join('\n');
    const expected = createHmac(algorithm, skey).update(text).digest('hex');
    return (
      given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
    );
  };
  // Some clients sign the port with the host name, and some do not.
  return user === ikey && (isRight(host.replace(/:\d+$/, '')) || isRight(host));
};

const ok = (response: unknown): string => JSON.stringify({ stat: 'OK', response });

const fixedAnswers: Readonly<Record<string, string>> = {
  '/auth/v2/preauth': ok({
    result: 'auth',
    status_msg: 'Account is active',
    devices: [
      {
        device: 'DPFZRS9FB0D46QFTM891',
        type: 'phone',
        number: 'XXX-XXX-0100',
        name: '',
        display_name: 'iOS (XXX-XXX-0100)',
        capabilities: ['auto', 'push', 'sms', 'phone', 'mobile_otp'],
      },
    ],
  }),
  '/auth/v2/auth': ok({ txid: '45f7c92b-f45f-4862-8545-e0f58e78075a' }),
};

const answerTo = (path: string): string =>
  fixedAnswers[path] ?? ok({ time: Math.floor(Date.now() / 1000) });

const refusal = JSON.stringify({ stat: 'FAIL', code: 40103, message: 'Invalid signature' });

const serialize = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nDate: ${new Date().toUTCString()}\r\n\r\n${body}`;

const answer = (request: Request, socket: Socket): void => {
  counts.requests += 1;
  if (request.path !== '/auth/v2/ping' && !isSigned(request)) {
    counts.badSignatures += 1;
    socket.write(serialize('401 Unauthorized', refusal));
    return;
  }
  // A long poll: it is held until the client goes.
  if (request.path !== '/auth/v2/auth_status') {
    socket.write(serialize('200 OK', answerTo(request.path)));
  }
};

interface Body {
  readonly body: string;
  readonly end: number;
}

/** A body in chunks, as Node sends one whose length it was not given. */
const readChunks = (text: string, start: number): Body | undefined => {
  let body = '';
  for (let at = start; ; ) {
    const lineEnd = text.indexOf('\r\n', at);
    const length = Number.parseInt(text.slice(at, lineEnd), 16);
    const next = lineEnd + 2 + length + 2;
    if (lineEnd < 0 || text.length < next) {
      return undefined;
    }
    if (length === 0) {
      return { body, end: next };
    }
    body += text.slice(lineEnd + 2, next - 2);
    at = next;
  }
};

const readBody = (
  text: string,
  start: number,
  headers: ReadonlyMap<string, string>,
): Body | undefined => {
  if (headers.get('transfer-encoding') === 'chunked') {
    return readChunks(text, start);
  }
  const end = start + Number(headers.get('content-length') ?? 0);
  return text.length < end ? undefined : { body: text.slice(start, end), end };
};

/** The first whole request in the text, and what is left after it. */
const readRequest = (text: string): { request: Request; rest: string } | undefined => {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) {
    return undefined;
  }
  const [line = '', ...fields] = text.slice(0, headEnd).split('\r\n');
  const headers = new Map(
    fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
    }),
  );
  const read = readBody(text, headEnd + 4, headers);
  if (read === undefined) {
    return undefined;
  }
  const [method = '', target = ''] = line.split(' ');
  const [path = '', query = ''] = target.split('?');
  return { request: { method, path, query, headers, body: read.body }, rest: text.slice(read.end) };
};

const serve = (socket: Socket): void => {
  counts.connections += 1;
  let text = '';
  socket.setNoDelay(true);
  // Forms are ASCII, so that characters count as bytes.
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    text += chunk;
    for (let read = readRequest(text); read !== undefined; read = readRequest(text)) {
      text = read.rest;
      answer(read.request, socket);
    }
  });
  socket.on('error', () => socket.destroy());
};

const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
  extensions: [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
  ],
});
const caFile = join(mkdtempSync(join(tmpdir(), 'duo-bench-')), 'ca.pem');
writeFileSync(caFile, cert);

const server = createServer({ key, cert }, serve);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const ready = { hostname: `localhost:${port}`, port, ikey, skey, caFile };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
});

const input = createInterface({ input: process.stdin });
input.on('line', () => process.stdout.write(`${JSON.stringify(counts)}\n`));
input.on('close', () => process.exit());
