// `npm run bench:check -- BEFORE.json AFTER.json`: fails where a ratio got worse beyond the noise of a
// shared machine. Milliseconds and megabytes of two machines say nothing, so only ratios are compared.
import { readFileSync } from 'node:fs';
import { figureOf, isRate, type Measurement, type Results } from './results.ts';

const room = Number(process.env['BENCH_ROOM'] ?? 1.4);

const [beforeFile = '', afterFile = ''] = process.argv.filter((name) => name.endsWith('.json'));

const ratiosOf = (file: string): Map<string, Measurement> => {
  const { measurements } = JSON.parse(readFileSync(file, 'utf8')) as Results;
  const ratios = measurements.filter(({ reference }) => reference !== undefined);
  return new Map(ratios.map((measurement) => [measurement.id, measurement]));
};

const before = ratiosOf(beforeFile);
const after = ratiosOf(afterFile);
const compared = [...before].flatMap(([id, old]) => {
  const now = after.get(id);
  if (now === undefined) {
    return [];
  }
  const [was, is] = [figureOf(old), figureOf(now)];
  const isWorse = isRate(now) ? is * room < was : is > was * room;
  return [{ title: now.title, was, is, isWorse }];
});

for (const { title, was, is, isWorse } of compared) {
  process.stdout.write(
    `${isWorse ? 'worse' : 'ok   '} ${title}: ${was.toFixed(2)} before, ${is.toFixed(2)} now\n`,
  );
}
if (compared.length === 0) {
  throw new Error('The two files have no ratio in common.');
}
if (compared.some(({ isWorse }) => isWorse)) {
  throw new Error(`A ratio is more than ${room} times worse.`);
}
