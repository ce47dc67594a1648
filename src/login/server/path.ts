/**
 * What a path may mean to any server behind: decoded as often as it can be, without parameters after
 * `;`, with one slash where there are many, backslashes as slashes, dots resolved, in lower case.
 */
export const loosestReading = (url: string): string => {
  let path = url.split(/[?#]/, 1)[0] ?? '';
  for (let times = 0; times < 5; times += 1) {
    const decoded = path.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (decoded === path) {
      break;
    }
    path = decoded;
  }
  const segments: string[] = [];
  for (const segment of path.replaceAll('\\', '/').split('/')) {
    const name = segment.split(';', 1)[0] ?? '';
    if (name === '..') {
      segments.pop();
    } else if (name !== '' && name !== '.') {
      segments.push(name);
    }
  }
  return `/${segments.join('/')}`.toLowerCase();
};

/** A path exactly as it was sent, without its query. */
export const rawPath = (url: string): string => url.split('?', 1)[0] ?? '';
