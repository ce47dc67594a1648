import type { Command } from '../command.ts';
import { duoAuthenticate } from './duo-authenticate.ts';
import { duoAuthenticateStatus } from './duo-authenticate-status.ts';
import { duoCheck } from './duo-check.ts';
import { duoEnroll } from './duo-enroll.ts';
import { duoEnrollStatus } from './duo-enroll-status.ts';
import { duoPing } from './duo-ping.ts';
import { duoPreauth } from './duo-preauth.ts';

const all = [
  duoAuthenticate,
  duoAuthenticateStatus,
  duoCheck,
  duoPreauth,
  duoPing,
  duoEnroll,
  duoEnrollStatus,
];

/** Every command by name, in the order that help shows them. */
export const commands: ReadonlyMap<string, Command> = new Map(
  all.map((command) => [command.name, command]),
);
