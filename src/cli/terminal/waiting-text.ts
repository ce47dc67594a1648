import type { Progress } from '../../duo/plan.ts';
import { sanitizeText } from '../../duo/text.ts';
import type { Values } from '../context/values.ts';

const isTrue = (value: unknown): boolean => ['true', 'yes'].includes(String(value).toLowerCase());

/** Does the command wait for a person, who has to find a phone first? */
const awaitsPerson = (command: string, args: Values): boolean =>
  command === 'duo-authenticate-status' ||
  (command === 'duo-authenticate' && (isTrue(args['polling']) || !isTrue(args['async'])));

/** What a command is waiting for, before anything is heard of it. */
export const waitingText = (command: string, args: Values): string => {
  if (!awaitsPerson(command, args)) {
    return 'Asking Duo…';
  }
  const who = args['username'] ?? args['userID'] ?? args['user_id'];
  return who === undefined
    ? 'Waiting for the answer…'
    : `Waiting for ${sanitizeText(String(who))}'s answer…`;
};

/** What Duo said last about a transaction. */
export const progressText = ({ status, statusMessage }: Progress): string =>
  statusMessage === '' ? `${status}…` : statusMessage;

/** The line that shows while a command runs: what is awaited, and for how long. */
export const withElapsed = (text: string, sinceMs: number, nowMs: number): string =>
  `${text} ${Math.max(0, Math.floor((nowMs - sinceMs) / 1000))} s`;
