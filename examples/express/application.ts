import express, { type Express, type RequestHandler } from 'express';
import { type DuoClient, DuoError } from 'xsoar-duo';

/** Asks the user who is signed in for a push before the route goes on: the step-up. */
export const requireApproval =
  (duo: DuoClient, action: string): RequestHandler =>
  async (request, response, next) => {
    // A browser that leaves ends the wait.
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    try {
      const { result, statusMessage } = await duo.authAndWait(
        {
          username: response.locals['username'],
          factor: 'push',
          type: action,
          pushinfo: { Path: request.path },
          ipaddr: request.ip,
        },
        { deadlineSeconds: 60, signal: gone.signal },
      );
      if (result === 'allow') {
        next();
      } else {
        response.status(403).json({ error: statusMessage });
      }
    } catch (error) {
      // Duo is out of reach, or refuses: the action is not taken.
      response.status(503).json({ error: error instanceof DuoError ? error.code : 'internal' });
    }
  };

/** @param signedIn puts the user's name into `response.locals.username`, or ends the request. */
export const createApplication = (duo: DuoClient, signedIn: RequestHandler): Express => {
  const app = express();
  app.use(signedIn);
  app.get('/accounts/:name', (request, response) => {
    response.json({ account: request.params.name });
  });
  app.delete('/accounts/:name', requireApproval(duo, 'Delete account'), (request, response) => {
    response.json({ deleted: request.params['name'] });
  });
  return app;
};
