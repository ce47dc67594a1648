import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName } from '../first-factor/held-cookies.ts';
import type { GatewayContext } from './context.ts';
import { cookieNames, cookieOptions } from './cookies.ts';
import { seeOther } from './reply-with.ts';

const deviceSeconds = 365 * 24 * 60 * 60;

/** Add `Set-Cookie` lines as they are, beside those that the cookie plugin sets. */
export const addSetCookies = (reply: FastifyReply, lines: readonly string[]): void => {
  for (const line of lines) {
    reply.header('Set-Cookie', line);
  }
};

/**
 * End a login that is granted: use up its challenge, and only then open a session, always with a new
 * id.
 *
 * @returns nothing when another request has used it up.
 */
export const completeLogin = async (
  { engine, sessions }: GatewayContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> => {
  const finished = await engine.finish(request.cookies[cookieNames.challenge]);
  if (finished?.challenge.state.kind !== 'granted') {
    return undefined;
  }
  const { state, address, returnTo } = finished.challenge;
  const { username, groups, preferredDevice } = state.login;
  await sessions.end(request.cookies[cookieNames.session]);
  const id = await sessions.open({
    username,
    groups,
    by: state.by,
    address,
    heldCookies: finished.held.map(cookieName),
  });
  reply.setCookie(cookieNames.session, id, cookieOptions);
  reply.clearCookie(cookieNames.challenge, cookieOptions);
  if (preferredDevice !== undefined) {
    reply.setCookie(cookieNames.device, preferredDevice, {
      ...cookieOptions,
      maxAge: deviceSeconds,
    });
  }
  addSetCookies(reply, finished.held);
  return seeOther(reply, returnTo);
};
