/**
 * The hosts that a client may have signed: clients differ on whether the port belongs to it, and
 * one that connects to this machine may sign the name of the service it stands in for.
 */
export const signedHosts = (
  hostHeader: string | undefined,
  aliases: readonly string[],
): string[] => {
  const host = (hostHeader ?? '').trim().toLowerCase();
  const withoutPort = host.replace(/:\d+$/, '');
  return [...new Set([withoutPort, host, ...aliases.map((alias) => alias.toLowerCase())])].filter(
    (name) => name !== '',
  );
};
