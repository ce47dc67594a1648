import { replied } from '../protocol/outcome.ts';
import { okReply } from '../protocol/reply.ts';
import type { Endpoint } from './context.ts';

/** Says that keys and signature are right. */
export const check: Endpoint = {
  name: 'check',
  path: '/auth/v2/check',
  method: 'GET',
  isSigned: true,
  run: ({ serverTimeSeconds }) => replied(okReply({ time: serverTimeSeconds }, 'valid')),
};
