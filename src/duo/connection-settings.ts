import * as z from 'zod/mini';
import { BadParameterError, type Fault } from './errors/input-errors.ts';
import type { ApiRequest } from './request.ts';
import { Secret } from './secret.ts';
import type { HashAlgorithm } from './sign-request.ts';
import { version } from './version.ts';

/** Where Duo is, which keys to use, and how to reach it. An empty value counts as not given. */
export interface ConnectionOptions {
  /** The API hostname of the Auth API application: a bare name, `host:port` or a pasted https URL. */
  readonly hostname: string;
  /** Integration key. */
  readonly ikey: string;
  /** Secret key. */
  readonly skey: string;
  /** `xsoar-duo/<version>` by default. */
  readonly useragent?: string | undefined;
  /** For ordinary calls, in seconds; 60 by default. Calls that Duo holds open get at least 75. */
  readonly timeout?: number | undefined;
  /** Use HTTPS_PROXY and NO_PROXY; off by default. */
  readonly proxy?: boolean | undefined;
  /** Accept any certificate; off by default. */
  readonly insecure?: boolean | undefined;
  /** Path of a PEM file: certificate authorities to accept besides the platform's. */
  readonly caFile?: string | undefined;
  /** SHA-256 of public keys in base64, one of which must be in Duo's chain. None by default. */
  readonly pinnedKeys?: readonly string[] | undefined;
  /** Path of a PEM file: a client certificate, where a proxy on the way wants one. */
  readonly clientCertFile?: string | undefined;
  /** Path of a PEM file: the private key of `clientCertFile`. Each needs the other. */
  readonly clientKeyFile?: string | undefined;
  /** 2 by default; 5 signs the body as well. */
  readonly signatureVersion?: 2 | 5 | undefined;
  /** `sha512` by default; `sha1` with version 2 only. */
  readonly algorithm?: HashAlgorithm | undefined;
  /** Sign the host with its port, as some test servers want it; Duo signs the name alone. */
  readonly signPort?: boolean | undefined;
}

/** A connection's settings, checked. Frozen, and free of secrets when shown. */
export interface ConnectionSettings {
  /** Lower-case host name of the Duo account; a port may follow for tests. */
  readonly hostname: string;
  readonly ikey: string;
  readonly skey: Secret;
  readonly useragent: string;
  readonly timeoutSeconds: number;
  readonly proxy: boolean;
  readonly insecure: boolean;
  readonly caFile: string | undefined;
  /** SHA-256 of public keys in base64. With none, any chain that is valid will do. */
  readonly pinnedKeys: readonly string[];
  readonly clientCertFile: string | undefined;
  readonly clientKeyFile: string | undefined;
  readonly signatureVersion: 2 | 5;
  readonly algorithm: HashAlgorithm;
  readonly signPort: boolean;
}

/** An option's name as the caller spells it. */
export type NameOf = (option: keyof ConnectionOptions) => string;

/** Settings, and what looks wrong about them without being a fault. */
export interface LoadedSettings {
  readonly settings: ConnectionSettings;
  readonly warnings: readonly Fault[];
  /** Spells an option as the caller does. */
  readonly nameOf: NameOf;
}

const host = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const port = /^[1-9]\d{0,4}$/;

/** What is left of a pasted address. */
const stripAddress = (text: string): string =>
  text
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase();

const isHostAndPort = (text: string): boolean => {
  const [name = '', digits, more] = text.split(':');
  const portIsRight = digits === undefined || (port.test(digits) && Number(digits) <= 65_535);
  return host.test(name) && portIsRight && more === undefined;
};

