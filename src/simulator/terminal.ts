import type { LogEntry } from './core/request-log.ts';
import type { Simulator } from './start-simulator.ts';

/** What a started simulator prints, line by line. The last line is a command to paste. */
export const formatStartup = (simulator: Simulator): string[] => {
  const { url, ikey, skey, caFile, phoneUrl, hostname, isLoopback } = simulator;
  const environment = [
    `DUO_HOSTNAME=${hostname}`,
    `DUO_IKEY=${ikey}`,
    `DUO_SKEY=${skey}`,
    `DUO_CA_FILE=${caFile}`,
  ].join(' ');
  const warning = isLoopback
    ? []
    : [
        'WARNING: other machines can reach this simulator. It is a test tool: do not leave it open.',
      ];
  return [
    `Duo simulator (not the Duo service) listens on ${url}`,
    ...warning,
    '',
    `  integration key  ${ikey}`,
    `  secret key       ${skey}`,
    `  CA file          ${caFile}`,
    `  phone            ${phoneUrl}`,
    '',
    'Try it from another terminal:',
    `  ${environment} xsoar-duo exec '!duo-preauth username=alice'`,
    '',
  ];
};

const dash = '–';
const methodWidth = 4;
const pathWidth = 22;
const userWidth = 12;
const signatureWidth = 9;

/** A request in one line: time, method, path, user, signature, status, outcome, duration. */
export const formatRequest = (entry: LogEntry): string => {
  const faults = entry.faults.length > 0 ? `  [${entry.faults.join(', ')}]` : '';
  return [
    entry.time.slice(11, 19),
    entry.method.padEnd(methodWidth),
    entry.path.padEnd(pathWidth),
    (entry.username ?? dash).padEnd(userWidth),
    (entry.signature ?? dash).padEnd(signatureWidth),
    String(entry.status || dash).padEnd(3),
    `${entry.outcome}  ${Math.round(entry.durationMs)} ms${faults}`,
  ].join('  ');
};
