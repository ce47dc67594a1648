import { createHmac, randomBytes } from 'node:crypto';
import { createXsoarHttp, type XsoarServer, xsoarUserSchema } from '../first-factor/xsoar.ts';

/** Whether the server has confirmed an API key, and whose key it is. */
export type KeyAnswer =
  | { readonly kind: 'confirmed'; readonly user: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Confirms API keys with the XSOAR server. */
export interface ApiKeys {
  /** What the server said within the last minute, without asking it. */
  recall(key: string): KeyAnswer | undefined;
  /** Ask the server. Never rejects. */
  confirm(key: string): Promise<KeyAnswer>;
}

const rememberMs = 60_000;

// A refusal is remembered too, so that a wrong key in a loop is not a load on the server.
const refusedMs = 10_000;

const rememberAtMost = 1_000;

// Distinct keys that are being confirmed at once. Callers beyond are answered "unavailable".
const pendingAtMost = 16;

// What a header value may hold: no list of two keys, no control characters.
const keyForm = /^[\x21-\x2b\x2d-\x7e][\x20-\x2b\x2d-\x7e]{7,511}$/;

/** Keys are remembered by a digest whose key is this process's own: none can be read from memory later. */
export const createApiKeys = (server: XsoarServer, now: () => number): ApiKeys => {
  const http = createXsoarHttp(server);
  const digestKey = randomBytes(32);
  const remembered = new Map<string, { readonly answer: KeyAnswer; readonly untilMs: number }>();
  const pending = new Map<string, Promise<KeyAnswer>>();

  const ask = async (key: string): Promise<KeyAnswer> => {
    const response = await http
      .get<unknown>('/user', { headers: { Authorization: key, Accept: 'application/json' } })
      // axios' error holds the key, so only its code goes on.
      .catch(({ code = 'unknown' }: { code?: string }) => ({ status: 0, data: code }));
    if (response.status === 401 || response.status === 403) {
      return { kind: 'refused' };
    }
    const user = xsoarUserSchema.safeParse(response.data);
    return response.status === 200 && user.success
      ? { kind: 'confirmed', user: user.data }
      : {
          kind: 'unavailable',
          reason:
            response.status === 0
              ? `The XSOAR server cannot be reached (${String(response.data)}).`
              : `The XSOAR server answered ${response.status} to a question for a key's user.`,
        };
  };

  const remember = (digest: string, answer: KeyAnswer): void => {
    if (answer.kind === 'unavailable') {
      return;
    }
    const [oldest] = remembered.keys();
    if (remembered.size >= rememberAtMost && oldest !== undefined) {
      remembered.delete(oldest);
    }
    const forMs = answer.kind === 'confirmed' ? rememberMs : refusedMs;
    remembered.set(digest, { answer, untilMs: now() + forMs });
  };

  const digestOf = (key: string): string =>
    createHmac('sha256', digestKey).update(key).digest('base64');

  return {
    recall: (key) => {
      if (!keyForm.test(key)) {
        return { kind: 'refused' };
      }
      const digest = digestOf(key);
      const known = remembered.get(digest);
      if (known === undefined || now() < known.untilMs) {
        return known?.answer;
      }
      remembered.delete(digest);
      return undefined;
    },
    confirm: async (key) => {
      const digest = digestOf(key);
      const asked = pending.get(digest);
      if (asked !== undefined) {
        return asked;
      }
      if (pending.size >= pendingAtMost) {
        return { kind: 'unavailable', reason: 'Too many keys are being confirmed.' };
      }
      const answer = ask(key).then((final) => {
        pending.delete(digest);
        remember(digest, final);
        return final;
      });
      pending.set(digest, answer);
      return answer;
    },
  };
};
