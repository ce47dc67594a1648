/** The environment as it was when the program started. A variable that is empty counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Take a copy of the process's environment. */
export const readEnvironment = (): Environment =>
  Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));

const variables = {
  hostname: 'DUO_HOSTNAME',
  ikey: 'DUO_IKEY',
  skey: 'DUO_SKEY',
  useragent: 'DUO_USERAGENT',
  timeout: 'DUO_TIMEOUT',
  proxy: 'DUO_PROXY',
  insecure: 'DUO_INSECURE',
  ca_file: 'DUO_CA_FILE',
  pinned_keys: 'DUO_PINNED_KEYS',
  client_cert_file: 'DUO_CLIENT_CERT_FILE',
  client_key_file: 'DUO_CLIENT_KEY_FILE',
  signature_version: 'DUO_SIGNATURE_VERSION',
  algorithm: 'DUO_ALGORITHM',
  sign_port: 'DUO_SIGN_PORT',
} as const;

/** The variables that hold an instance's parameters, in the order that help shows them. */
export const parameterVariables: readonly string[] = Object.values(variables);

/** The variable that holds a parameter. */
export const variableOf = (name: string): string | undefined =>
  Object.entries(variables).find(([parameter]) => parameter === name)?.[1];

/** An instance's parameters from the environment. */
export const paramsFromEnvironment = (env: Environment): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(variables)
      .map(([name, variable]) => [name, env[variable]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
