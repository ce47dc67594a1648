/** On everything the simulator sends, so that nobody takes it for Duo. */
export const simulatorHeader = {
  'x-simulator': 'xsoar-duo simulator, not the Duo service',
} as const;

/** The headers of the real service, and the one that tells it apart. */
export const serviceHeaders = (nowMs: number): Record<string, string> => {
  return {
    server: 'Duo/1.0',
    date: new Date(nowMs).toUTCString(),
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'strict-transport-security': 'max-age=31536000',
    'content-security-policy':
      "default-src 'self'; frame-src 'self' ; img-src 'self'  ; connect-src 'self'",
    ...simulatorHeader,
  };
};
