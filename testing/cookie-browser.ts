import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import axios, { type AxiosResponse } from 'axios';

// A connection each: one that lay idle may be gone when it is needed.
const httpAgent = new Agent({ keepAlive: false });
// The certificates of proxies in tests are made a moment before.
const httpsAgent = new TlsAgent({ keepAlive: false, rejectUnauthorized: false });

/** The password of a test's user. */
export const passwordOf = (username: string): string => `${username}-password`;

/** A page as a test sees it. */
export interface Visited {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Where the redirects ended. */
  readonly url: string;
}

/** What goes with one request. */
export interface VisitOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly follow?: boolean;
}

/**
 * A browser without JavaScript: it keeps cookies, follows redirects, and sends forms with the hidden
 * fields that came with them.
 */
export class CookieBrowser {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;
  #page: Visited | undefined;

  constructor(origin: string) {
    this.#origin = origin;
  }

  get page(): Visited {
    return this.#page ?? { status: 0, body: '', headers: {}, url: '' };
  }

  /** The page's text, as a reader sees it. */
  get text(): string {
    const main = /<main[\s\S]*<\/main>/.exec(this.page.body)?.[0] ?? this.page.body;
    return main
      .replace(/<[^>]*>/g, ' ')
      .replace(/&#39;/g, "'")
      .replace(/\s+/g, ' ')
      .trim();
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async get(path: string, options: VisitOptions = {}): Promise<Visited> {
    return this.#send('GET', path, undefined, options);
  }

  /** Send a form with the hidden fields of the page. */
  async post(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    options: VisitOptions = {},
  ): Promise<Visited> {
    return this.#send('POST', path, { ...this.hidden(), ...fields }, options);
  }

  hidden(): Record<string, string> {
    const found = this.page.body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g);
    return Object.fromEntries(
      [...found].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
    );
  }

  /** User name and password, as far as the second factor. */
  async signIn(username: string, path = '/auth/login'): Promise<Visited> {
    await this.get(path);
    return this.post('/auth/login', { username, password: passwordOf(username) });
  }

  /** Look again until the page is as wanted: what JavaScript would be notified. */
  async until(wanted: (browser: this) => boolean, path = '/auth/login'): Promise<Visited> {
    const deadlineMs = Date.now() + 8_000;
    while (!wanted(this)) {
      if (Date.now() > deadlineMs) {
        throw new Error(`Waited too long; the page says: ${this.text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      await this.get(path);
    }
    return this.page;
  }

  async #send(
    method: 'GET' | 'POST',
    path: string,
    form: Readonly<Record<string, string>> | undefined,
    { headers = {}, follow = true }: VisitOptions,
  ): Promise<Visited> {
    const url = path.startsWith('/') ? `${this.#origin}${path}` : path;
    const response: AxiosResponse<string> = await axios.request({
      method,
      url,
      httpAgent,
      httpsAgent,
      responseType: 'text',
      maxRedirects: 0,
      validateStatus: () => true,
      headers: {
        accept: 'text/html',
        ...(this.cookies.size > 0 && { cookie: this.cookieHeader }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(form && { data: new URLSearchParams(form).toString() }),
    });
    this.#keep(response.headers['set-cookie'] ?? []);
    const location = response.headers['location'];
    if (follow && typeof location === 'string' && response.status < 400) {
      const next = new URL(location, url);
      if (next.origin === new URL(this.#origin).origin) {
        return this.#send('GET', next.href, undefined, {});
      }
    }
    this.#page = {
      status: response.status,
      body: response.data,
      headers: response.headers as Visited['headers'],
      url,
    };
    return this.#page;
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      const isOver = attributes.some((one) => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(one));
      if (isOver) {
        this.cookies.delete(name);
      } else {
        this.cookies.set(name, value);
      }
    }
  }
}

export const sessionCookie = '__Host-xsoar-duo-session';
export const challengeCookie = '__Host-xsoar-duo-login';
