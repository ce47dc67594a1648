import type { FastifyInstance, FastifyReply } from 'fastify';
import { loadOptionalPackage, MissingPackageError } from '../../optional/load-optional-package.ts';
import type { User } from '../directory/user.ts';
import { createUser } from '../directory/user.ts';
import type { Portal } from '../enrollment/activation.ts';
import { addPhone, type ClaimingPhone, claimActivation } from '../enrollment/claim-activation.ts';
import { parseForm } from '../protocol/percent.ts';
import type { SimulatorState } from '../state.ts';
import {
  enrollmentDone,
  enrollmentForm,
  enrollmentRefused,
  packageMissing,
} from './enrollment-page.ts';
import { pageHeaders } from './page-headers.ts';

const longestQrText = 500;

// A query may repeat a name, and then the value is a list.
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
  const form = new Map(Buffer.isBuffer(body) ? parseForm(body.toString('utf8')) : []);
  return {
    name: form.get('name')?.slice(0, longest.name) ?? '',
    number: form.get('number')?.slice(0, longest.number) ?? '',
  };
};

const userOf = (state: SimulatorState, { username }: Portal): User => {
  const known = state.directory.userByName(username);
  if (known) {
    return known;
  }
  const user = createUser(
    {
      username,
      aliases: [],
      groups: [],
      status: 'active',
      answer: 'manual',
      answerAfterSeconds: 0,
      bypassCodes: [],
      devices: [],
    },
    true,
  );
  state.directory.add(user);
  return user;
};

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

/** What the links in the API's answers lead to: the enrollment portal, activation and its QR code. */
export const addEnrolmentRoutes = (app: FastifyInstance, state: SimulatorState): void => {
  addPortal(app, state);
  addActivation(app, state);
  app.get<QrLink>('/frame/qr', async ({ query }, reply) => {
    const text = query.value;
    if (typeof text !== 'string' || text === '' || text.length > longestQrText) {
      return refuse(reply);
    }
    try {
      const { toBuffer } = await loadOptionalPackage('qrcode', () => import('qrcode'));
      const image = await toBuffer(text, { width: 256 });
      return reply.headers(pageHeaders).type('image/png').send(image);
    } catch (error) {
      if (!(error instanceof MissingPackageError)) {
        throw error;
      }
      return sendPage(reply, packageMissing(error.message), 501);
    }
  });
};
