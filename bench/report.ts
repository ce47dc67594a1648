// Writes docs/benchmarks.md between its marks, and its charts, from a result file.
// `node scripts/run.js bench/report.ts [bench/results/FILE.json]`
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { BarChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { figureOf, isMet, type Measurement, median, type Results } from './results.ts';

const document = 'docs/benchmarks.md';
const charts = 'docs/images/bench';
const [start, end] = ['<!-- bench: written by bench/report.ts -->', '<!-- /bench -->'];

use([BarChart, GridComponent, TitleComponent, SVGRenderer]);

const digits = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2);

const draw = ({ title, unit, contestants, ours }: Measurement): string => {
  const bars = contestants.map(({ name, samples }) => ({ name, value: median(samples) })).reverse();
  const chart = init(undefined, undefined, {
    renderer: 'svg',
    ssr: true,
    width: 720,
    height: 64 + bars.length * 30,
  });
  chart.setOption({
    animation: false,
    // A panel of its own, so that it reads on a dark page too.
    backgroundColor: '#ffffff',
    title: { text: `${title} (${unit})`, left: 12, top: 8, textStyle: { fontSize: 14 } },
    grid: { left: 250, right: 72, top: 44, bottom: 8 },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: '#333333', width: 235, overflow: 'truncate' },
    },
    series: {
      type: 'bar',
      barWidth: 18,
      data: bars.map(({ name, value }) => ({
        value: Number(value.toPrecision(3)),
        itemStyle: { color: name === ours ? '#2563eb' : '#9ca3af' },
      })),
      label: {
        show: true,
        position: 'right',
        color: '#333333',
        formatter: ({ value }: { value?: unknown }) => digits(Number(value)),
      },
    },
  });
  const text = chart.renderToSVGString();
  // It would keep the process.
  chart.dispose();
  return text;
};

const targetRow = (measurement: Measurement): string => {
  const { title, unit, reference, target } = measurement;
  const [suffix, figure] =
    reference === undefined
      ? [` ${unit}`, digits(figureOf(measurement))]
      : [` x ${reference}`, figureOf(measurement).toFixed(2)];
  const result = isMet(measurement) ? 'met' : '**missed**';
  return `| ${title} | ${target}${suffix} | ${figure} | ${result} |`;
};

const contestantRows = ({ contestants, unit }: Measurement): string[] =>
  contestants.map(({ name, runtime = '', samples }) => {
    const [least, most] = [Math.min(...samples), Math.max(...samples)];
    return `| ${name} | ${runtime} | ${digits(median(samples))} ${unit} | ${digits(least)} to ${digits(most)} |`;
  });

const section = (measurement: Measurement): string[] => [
  `### ${measurement.title}`,
  '',
  ...(measurement.contestants.length > 1
    ? [`![${measurement.title}](images/bench/${measurement.id}.svg)`, '']
    : []),
  '| | runs on | median | least to most |',
  '| --- | --- | --- | --- |',
  ...contestantRows(measurement),
  '',
];

const [file = 'bench/results/2026-11-24.json'] = process.argv.filter((name) =>
  name.endsWith('.json'),
);
const results = JSON.parse(readFileSync(file, 'utf8')) as Results;
const { machine, measurements, notMeasured } = results;

mkdirSync(charts, { recursive: true });
for (const measurement of measurements) {
  if (measurement.contestants.length > 1) {
    writeFileSync(`${charts}/${measurement.id}.svg`, draw(measurement));
  }
}

const text = [
  `Measured on ${results.measuredAt.slice(0, 10)}, commit ${results.commit}: ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}.`,
  '',
  '| what | target | figure | |',
  '| --- | --- | --- | --- |',
  ...measurements.map(targetRow),
  ...notMeasured.map(({ name, reason }) => `| ${name} | | | not measured: ${reason} |`),
  '',
  ...measurements.flatMap(section),
].join('\n');

const page = readFileSync(document, 'utf8');
const [before, after] = [page.split(start)[0] ?? '', page.split(end)[1]];
if (after === undefined) {
  throw new Error(`${document} has no marks for the report.`);
}
writeFileSync(document, `${before}${start}\n\n${text}\n${end}${after}`);
// The tables' columns, as the linter wants them.
execFileSync('npx', ['biome', 'format', '--write', document]);
process.stdout.write(`${document}\n`);
