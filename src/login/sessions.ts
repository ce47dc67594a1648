import { normalizeUsername } from './accounts/names.ts';
import type { GrantedBy } from './flow/state.ts';
import type { Store } from './store/store.ts';
import { digestOf, isToken, newToken } from './store/token.ts';

/** Who is let in, and since when. */
export interface Session {
  readonly username: string;
  readonly groups: readonly string[];
  readonly by: GrantedBy;
  readonly address: string;
  readonly startedAtMs: number;
  readonly seenAtMs: number;
  /** Names of the cookies that the first factor gave, to be taken back at sign-out. */
  readonly heldCookies?: readonly string[] | undefined;
}

/** A session as listings show it. Its name is not its cookie. */
export interface ListedSession extends Session {
  readonly name: string;
}

/** How long sessions live. */
export interface SessionLimits {
  /** From the last request. */
  readonly idleMs: number;
  /** From the sign-in, however many requests follow. */
  readonly absoluteMs: number;
}

/** Sessions in a store. */
export interface Sessions {
  /** @returns the id for the cookie, always a new one. */
  open(session: Omit<Session, 'startedAtMs' | 'seenAtMs'>): Promise<string>;
  /** The session of a cookie. Its idle time begins anew. */
  find(id: string | undefined): Promise<Session | undefined>;
  end(id: string | undefined): Promise<void>;
  list(): Promise<readonly ListedSession[]>;
  /** End one by its listed name. */
  endNamed(name: string): Promise<boolean>;
  /** @returns how many there were. */
  endAllOf(username: string): Promise<number>;
}

const parsedAtMost = 10_000;
const prefix = 'session:';
const keyOf = (id: string): string => prefix + digestOf(id);

export const createSessions = (
  store: Store,
  { idleMs, absoluteMs }: SessionLimits,
  now: () => number,
): Sessions => {
  // Written at most this often, so that most checks only read.
  const touchAfterMs = Math.min(60_000, idleMs / 10);
  const endsAtMs = ({ startedAtMs, seenAtMs }: Session): number =>
    Math.min(startedAtMs + absoluteMs, seenAtMs + idleMs);

  // A session is read far more often than it changes; its text tells whether it has.
  const parsed = new Map<string, { readonly text: string; readonly session: Session }>();
  const parse = (key: string, text: string): Session => {
    const known = parsed.get(key);
    if (known?.text === text) {
      return known.session;
    }
    if (parsed.size >= parsedAtMost) {
      parsed.clear();
    }
    const session = JSON.parse(text) as Session;
    parsed.set(key, { text, session });
    return session;
  };

  const read = async (key: string): Promise<{ text: string; session: Session } | undefined> => {
    const text = await store.get(key);
    if (text === undefined) {
      return undefined;
    }
    const session = parse(key, text);
    return endsAtMs(session) > now() ? { text, session } : undefined;
  };

  const list = async (): Promise<readonly ListedSession[]> => {
    const keys = await store.keys(prefix);
    const found = await Promise.all(
      keys.map(async (key) => {
        const session = (await read(key))?.session;
        return session === undefined ? [] : [{ ...session, name: key.slice(prefix.length) }];
      }),
    );
    return found.flat().sort((one, other) => one.startedAtMs - other.startedAtMs);
  };

  return {
    open: async (begun) => {
      const id = newToken();
      const session: Session = { ...begun, startedAtMs: now(), seenAtMs: now() };
      await store.set(keyOf(id), JSON.stringify(session), Math.min(idleMs, absoluteMs));
      return id;
    },
    find: async (id) => {
      const found = isToken(id) ? await read(keyOf(id)) : undefined;
      if (id === undefined || found === undefined) {
        return undefined;
      }
      if (now() - found.session.seenAtMs < touchAfterMs) {
        return found.session;
      }
      const seen = { ...found.session, seenAtMs: now() };
      // Only if it is still there: a session that was ended meanwhile must not come back.
      const left = endsAtMs(seen) - now();
      await store.replace(keyOf(id), found.text, JSON.stringify(seen), left);
      return seen;
    },
    end: async (id) => {
      if (isToken(id)) {
        await store.delete(keyOf(id));
      }
    },
    list,
    endNamed: async (name) => {
      const exists = (await store.get(prefix + name)) !== undefined;
      await store.delete(prefix + name);
      return exists;
    },
    endAllOf: async (username) => {
      const wanted = normalizeUsername(username);
      const theirs = (await list()).filter((one) => normalizeUsername(one.username) === wanted);
      await Promise.all(theirs.map(({ name }) => store.delete(prefix + name)));
      return theirs.length;
    },
  };
};
