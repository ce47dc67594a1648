import { type FastifyInstance, fastify } from 'fastify';
import type { LoginGateway } from 'xsoar-duo/login';

/**
 * An application with the login gateway inside. Make the gateway with
 * `createLoginGateway(await loadSettings(yaml, …), { listen: false })`.
 */
export const createApplication = async (gateway: LoginGateway): Promise<FastifyInstance> => {
  const app = fastify();

  // The pages of the login, below /auth/.
  await app.register(gateway.routes);

  // Everything else asks for a session: a second factor has been given.
  app.get('/*', async (request, reply) => {
    const user = await gateway.verify(request);
    if (user === undefined) {
      return reply.redirect(gateway.loginUrl(request.url), 303);
    }
    return `Hello ${user.username}`;
  });
  return app;
};
