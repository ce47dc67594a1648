import { unknownNames } from '../duo/closest.ts';
import {
  type ConnectionOptions,
  connectionOptionNames,
  type GivenOptions,
  type LoadedSettings,
  parseConnectionSettings,
} from '../duo/connection-settings.ts';
import { digitsToNumber, isGiven, wordToBoolean } from './coerce.ts';

type Params = Readonly<Record<string, unknown>>;

/** An option as XSOAR, settings files and the environment spell it: `caFile` is `ca_file`. */
const paramOf = (option: string): string =>
  option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

// What XSOAR and the environment hold as text. Anything else is left to be found faulty.
const readers: Partial<Record<keyof ConnectionOptions, (value: unknown) => unknown>> = {
  timeout: digitsToNumber,
  proxy: wordToBoolean,
  insecure: wordToBoolean,
  pinnedKeys: (value) =>
    typeof value === 'string' ? value.split(/[\s,]+/).filter((pin) => pin !== '') : value,
  signatureVersion: digitsToNumber,
  signPort: wordToBoolean,
};

const fieldsOf = (value: unknown): Params =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const firstGiven = (...values: unknown[]): unknown => values.find(isGiven);

/**
 * The two keys from XSOAR's `credentials` parameter, else from `ikey` and `skey`. With a vault the
 * real values are one level deeper, and the platform copies them up or leaves that to the script.
 */
const readKeys = ({ credentials, ikey, skey }: Params) => {
  const typed = fieldsOf(credentials);
  const vault = fieldsOf(typed['credentials']);
  return {
    ikey: firstGiven(typed['identifier'], vault['user'], ikey),
    skey: firstGiven(typed['password'], vault['password'], skey),
  };
};

const toOptions = (params: Params): GivenOptions => {
  const options: Record<string, unknown> = {};
  for (const name of connectionOptionNames) {
    const value = params[paramOf(name)];
    // An empty field is null or '' and means the default; a reader would make something of it.
    if (isGiven(value)) {
      options[name] = readers[name]?.(value) ?? value;
    }
  }
  return { ...options, ...readKeys(params) };
};

// The login gateway reads the first two from the same instance. The rest are what XSOAR keeps beside
// an instance's own parameters, in a copy that somebody exported.
const otherParams = [
  'use_2fa',
  'require_password',
  'name',
  'brand',
  'category',
  'enabled',
  'engine',
  'engineGroup',
  'engineId',
  'defaultIgnore',
  'integrationLogLevel',
  'integrationReliability',
  'isFetch',
  'isFetchEvents',
  'incidentType',
  'incidentFetchInterval',
  'eventFetchInterval',
  'mappingId',
  'incomingMapperId',
  'outgoingMapperId',
  'longRunning',
  'longRunningId',
];

const knownParams = [...connectionOptionNames.map(paramOf), 'credentials', ...otherParams];

/** How strictly parameters are read. */
export interface LoadOptions {
  /**
   * What to do with parameters that the integration does not know. They are refused by default, so
   * that a typing error does not turn a setting off; a platform that adds its own wants `ignore`.
   */
  readonly unknownParameters?: 'refuse' | 'ignore';
}

/**
 * Read an instance's parameters as XSOAR hands them over: `hostname`, `credentials`
 * (`{identifier, password}`) or `ikey` and `skey`, `useragent`, `timeout` in seconds, `proxy` and
 * `insecure`; outside XSOAR also `ca_file`, `pinned_keys`, `client_cert_file`, `client_key_file`,
 * `signature_version`, `algorithm` and `sign_port`.
 *
 * @throws {@link BadParameterError} with every fault at once, by name, never by value.
 */
export const loadParams = (params: Params, options: LoadOptions = {}): LoadedSettings =>
  parseConnectionSettings(toOptions(params), {
    nameOf: paramOf,
    otherFaults:
      options.unknownParameters === 'ignore'
        ? []
        : unknownNames(Object.keys(params), knownParams, 'is not a parameter'),
  });