// The first that holds says best what is wrong.
const hostnameRules: readonly (readonly [(text: string) => boolean, string])[] = [
  [(text) => text.startsWith('http://'), 'must be reached over https'],
  [(text) => text === '', 'is missing'],
  [(text) => /\s/.test(text), 'must not contain spaces'],
  [(text) => text.includes('@'), 'must not contain user information'],
  [(text) => /[/?#]/.test(text), 'must be a host name alone, without a path'],
  [(text) => !isHostAndPort(text), 'must look like api-XXXXXXXX.duosecurity.com'],
];

const text = z.string({
  error: ({ input }) => (input === undefined ? 'is missing' : 'must be text'),
});

const hostname = z.pipe(text.check(z.trim()), z.transform(stripAddress)).check(
  z.check(({ value, issues }) => {
    const fault = hostnameRules.find(([holds]) => holds(value));
    if (fault !== undefined) {
      issues.push({ code: 'custom', message: fault[1], input: value });
    }
  }),
);

const textLike = (pattern: RegExp, error: string) =>
  text.check(z.trim(), z.regex(pattern, { error }));

// A header or a file name on two lines is a bad paste, or an attempt at something worse.
const line = textLike(/^[^\r\n\0]*$/, 'must be one line');
const headerText = textLike(/^[\x20-\x7e]*$/, 'must be plain ASCII text on one line');

const flag = z._default(z.boolean({ error: 'must be true or false' }), false);

const timeoutRule = { error: 'must be a whole number from 1 to 300' };
const pinRule = { error: 'must be SHA-256 hashes of public keys in base64' };

// 32 bytes in base64, as `openssl dgst -sha256 -binary | base64` prints them; a common prefix may stay.
const pin = z.pipe(
  z.string(pinRule).check(z.regex(/^(?:sha256\/)?[A-Za-z0-9+/]{43}=$/, pinRule)),
  z.transform((text) => text.replace(/^sha256\//, '')),
);

const schema = z.object({
  hostname,
  ikey: headerText,
  skey: line,
  useragent: z._default(headerText, `xsoar-duo/${version}`),
  timeout: z._default(z.int(timeoutRule).check(z.gte(1, timeoutRule), z.lte(300, timeoutRule)), 60),
  proxy: flag,
  insecure: flag,
  caFile: z.optional(line),
  pinnedKeys: z._default(z.array(pin, pinRule).check(z.minLength(1, pinRule)), []),
  clientCertFile: z.optional(line),
  clientKeyFile: z.optional(line),
  signatureVersion: z._default(z.literal([2, 5], { error: 'must be 2 or 5' }), 2),
  algorithm: z._default(
    z.literal(['sha512', 'sha1'], { error: 'must be sha512 or sha1' }),
    'sha512',
  ),
  signPort: flag,
} satisfies Record<keyof ConnectionOptions, z.ZodMiniType>);

type Checked = z.infer<typeof schema>;

/** The names of {@link ConnectionOptions}. */
export const connectionOptionNames = Object.keys(schema.shape) as readonly (keyof Checked)[];

/** Options as a caller gave them, before anything is known of their types. */
export type GivenOptions = Partial<Readonly<Record<keyof ConnectionOptions, unknown>>>;

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const withoutEmpty = (options: GivenOptions): GivenOptions => {
  const given: Record<string, unknown> = {};
  for (const [option, value] of Object.entries(options)) {
    if (!isEmpty(value)) {
      given[option] = value;
    }
  }
  return given;
};

/** One fault for each option, however many rules it broke. */
const toFaults = ({ issues }: z.core.$ZodError, nameOf: NameOf): Fault[] => {
  const rules = new Map<keyof Checked, Set<string>>();
  for (const { path, message } of issues) {
    const option = path[0] as keyof Checked;
    rules.set(option, (rules.get(option) ?? new Set()).add(message));
  }
  return [...rules].map(([option, broken]) => ({
    name: nameOf(option),
    rule: [...broken].join(', '),
  }));
};

const certificateFiles = [
  ['clientCertFile', 'clientKeyFile'],
  ['clientKeyFile', 'clientCertFile'],
] as const;

/** Rules between options. */
const conflictsOf = (given: GivenOptions, nameOf: NameOf): Fault[] => {
  const faults: Fault[] = [];
  const fault = (option: keyof Checked, rule: string) =>
    void faults.push({ name: nameOf(option), rule });
  for (const [present, absent] of certificateFiles) {
    if (given[present] !== undefined && given[absent] === undefined) {
      fault(absent, `is missing; ${nameOf(present)} needs it`);
    }
  }
  if (given.insecure === true && given.pinnedKeys !== undefined) {
    fault('pinnedKeys', `cannot be checked while ${nameOf('insecure')} is on`);
  }
  if (given.signatureVersion === 5 && given.algorithm === 'sha1') {
    fault('algorithm', `must be sha512 with ${nameOf('signatureVersion')} 5`);
  }
  return faults;
};

const expectedHost = /\.(?:duosecurity|duofederal)\.com$|^(?:localhost|127\.0\.0\.1)(?::\d+)?$/;

// What the keys and the host look like: Duo Auth API, "First Steps". https://duo.com/docs/authapi#first-steps
const warningsFor = (checked: Checked, nameOf: NameOf): Fault[] => {
  const looksWrong: readonly (readonly [keyof Checked, boolean, string])[] = [
    [
      'ikey',
      !/^DI[A-Z0-9]{18}$/.test(checked.ikey),
      "does not look like Duo's: DI and 18 capital letters and digits",
    ],
    [
      'skey',
      !/^[A-Za-z0-9]{40}$/.test(checked.skey),
      "does not look like Duo's: 40 letters and digits",
    ],
    // Duo may add domains, and a test server has a name of its own, so this is no fault.
    [
      'hostname',
      !expectedHost.test(checked.hostname),
      'does not end in duosecurity.com or duofederal.com',
    ],
    ['insecure', checked.insecure, 'is on: any certificate is trusted'],
  ];
  return looksWrong
    .filter(([, applies]) => applies)
    .map(([option, , rule]) => ({ name: nameOf(option), rule }));
};

/** How faults are reported. */
export interface FaultReport {
  /** Spells an option as the caller does; as in {@link ConnectionOptions} by default. */
  readonly nameOf?: NameOf;
  /** What the caller itself found wrong, to be reported with the rest. */
  readonly otherFaults?: readonly Fault[];
}

/**
 * Check a connection's options.
 *
 * @throws {@link BadParameterError} with every fault at once, by name, never by value.
 */
export const parseConnectionSettings = (
  options: GivenOptions,
  { nameOf = (option) => option, otherFaults = [] }: FaultReport = {},
): LoadedSettings => {
  const given = withoutEmpty(options);
  const parsed = schema.safeParse(given);
  const found = [...conflictsOf(given, nameOf), ...otherFaults];
  if (!parsed.success || found.length > 0) {
    const faults = parsed.success ? [] : toFaults(parsed.error, nameOf);
    throw new BadParameterError([...faults, ...found]);
  }
  const { skey, timeout: timeoutSeconds, ...rest } = parsed.data;
  const { caFile, clientCertFile, clientKeyFile } = rest;
  return {
    settings: Object.freeze({
      ...rest,
      skey: new Secret(skey),
      timeoutSeconds,
      caFile,
      clientCertFile,
      clientKeyFile,
    }),
    warnings: warningsFor(parsed.data, nameOf),
    nameOf,
  };
};

// Duo gives a push about a minute and holds the response open for as long. Duo Auth API, "/auth",
// "Response Format": https://duo.com/docs/authapi#/auth
const heldOpenSeconds = 75;

/** How long a host waits for the response to a request, in milliseconds. */
export const timeoutMsOf = (
  request: ApiRequest,
  { timeoutSeconds }: Pick<ConnectionSettings, 'timeoutSeconds'>,
): number => {
  const own = request.holdsOpen ? Math.max(timeoutSeconds, heldOpenSeconds) : timeoutSeconds;
  return Math.ceil(Math.min(own, request.withinSeconds ?? own) * 1000);
};
