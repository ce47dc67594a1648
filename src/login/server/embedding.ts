import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { GatewayContext } from './context.ts';

/** Who has signed in. */
export interface SignedInUser {
  readonly username: string;
  readonly groups: readonly string[];
}

/** The gateway inside a Node application: its pages, and the check before one's own. */
export interface Embedding {
  /**
   * A Fastify plugin that serves the gateway's pages below `/auth/`. It reads their bodies itself and is
   * untouched by the application's parsers and cookie settings.
   */
  readonly routes: FastifyPluginAsync;
  /** The same for `node:http`, Express and whatever else has `(req, res)`. For paths below `/auth/`. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /**
   * Who has signed in, or nothing. Reads the session cookie alone, so it serves WebSockets too.
   *
   * @throws when the session store cannot be reached: refuse the request then.
   */
  readonly verify: (request: Pick<IncomingMessage, 'headers'>) => Promise<SignedInUser | undefined>;
  /** Where to send a browser that has not signed in. @param returnTo where it wanted to go. */
  readonly loginUrl: (returnTo?: string) => string;
}

/** @param app the gateway's own server, ready; it need not listen. */
export const createEmbedding = (
  app: FastifyInstance,
  { sessions, sessionCookie, frame }: GatewayContext,
): Embedding => {
  const handle: Embedding['handle'] = (request, response) => app.routing(request, response);
  return {
    handle,
    routes: async (host) => {
      // What arrives is handed on unread.
      host.removeAllContentTypeParsers();
      host.addContentTypeParser('*', (_request, _payload, done) => done(null));
      host.all(`${frame.base}/*`, async (request, reply) => {
        reply.hijack();
        handle(request.raw, reply.raw);
      });
    },
    verify: async ({ headers }) => {
      const session = await sessions.find(sessionCookie.read(headers.cookie));
      return session && { username: session.username, groups: session.groups };
    },
    loginUrl: (returnTo = '/') => `${frame.base}/login?rd=${encodeURIComponent(returnTo)}`,
  };
};
