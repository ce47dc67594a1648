import { beforeEach } from 'vitest';

// A developer's own proxy must not decide where a test's requests go.
beforeEach(() => {
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY']) {
    delete process.env[name];
    delete process.env[name.toLowerCase()];
  }
});
