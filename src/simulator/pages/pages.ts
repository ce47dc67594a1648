import type { FastifyInstance, FastifyReply } from 'fastify';
import type { User } from '../core/directory.ts';
import { addPhone, type ClaimingPhone, claimActivation, enrollUser } from '../core/enrollment.ts';
import type { Portal, SimulatorState } from '../core/state.ts';
import apiScript from './assets/api.js?raw';
import baseStyles from './assets/base.css?raw';
import cardsScript from './assets/cards.js?raw';
import elementsScript from './assets/elements.js?raw';
import exchangeScript from './assets/exchange.js?raw';
import faultScript from './assets/faults.js?raw';
import handsetScript from './assets/handset.js?raw';
import logStyles from './assets/log.css?raw';
import logScript from './assets/log.js?raw';
import mainScript from './assets/main.js?raw';
import styles from './assets/phone.css?raw';
import phonePage from './assets/phone.html?raw';
import userScript from './assets/users.js?raw';

/** Headers of the pages: no content from elsewhere, no frames, no caching. */
const pageHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

// The simulator shares no code with the login, which escapes HTML the same way.
/* jscpd:ignore-start */
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for HTML, also for attributes. */
const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');
/* jscpd:ignore-end */

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Duo simulator</title>
<link rel="stylesheet" href="/phone/base.css">
</head>
<body class="sheet">
<main>
<p class="badge">Simulator – not the Duo service</p>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;

/** Asks for a phone. `action` is the address of the form. */
const enrollmentForm = (username: string, action: string): string => {
  return page(
    'Add a phone',
    `<p>The phone becomes a device of <strong>${escapeHtml(username)}</strong>.</p>
<form method="post" action="${escapeHtml(action)}">
<label>Name <input name="name" maxlength="64" autocomplete="off" placeholder="My phone"></label>
<label>Number <input name="number" maxlength="32" autocomplete="off" inputmode="tel" placeholder="+1 734 555 0100"></label>
<button class="approve" type="submit">Add this phone</button>
</form>`,
  );
};

const enrollmentDone = (username: string): string =>
  page(
    'Phone added',
    `<p><strong>${escapeHtml(username)}</strong> can authenticate with it now.</p>`,
  );

const enrollmentRefused = (): string =>
  page('This link is not valid', '<p>It was used already, or has expired.</p>');

const longestQrText = 500;

// A query may repeat a name, in which case the value is a list.
type QueryValue = string | string[] | undefined;

interface PortalLink {
  Querystring: { code?: QueryValue };
}

interface ActivationLink {
  Params: { code: string };
}

interface QrLink {
  Querystring: { value?: QueryValue };
}

const codeOf = ({ code }: PortalLink['Querystring']): string =>
  typeof code === 'string' ? code : '';

const sendPage = (reply: FastifyReply, html: string, status = 200): FastifyReply =>
  reply.code(status).headers(pageHeaders).type('text/html; charset=utf-8').send(html);

const refuse = (reply: FastifyReply): FastifyReply => sendPage(reply, enrollmentRefused(), 404);

const longest = { name: 64, number: 32 };

const readPhone = (body: unknown): ClaimingPhone => {
  const form = new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '');
  return {
    name: form.get('name')?.slice(0, longest.name) ?? '',
    number: form.get('number')?.slice(0, longest.number) ?? '',
  };
};

const userOf = (state: SimulatorState, { username }: Portal): User =>
  state.directory.userByName(username) ?? enrollUser(state, username);

const addPortal = (app: FastifyInstance, state: SimulatorState): void => {
  app.get<PortalLink>('/portal', (request, reply) => {
    const portal = state.portals.get(codeOf(request.query), state.now());
    return portal ? sendPage(reply, enrollmentForm(portal.username, request.url)) : refuse(reply);
  });
  app.post<PortalLink>('/portal', (request, reply) => {
    const code = codeOf(request.query);
    const portal = state.portals.take(code, state.now());
    if (!portal) {
      return refuse(reply);
    }
    addPhone(state, userOf(state, portal), code, readPhone(request.body));
    return sendPage(reply, enrollmentDone(portal.username));
  });
};

const addActivation = (app: FastifyInstance, state: SimulatorState): void => {
  app.get<ActivationLink>('/activate/:code', (request, reply) => {
    const activation = state.activations.get(request.params.code, state.now());
    const isOpen = activation && !activation.isClaimed && activation.expiresAtMs > state.now();
    return isOpen
      ? sendPage(reply, enrollmentForm(activation.username, request.url))
      : refuse(reply);
  });
  app.post<ActivationLink>('/activate/:code', (request, reply) => {
    const { code } = request.params;
    const username = state.activations.get(code, state.now())?.username ?? '';
    const device = claimActivation(state, code, readPhone(request.body));
    return device ? sendPage(reply, enrollmentDone(username)) : refuse(reply);
  });
};

const addQrCode = (app: FastifyInstance): void => {
  app.get<QrLink>('/frame/qr', async ({ query }, reply) => {
    const text = query.value;
    if (typeof text !== 'string' || text === '' || text.length > longestQrText) {
      return refuse(reply);
    }
    const { toBuffer } = await import('qrcode');
    const image = await toBuffer(text, { width: 256 });
    return reply.headers(pageHeaders).type('image/png').send(image);
  });
};

const script = 'text/javascript; charset=utf-8';

const files: readonly (readonly [path: string, type: string, text: string])[] = [
  ['/phone', 'text/html; charset=utf-8', phonePage],
  ['/phone/base.css', 'text/css; charset=utf-8', baseStyles],
  ['/phone/phone.css', 'text/css; charset=utf-8', styles],
  ['/phone/log.css', 'text/css; charset=utf-8', logStyles],
  ['/phone/main.js', script, mainScript],
  ['/phone/api.js', script, apiScript],
  ['/phone/handset.js', script, handsetScript],
  ['/phone/cards.js', script, cardsScript],
  ['/phone/elements.js', script, elementsScript],
  ['/phone/log.js', script, logScript],
  ['/phone/faults.js', script, faultScript],
  ['/phone/users.js', script, userScript],
  ['/phone/exchange.js', script, exchangeScript],
];

/** The phone page. It contains no state: it reads the control API with the token. */
const addPhonePage = (app: FastifyInstance): void => {
  for (const [path, type, text] of files) {
    app.get(path, (_request, reply) => reply.headers(pageHeaders).type(type).send(text));
  }
};

/** The phone page, and those behind links in responses: enrollment, activation, and its QR code. */
export const addPages = (app: FastifyInstance, state: SimulatorState): void => {
  addPortal(app, state);
  addActivation(app, state);
  addQrCode(app);
  addPhonePage(app);
};
