import type { FastifyReply } from 'fastify';
import { layout, type Page, type PageFrame } from '../pages/layout.ts';

/** Answer with a page. Pages of a login are never kept by a cache or the back button. */
export const replyWithPage = (
  reply: FastifyReply,
  frame: PageFrame,
  page: Page,
  status = 200,
): FastifyReply =>
  reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({
      'Cache-Control': 'no-store',
      'Content-Language': frame.language,
      Vary: 'Accept-Language',
    })
    .send(layout(frame, page).toString());

/** See another page: with GET, whatever this request was. */
export const seeOther = (reply: FastifyReply, location: string): FastifyReply =>
  reply.header('Cache-Control', 'no-store').redirect(location, 303);
