import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { LogEntry, SimulatorOptions } from '../../src/simulator/index.ts';

const page = fileURLToPath(new URL('../../docs/simulator.md', import.meta.url));

const { PEER_TABLE: mode } = process.env;

/** The client of a suite, as the table of docs/simulator.md names it. */
export interface PeerIdentity {
  readonly name: string;
  readonly signature: string;
  readonly version: () => string;
  readonly remark?: string;
}

const everyCall = [
  'ping',
  'check',
  'logo',
  'enroll',
  'enroll_status',
  'preauth',
  'auth',
  'auth_status',
];

/** Which calls were made: of version 2 what is missing, of version 1 what there is. */
const listCalls = (calls: ReadonlySet<string>): string => {
  const missing = everyCall.filter((name) => !calls.has(name));
  if (missing.length > everyCall.length / 2) {
    return [...calls].sort().join(', ');
  }
  return missing.length === 0 ? 'all eight' : `all but ${missing.join(', ')}`;
};

const tableOf = (text: string): string[] => {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('| client'));
  const length = lines.slice(start).indexOf('');
  return lines.slice(start + 2, start + length);
};

const cellsOf = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const titles = ['client', 'version', 'signature', 'calls', 'result'];

/** A table as the formatter leaves it. */
const layOut = (rows: readonly (readonly string[])[]): string => {
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[], fill = ' ') =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width, fill)).join(' | ')} |`;
  return [line(titles), line([], '-'), ...rows.map((row) => line(row)).sort()].join('\n');
};

/** Writes a row, in the place of the one for the same client and signature. */
const writeRow = (row: readonly string[]): void => {
  const text = readFileSync(page, 'utf8');
  const others = tableOf(text)
    .map(cellsOf)
    .filter(([name, , signature]) => name !== row[0] || signature !== row[2]);
  const start = text.indexOf('| client');
  const end = text.indexOf('\n\n', start);
  writeFileSync(page, text.slice(0, start) + layOut([...others, row]) + text.slice(end));
};

/**
 * Keeps count in a suite of what a client called, and compares it with the table of docs/simulator.md at
 * the end, or with PEER_TABLE=write writes it there. Gives the option that a simulator of the suite
 * starts with.
 */
export const keepPeerTable = (peer: PeerIdentity): SimulatorOptions => {
  const calls = new Set<string>();
  let passed = 0;
  let all = 0;

  afterEach(({ task }) => {
    all += 1;
    passed += task.result?.state === 'fail' ? 0 : 1;
  });

  it('is in the table of the documentation, with what it did here', () => {
    const result = `${passed} of ${all} pass${peer.remark ? `; ${peer.remark}` : ''}`;
    const row = [peer.name, peer.version(), peer.signature, listCalls(calls), result];
    if (mode === 'write') {
      writeRow(row);
    }
    // Versions differ from one machine to the next.
    const rows = tableOf(readFileSync(page, 'utf8')).map(cellsOf);
    expect(rows.map((cells) => cells.toSpliced(1, 1))).toContainEqual(row.toSpliced(1, 1));
  });

  return {
    onRequest: ({ path }: LogEntry) => {
      calls.add(path.split('/').at(-1) ?? '');
    },
  };
};
