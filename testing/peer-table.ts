import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { LogEntry, SimulatorOptions } from '../src/simulator/index.ts';

const page = fileURLToPath(new URL('../docs/simulator.md', import.meta.url));

const { PEER_TABLE: mode } = process.env;

/** The client of a suite, as the table of docs/simulator.md names it. */
export interface PeerIdentity {
  readonly name: string;
  readonly signature: string;
  readonly version: () => string;
  readonly remark?: string;
}

const everyCall = 8;

const tableOf = (text: string): string[] => {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('| client'));
  const length = lines.slice(start).findIndex((line) => line === '');
  return lines.slice(start + 2, start + length);
};

const cellsOf = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Writes a row, in the place of the one for the same client and signature. */
const writeRow = (row: readonly string[]): void => {
  const text = readFileSync(page, 'utf8');
  const before = tableOf(text);
  const others = before.filter((line) => {
    const [name, , signature] = cellsOf(line);
    return name !== row[0] || signature !== row[2];
  });
  const after = [...others, `| ${row.join(' | ')} |`].sort();
  const header = text.slice(0, text.indexOf('| client'));
  const [titles, rule] = text.slice(header.length).split('\n');
  const rest = text.slice(header.length + [titles, rule, ...before].join('\n').length);
  writeFileSync(page, `${header}${[titles, rule, ...after].join('\n')}${rest}`);
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
    const list = calls.size === everyCall ? 'all eight' : [...calls].sort().join(', ');
    const result = `${passed} of ${all} pass${peer.remark ? `; ${peer.remark}` : ''}`;
    const row = [peer.name, peer.version(), peer.signature, list, result];
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
