import {
  type Destination,
  describeNetworkFailure,
  NetworkError,
  type NetworkErrorKind,
} from '../../duo/errors/network-error.ts';
import { sanitizeText } from '../../duo/text.ts';

// The server says why a connection failed in the words of Go's network library, and in no other way.
// Only the message and the advice depend on them: whatever they are, no reply came.
const kinds: readonly (readonly [RegExp, NetworkErrorKind])[] = [
  [/proxyconnect|proxy/i, 'proxy'],
  [/timeout|timed out|deadline exceeded/i, 'timeout'],
  [/no such host|server misbehaving|lookup /i, 'dns'],
  [/x509|tls|certificate/i, 'tls'],
  [/connection refused|no route to host|network is unreachable/i, 'refused'],
];

// Go looks a name up, dials, and judges a certificate before it writes.
const beforeSending = /\bdial |\blookup |x509: |proxyconnect /i;

const longestReason = 200;

// The address of a status call holds the transaction, and all of them say nothing new.
const withoutAddress = (words: string): string => words.replace(/"?https?:\/\/[^\s"]*"?:?/g, '');

/** Make an error of ours from the server's words. */
export const toNetworkError = (words: string, to: Destination): NetworkError => {
  const kind = kinds.find(([pattern]) => pattern.test(withoutAddress(words)))?.[1] ?? 'reset';
  const reason = sanitizeText(withoutAddress(words)).slice(0, longestReason) || 'no reason given';
  const message = describeNetworkFailure(kind, to, reason);
  return new NetworkError(kind, to.endpoint, message, reason, {
    sent: beforeSending.test(words) ? 'no' : 'unknown',
  });
};
