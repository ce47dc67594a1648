import type { ApiRequest } from '../duo/request.ts';
import type { Settings } from './params.ts';

// Duo gives a push about a minute and holds the reply open for as long.
const heldOpenSeconds = 75;

/** How long a host waits for the reply to a request, in milliseconds. */
export const timeoutMsOf = (
  request: ApiRequest,
  { timeoutSeconds }: Pick<Settings, 'timeoutSeconds'>,
): number => {
  const own = request.holdsOpen ? Math.max(timeoutSeconds, heldOpenSeconds) : timeoutSeconds;
  return Math.ceil(Math.min(own, request.withinSeconds ?? own) * 1000);
};
