import { createHmac } from 'node:crypto';
import type { SignatureScheme } from '../core/configuration.ts';
import { ProtocolError } from '../core/error-codes.ts';
import type { WireRequest } from '../core/exchange.ts';
import type { SimulatorState } from '../core/state.ts';
import { type Credentials, parseCredentials } from './authenticate.ts';
import { type RequestBody, readBody } from './request.ts';
import {
  type SignatureCandidate,
  type SignatureContext,
  signatureCandidates,
  signedHosts,
} from './signature.ts';
import { type Guess, guessesFor, keysFor, separators } from './signature-mistakes.ts';

/** One line of the canonical string, as expected and as the client signed it. */
export interface ExplainedLine {
  readonly name: string;
  readonly expected: string;
  /** `undefined` when it is not known what the client signed. */
  readonly received: string | undefined;
  /** Index of the first character that differs; `undefined` when none does. */
  readonly firstDifference: number | undefined;
}

/** Why a signature matched, or did not. */
export interface SignatureExplanation {
  readonly verdict: 'matched' | 'mistake found' | 'unknown' | 'unreadable';
  /** What to change, in one sentence for each mistake. */
  readonly mistakes: readonly string[];
  /** The scheme that the lines belong to. */
  readonly scheme: SignatureScheme | undefined;
  readonly lines: readonly ExplainedLine[];
  /** How many canonical strings were tried. */
  readonly tried: number;
}

/** Index of the first difference between two texts. */
export const firstDifference = (expected: string, received: string): number | undefined => {
  if (expected === received) {
    return undefined;
  }
  const index = [...expected].findIndex((_character, at) => expected[at] !== received[at]);
  return index === -1 ? expected.length : index;
};

const explainLines = (
  candidate: SignatureCandidate,
  received: readonly string[] | undefined,
): ExplainedLine[] =>
  candidate.lines.map(({ name, text }, index) => {
    const other = received?.[index];
    return {
      name,
      expected: text,
      received: other,
      firstDifference: other === undefined ? undefined : firstDifference(text, other),
    };
  });

const hashByHexLength = new Map([
  [40, 'sha1'],
  [64, 'sha256'],
  [128, 'sha512'],
]);

/** A canonical string that a client may have signed, and the mistakes in it. */
interface Attempt extends Guess {
  readonly candidate: SignatureCandidate;
  readonly key: string;
  readonly separator: string;
}

interface Way {
  readonly candidate: SignatureCandidate;
  readonly mistakes: readonly string[];
}

const asForm = (body: RequestBody): RequestBody =>
  body.kind === 'json' ? { ...body, kind: 'form' } : body;

const asJson = (body: RequestBody): RequestBody =>
  body.kind === 'form' ? { ...body, kind: 'json' } : body;

const wrongBodies = [
  {
    change: asForm,
    mistake: 'Versions 1 and 2 sign a form: send application/x-www-form-urlencoded, not JSON.',
  },
  {
    change: asJson,
    mistake: 'Versions 4 and 5 sign a JSON body: send application/json, not a form.',
  },
];

/** The ways in which this request may be signed, those for another content type last. */
const waysOf = (context: SignatureContext, signature: string): Way[] => {
  const isSha256 = signature.length === 64;
  const known = isSha256 ? '0'.repeat(128) : signature;
  const mistakes = isSha256 ? ['SHA-256 is not supported: use SHA-512.'] : [];
  const candidatesFor = (body: RequestBody, more: readonly string[]): Way[] =>
    signatureCandidates({ ...context, body }, known).map((candidate) => ({
      candidate,
      mistakes: [...mistakes, ...more],
    }));
  const others = wrongBodies.flatMap(({ change, mistake }) => {
    const body = change(context.body);
    return body === context.body ? [] : candidatesFor(body, [mistake]);
  });
  return [...candidatesFor(context.body, []), ...others];
};

/** Every attempt: two mistakes in the lines, or one of them with a wrong key or separator. */
const attemptsFor = function* (
  state: SimulatorState,
  context: SignatureContext,
  ikey: string,
  ways: readonly Way[],
): Generator<Attempt> {
  const { request, skey } = context;
  for (const { candidate, mistakes } of ways) {
    for (const guess of guessesFor(candidate.lines, request)) {
      const all = [...mistakes, ...guess.mistakes];
      yield { ...guess, mistakes: all, candidate, key: skey, separator: '\n' };
      if (guess.mistakes.length > 1) {
        continue;
      }
      for (const key of keysFor(state, ikey, skey)) {
        for (const separator of separators) {
          const more = [key.mistake, separator.mistake].filter((one) => one !== undefined);
          yield {
            ...guess,
            mistakes: [...all, ...more],
            candidate,
            key: key.text,
            separator: separator.text,
          };
        }
      }
    }
  }
};

const contextOf = (
  state: SimulatorState,
  request: WireRequest,
  skey: string,
): SignatureContext | undefined => {
  try {
    return {
      request,
      skey,
      body: readBody(request),
      date: request.headers['x-duo-date'] ?? request.headers.date,
      hosts: signedHosts(request.headers.host, state.settings.hostAliases),
      accepted: state.settings.acceptedSignatures,
      allowUnsignedDuoDate: state.settings.allowUnsignedDuoDate,
    };
  } catch (error) {
    if (error instanceof ProtocolError) {
      return undefined;
    }
    throw error;
  }
};

const search = (
  state: SimulatorState,
  context: SignatureContext,
  { ikey, signature }: Credentials,
): SignatureExplanation => {
  const hash = hashByHexLength.get(signature.length);
  const ways = waysOf(context, signature);
  if (hash === undefined || !/^[0-9a-f]+$/.test(signature) || ways.length === 0) {
    const mistake = `The signature has ${signature.length} characters; it must be 40 (SHA-1) or 128 (SHA-512) hexadecimal digits.`;
    return { verdict: 'unreadable', mistakes: [mistake], scheme: undefined, lines: [], tried: 0 };
  }
  let tried = 0;
  for (const { candidate, received, mistakes, key, separator } of attemptsFor(
    state,
    context,
    ikey,
    ways,
  )) {
    tried += 1;
    if (createHmac(hash, key).update(received.join(separator)).digest('hex') === signature) {
      return {
        verdict: mistakes.length === 0 ? 'matched' : 'mistake found',
        mistakes,
        scheme: candidate.scheme,
        lines: explainLines(candidate, received),
        tried,
      };
    }
  }
  // Of the versions for a JSON body the newest comes last.
  const likely =
    (context.body.kind === 'json'
      ? ways.filter((way) => way.mistakes.length === 0).at(-1)
      : ways[0]) ?? ways[0];
  return {
    verdict: 'unknown',
    mistakes: [
      'No usual mistake explains it. Compare the lines with what the client signs, and check the secret key.',
    ],
    scheme: likely?.candidate.scheme,
    lines: likely ? explainLines(likely.candidate, undefined) : [],
    tried,
  };
};

/**
 * Explains the signature of a request: the canonical string that is expected and, where a usual
 * mistake leads to the signature, the one that the client signed. `undefined` for a request without
 * credentials of a known integration.
 */
export const explainSignature = (
  state: SimulatorState,
  request: WireRequest,
): SignatureExplanation | undefined => {
  const credentials = parseCredentials(request.headers.authorization);
  const integration = credentials && state.directory.integration(credentials.ikey);
  const context = integration && contextOf(state, request, integration.skey);
  return credentials && context && search(state, context, credentials);
};
