import type { RawResponse } from '../duo/endpoints/response.ts';

const secretKeys = ['trusted_device_token', 'bypass_codes'];

const maskResponse = (response: object): object => {
  const masked: Record<string, unknown> = { ...response };
  for (const key of secretKeys.filter((name) => name in masked)) {
    masked[key] = '********';
  }
  return masked;
};

/** Duo's raw reply without what would let somebody in: a war room shows it to everybody there. */
export const maskSecrets = (raw: RawResponse): RawResponse => {
  const response = raw['response'];
  return typeof response === 'object' && response !== null
    ? { ...raw, response: maskResponse(response) }
    : raw;
};
