import * as z from 'zod';
import { createXsoarHttp } from '../first-factor/xsoar.ts';
import type { SecondFactorSettings, SwitchSource } from '../settings/types.ts';
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

const pickInstance = (instances: readonly Instance[], wanted: string | undefined): Instance => {
  const ours = instances.filter(
    ({ name, brand, enabled }) =>
      brands.includes(brand.toLowerCase().replaceAll(' ', '')) &&
      isOn(enabled) &&
      (wanted === undefined || name === wanted),
  );
  const [instance] = ours;
  if (instance === undefined || ours.length > 1) {
    const what = wanted === undefined ? 'a Duo integration' : `the name ${wanted}`;
    throw new Error(`XSOAR has ${ours.length} enabled instances of ${what}; it must be one.`);
  }
  return instance;
};

/** Read the switches from XSOAR's reply. A switch that is not there is off, as it is in its screen. */
export const readSwitches = (reply: unknown, wanted: string | undefined): Switches => {
  const { data } = pickInstance(responseSchema.parse(reply).instances, wanted);
  const switchNamed = (name: string): unknown => data.find((one) => one.name === name)?.value;
  return {
    use2fa: isOn(switchNamed('use_2fa')),
    requirePassword: isOn(switchNamed('require_password')),
  };
};

/** What the reader tells about itself. */
export interface SwitchListener {
  readonly onChange: (switches: Switches) => void;
  readonly onFailure: (message: string) => void;
}

const fromXsoar = (
  source: Extract<SwitchSource, { from: 'xsoar' }>,
  listener: SwitchListener,
): SwitchReader => {
  const http = createXsoarHttp(source.server);
  // Until XSOAR has been asked, Duo is on: what cannot be read must not open the door.
  let switches: Switches = { use2fa: true, requirePassword: false };

  const refresh = async (): Promise<void> => {
    // axios' error holds the API key, so only its code travels on.
    const reply = await http
      .post(
        '/settings/integration/search',
        { size: 1000 },
        { headers: { Authorization: source.apiKey, Accept: 'application/json' } },
      )
      .catch((error: { code?: string }) => {
        throw new Error(`XSOAR cannot be reached (${error.code ?? 'unknown'}).`);
      });
    if (reply.status !== 200) {
      throw new Error(`XSOAR answered ${reply.status} to the search for its instances.`);
    }
    const read = readSwitches(reply.data, source.instance);
    if (read.use2fa !== switches.use2fa || read.requirePassword !== switches.requirePassword) {
      listener.onChange(read);
    }
    switches = read;
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
