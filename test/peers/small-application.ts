import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An application behind the gateway that believes its `X-User` header. */
export interface SmallApplication {
  readonly url: string;
  close(): Promise<void>;
}

export const startApplication = async (): Promise<SmallApplication> => {
  const server = createServer((request, response) => {
    const user = String(request.headers['x-user'] ?? 'nobody').replace(/[^\w.%-]/g, '');
    response
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
      .end(
        `<!doctype html><html lang="en"><title>Application</title><h1>Hello ${user}</h1>` +
          '<a href="/auth/logout">Sign out</a></html>',
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
