import type { FastifyInstance } from 'fastify';
import apiScript from './assets/api.js?raw';
import baseStyles from './assets/base.css?raw';
import exchangeScript from './assets/exchange.js?raw';
import faultScript from './assets/faults.js?raw';
import logStyles from './assets/log.css?raw';
import logScript from './assets/log.js?raw';
import mainScript from './assets/main.js?raw';
import styles from './assets/phone.css?raw';
import page from './assets/phone.html?raw';
import phoneScript from './assets/phone.js?raw';
import userScript from './assets/users.js?raw';
import { pageHeaders } from './enrollment-pages.ts';

const script = 'text/javascript; charset=utf-8';

const files: readonly (readonly [path: string, type: string, text: string])[] = [
  ['/phone', 'text/html; charset=utf-8', page],
  ['/phone/base.css', 'text/css; charset=utf-8', baseStyles],
  ['/phone/phone.css', 'text/css; charset=utf-8', styles],
  ['/phone/log.css', 'text/css; charset=utf-8', logStyles],
  ['/phone/main.js', script, mainScript],
  ['/phone/api.js', script, apiScript],
  ['/phone/phone.js', script, phoneScript],
  ['/phone/log.js', script, logScript],
  ['/phone/faults.js', script, faultScript],
  ['/phone/users.js', script, userScript],
  ['/phone/exchange.js', script, exchangeScript],
];

/** The phone page. It contains no state: it reads the control API with the token. */
export const addPhoneRoutes = (app: FastifyInstance): void => {
  for (const [path, type, text] of files) {
    app.get(path, (_request, reply) => reply.headers(pageHeaders).type(type).send(text));
  }
};
