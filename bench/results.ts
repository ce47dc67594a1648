import { writeFileSync } from 'node:fs';

/** What one contestant needed or managed, round by round. */
export interface Contestant {
  readonly name: string;
  /** What it runs on, such as `node v20.20.2`. */
  readonly runtime?: string;
  readonly samples: readonly number[];
}

/** One line of the table: what is measured, for whom, and what is aimed at. */
export interface Measurement {
  /** Stable: `bench:check` compares by it. */
  readonly id: string;
  readonly title: string;
  readonly unit: 'calls/s' | 'signatures/s' | 'requests/s' | 'ms' | 'MB' | 'KB';
  readonly contestants: readonly Contestant[];
  readonly ours: string;
  /** Whom the ratio compares with; without it, the figure itself is held to the target. */
  readonly reference?: string;
  readonly target: number;
}

export interface NotMeasured {
  readonly name: string;
  readonly reason: string;
}

/** A run, as it is kept in `bench/results/`. */
export interface Results {
  readonly measuredAt: string;
  readonly commit: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly system: string;
    readonly node: string;
  };
  readonly measurements: readonly Measurement[];
  readonly notMeasured: readonly NotMeasured[];
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(
    Math.ceil(middle) - 1,
    Math.floor(middle) + 1,
  );
  return (low + high) / 2;
};

const medianOf = ({ contestants }: Measurement, wanted: string): number =>
  median(contestants.find(({ name }) => name === wanted)?.samples ?? []);

/** Whether a larger figure is the better one. */
export const isRate = ({ unit }: Measurement): boolean => unit.endsWith('/s');

/** What the target is compared with: the ratio to the reference, or the figure itself. */
export const figureOf = (measurement: Measurement): number => {
  const ours = medianOf(measurement, measurement.ours);
  return measurement.reference === undefined
    ? ours
    : ours / medianOf(measurement, measurement.reference);
};

export const isMet = (measurement: Measurement): boolean => {
  const figure = figureOf(measurement);
  return isRate(measurement) ? figure >= measurement.target : figure <= measurement.target;
};

/** Where a benchmark that runs as a program of its own leaves its measurements: the file that BENCH_OUTPUT names. */
export const saveMeasurements = (measurements: readonly Measurement[]): void => {
  const file = process.env['BENCH_OUTPUT'];
  if (file !== undefined) {
    writeFileSync(file, JSON.stringify(measurements));
  }
};
