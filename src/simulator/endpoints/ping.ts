import { replied } from '../protocol/outcome.ts';
import { okReply } from '../protocol/reply.ts';
import type { Endpoint } from './context.ts';

/** Unsigned: tells the time. */
export const ping: Endpoint = {
  name: 'ping',
  path: '/auth/v2/ping',
  method: 'GET',
  isSigned: false,
  run: ({ serverTimeSeconds }) => replied(okReply({ time: serverTimeSeconds }, 'pong')),
};
