import * as z from 'zod';
import { createXsoarHttp } from '../first-factor/xsoar.ts';
import type { SecondFactorSettings, SwitchSource } from '../settings/settings.ts';
import type { Switches } from './rules.ts';

/** The switches as they stand, and how they are kept up to date. */
export interface SwitchReader {
  readonly current: () => Switches;
  /** Read once; rejects when it fails. */
  readonly refresh: () => Promise<void>;
  readonly close: () => void;
}

const brands = ['duo', 'duoauthapi'];

const responseSchema = z.looseObject({
  instances: z.array(
    z.looseObject({
      name: z.string(),
      brand: z.string(),
      enabled: z.union([z.string(), z.boolean()]).optional(),
      data: z
        .array(z.looseObject({ name: z.string(), value: z.unknown() }))
        .nullish()
        .transform((data) => data ?? []),
    }),
  ),
});

type Instance = z.infer<typeof responseSchema>['instances'][number];

const isOn = (value: unknown): boolean => value === true || value === 'true';

// As XSOAR writes a box: anything else is a response that this version does not understand.
const isBox = (value: unknown): boolean => isOn(value) || value === false || value === 'false';

const pickInstance = (instances: readonly Instance[], wanted: string | undefined): Instance => {
  const ours = instances.filter(
    ({ name, brand, enabled }) =>
      brands.includes(brand.toLowerCase().replaceAll(' ', '')) &&
      isOn(enabled) &&
      (wanted === undefined || name === wanted),
  );
  const [instance] = ours;
  if (instance === undefined || ours.length > 1) {
    const what = wanted === undefined ? 'of a Duo integration' : `with the name ${wanted}`;
    throw new Error(
      `XSOAR has ${ours.length} enabled instances ${what}; there must be exactly one.`,
    );
  }
  return instance;
};

/** What was read, and which switches could not be. */
export interface ReadSwitches {
  readonly switches: Switches;
  readonly unreadable: readonly string[];
}

/** Read the switches from XSOAR's response. One that is missing or of another type stays as it is known. */
export const readSwitches = (
  response: unknown,
  wanted: string | undefined,
  known: Switches,
): ReadSwitches => {
  const parsed = responseSchema.safeParse(response);
  if (!parsed.success) {
    throw new Error('XSOAR answered the search for its instances with a body of another shape.');
  }
  const { data } = pickInstance(parsed.data.instances, wanted);
  const unreadable: string[] = [];
  const read = (name: string, before: boolean): boolean => {
    const value = data.find((one) => one.name === name)?.value;
    if (isBox(value)) {
      return isOn(value);
    }
    unreadable.push(name);
    return before;
  };
  const switches = {
    use2fa: read('use_2fa', known.use2fa),
    requirePassword: read('require_password', known.requirePassword),
  };
  return { switches, unreadable };
};

/** Called by the reader. */
export interface SwitchListener {
  readonly onChange: (switches: Switches) => void;
  readonly onFailure: (message: string) => void;
}

const fromXsoar = (
  source: Extract<SwitchSource, { from: 'xsoar' }>,
  listener: SwitchListener,
): SwitchReader => {
  const http = createXsoarHttp(source.server);
  // Until XSOAR has answered, Duo is on: a failed request must not switch the second factor off.
  let switches: Switches = { use2fa: true, requirePassword: false };

  const refresh = async (): Promise<void> => {
    // axios' error holds the API key, so only its code goes on.
    const response = await http
      .post(
        '/settings/integration/search',
        { size: 1000 },
        { headers: { Authorization: source.apiKey, Accept: 'application/json' } },
      )
      .catch((error: { code?: string }) => {
        throw new Error(`XSOAR cannot be reached (${error.code ?? 'unknown'}).`);
      });
    if (response.status !== 200) {
      throw new Error(`XSOAR answered ${response.status} to the search for its instances.`);
    }
    const { switches: read, unreadable } = readSwitches(response.data, source.instance, switches);
    if (read.use2fa !== switches.use2fa || read.requirePassword !== switches.requirePassword) {
      listener.onChange(read);
    }
    switches = read;
    if (unreadable.length > 0) {
      throw new Error(`XSOAR gave no usable value of ${unreadable.join(' and ')}.`);
    }
  };

  const timer = setInterval(() => {
    refresh().catch((error: Error) => listener.onFailure(error.message));
  }, source.refreshMs);
  timer.unref();
  return { current: () => switches, refresh, close: () => clearInterval(timer) };
};

/** The switches, from the settings file or from the instance in XSOAR. */
export const createSwitchReader = (
  source: SwitchSource,
  { use2fa, requirePassword }: SecondFactorSettings,
  listener: SwitchListener,
): SwitchReader =>
  source.from === 'xsoar'
    ? fromXsoar(source, listener)
    : {
        current: () => ({ use2fa, requirePassword }),
        refresh: async () => undefined,
        close: () => undefined,
      };
