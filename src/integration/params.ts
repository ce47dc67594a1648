import * as z from 'zod/mini';
import { BadParameterError, type Fault } from '../duo/errors/input-errors.ts';
import { version } from '../duo/version.ts';
import { booleanSchema, isGiven, trimText, wholeNumberSchema } from './coerce.ts';
import { readCredentials } from './credentials.ts';
import { hostnameSchema, isExpectedHost } from './hostname.ts';
import { pinnedKeysSchema } from './pinned-keys-schema.ts';
import { rulesOf } from './rules-of.ts';
import { Secret } from './secret.ts';

/** An instance's parameters, read and checked. Frozen, and free of secrets when shown. */
export interface Settings {
  /** Lower-case host name of the Duo account; a port may follow for tests. */
  readonly hostname: string;
  /** Integration key. */
  readonly ikey: string;
  /** Secret key. */
  readonly skey: Secret;
  readonly useragent: string;
  /** How long to wait for an ordinary reply. Calls that Duo holds open wait longer. */
  readonly timeoutSeconds: number;
  /** Use the system's proxy settings. */
  readonly proxy: boolean;
  /** Trust any certificate. */
  readonly insecure: boolean;
  /** A file of certificate authorities to trust besides the platform's. Outside XSOAR only. */
  readonly caFile: string | undefined;
  /** SHA-256 of public keys, in base64: one of them must be in Duo's chain. None: any trusted chain. */
  readonly pinnedKeys: readonly string[];
  /** A client certificate in PEM, where a proxy on the way wants one, and its key. */
  readonly clientCertFile: string | undefined;
  readonly clientKeyFile: string | undefined;
  /** The login gateway asks for Duo. */
  readonly use2fa: boolean;
  /** The login gateway asks for a further password after Duo. */
  readonly requirePassword: boolean;
}

/** Settings, and what looks wrong about them without being a fault. */
export interface LoadedParams {
  readonly settings: Settings;
  readonly warnings: readonly Fault[];
}

const textOf = (pattern: RegExp, rule: string) =>
  z.string({ error: 'must be text' }).check(z.trim(), z.regex(pattern, { error: rule }));

// A header or a file name on two lines is a bad paste, or an attempt at something worse.
const line = textOf(/^[^\r\n\0]*$/, 'must be one line');
const headerText = textOf(/^[\x20-\x7e]*$/, 'must be plain ASCII text on one line');

const schemas = {
  hostname: hostnameSchema,
  ikey: headerText,
  skey: line,
  useragent: headerText,
  timeout: wholeNumberSchema(1, 300),
  proxy: booleanSchema,
  insecure: booleanSchema,
  ca_file: line,
  pinned_keys: pinnedKeysSchema,
  client_cert_file: line,
  client_key_file: line,
  use_2fa: booleanSchema,
  require_password: booleanSchema,
} satisfies Record<string, z.ZodMiniType>;

type Name = keyof typeof schemas;
type Values = { [K in Name]: z.infer<(typeof schemas)[K]> };

const required: readonly Name[] = ['hostname', 'ikey', 'skey'];

const defaults: Pick<Values, 'useragent' | 'timeout'> = {
  useragent: `xsoar-duo/${version}`,
  timeout: 60,
};

// Every name is given its own check, so that one call finds all faults.
const readEach = (given: Readonly<Record<string, unknown>>): [Partial<Values>, Fault[]] => {
  const values: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const name of Object.keys(schemas) as Name[]) {
    const value = trimText(given[name]);
    if (!isGiven(value)) {
      if (required.includes(name)) {
        faults.push({ name, rule: 'is missing' });
      }
      continue;
    }
    const parsed = z.safeParse(schemas[name] as z.ZodMiniType, value);
    if (parsed.success) {
      values[name] = parsed.data;
    } else {
      faults.push({ name, rule: rulesOf(parsed.error) });
    }
  }
  return [values as Partial<Values>, faults];
};

/** Rules between parameters. */
const conflicts = (values: Partial<Values>): Fault[] => {
  const faults: Fault[] = [];
  if ((values.client_cert_file === undefined) !== (values.client_key_file === undefined)) {
    const [name, other] = values.client_cert_file
      ? ['client_key_file', 'client_cert_file']
      : ['client_cert_file', 'client_key_file'];
    faults.push({ name, rule: `is missing; ${other} needs it` });
  }
  if (values.insecure === true && values.pinned_keys !== undefined) {
    faults.push({ name: 'pinned_keys', rule: 'cannot be checked while insecure is on' });
  }
  return faults;
};

const shapes: readonly { name: 'ikey' | 'skey'; shape: RegExp; rule: string }[] = [
  {
    name: 'ikey',
    shape: /^DI[A-Z0-9]{18}$/,
    rule: "does not look like Duo's: DI and 18 capital letters and digits",
  },
  {
    name: 'skey',
    shape: /^[A-Za-z0-9]{40}$/,
    rule: "does not look like Duo's: 40 letters and digits",
  },
];

const warn = (values: Values): Fault[] => {
  const warnings: Fault[] = shapes
    .filter(({ name, shape }) => !shape.test(values[name]))
    .map(({ name, rule }) => ({ name, rule }));
  if (!isExpectedHost(values.hostname)) {
    warnings.push({
      name: 'hostname',
      rule: 'does not end in duosecurity.com or duofederal.com',
    });
  }
  if (values.insecure) {
    warnings.push({ name: 'insecure', rule: 'is on: any certificate is trusted' });
  }
  return warnings;
};

/**
 * Read an instance's parameters as XSOAR hands them over: `hostname`, `credentials`
 * (`{identifier, password}`) or `ikey` and `skey`, `useragent`, `timeout` in seconds, `proxy`,
 * `insecure`, `use_2fa`, `require_password`; outside XSOAR also `ca_file`, `pinned_keys`,
 * `client_cert_file` and `client_key_file`. Unknown names are ignored.
 *
 * @throws {@link BadParameterError} with every fault at once, by name, never by value.
 */
export const loadParams = (params: Readonly<Record<string, unknown>>): LoadedParams => {
  const [found, broken] = readEach({ ...params, ...readCredentials(params) });
  const faults = [...broken, ...conflicts(found)];
  if (faults.length > 0) {
    throw new BadParameterError(faults);
  }
  const values = { ...defaults, ...found } as Values;
  const settings: Settings = Object.freeze({
    hostname: values.hostname,
    ikey: values.ikey,
    skey: new Secret(values.skey),
    useragent: values.useragent,
    timeoutSeconds: values.timeout,
    proxy: values.proxy === true,
    insecure: values.insecure === true,
    caFile: values.ca_file,
    pinnedKeys: values.pinned_keys ?? [],
    clientCertFile: values.client_cert_file,
    clientKeyFile: values.client_key_file,
    use2fa: values.use_2fa === true,
    requirePassword: values.require_password === true,
  });
  return { settings, warnings: warn(values) };
};
