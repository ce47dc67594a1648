/** A URL, or nothing. `URL.parse` came with Node 22. */
export const parseUrl = (text: string, base?: string): URL | undefined =>
  URL.canParse(text, base) ? new URL(text, base) : undefined;
