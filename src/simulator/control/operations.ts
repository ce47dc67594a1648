import * as z from 'zod';
import { camelCaseKeys } from '../config/key-case.ts';
import { userChangeSchema } from '../config/schema.ts';
import {
  activationView,
  advanceBody,
  answerBody,
  answerOutcome,
  claimBody,
  clockView,
  deviceChangeBody,
  deviceView,
  exchangeView,
  fault,
  faultsBody,
  logEntryView,
  newDeviceBody,
  newUserBody,
  phoneView,
  transactionView,
  userView,
} from './schemas.ts';
import type { SimulatorControl } from './types.ts';

/** One operation of the control API. The routes and the OpenAPI document come from the same table. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/control`. `:id` is a username, an id or a number. */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  /** `undefined` is answered with 404. */
  readonly run: (control: SimulatorControl, id: string, body: unknown) => unknown;
}

const done = z.object({});

const read = (
  path: string,
  name: string,
  summary: string,
  response: z.ZodType,
  run: (control: SimulatorControl, id: string) => unknown,
): Operation => ({ method: 'GET', path, name, summary, response, run });

const write = <Body extends z.ZodType>(
  method: Operation['method'],
  path: string,
  details: { name: string; summary: string; body: Body; response: z.ZodType },
  run: (control: SimulatorControl, id: string, body: z.output<Body>) => unknown,
): Operation => ({
  method,
  path,
  ...details,
  run: (control, id, body) => run(control, id, details.body.parse(body)),
});

const command = (
  method: 'POST' | 'DELETE',
  path: string,
  details: { name: string; summary: string; response: z.ZodType },
  run: (control: SimulatorControl, id: string) => unknown,
): Operation => ({ method, path, ...details, run });

const users: readonly Operation[] = [
  read('/users', 'listUsers', 'List users and devices', z.array(userView), (control) =>
    control.users(),
  ),
  write(
    'POST',
    '/users',
    { name: 'addUser', summary: 'Add a user', body: newUserBody, response: userView },
    (control, _id, body) => control.addUser(camelCaseKeys(body)),
  ),
  write(
    'PATCH',
    '/users/:id',
    {
      name: 'updateUser',
      summary: 'Change status, habit or groups; status "active" lifts a lockout',
      body: userChangeSchema.meta({ id: 'UserChange' }),
      response: userView,
    },
    (control, id, body) => control.updateUser(id, camelCaseKeys(body)),
  ),
  command(
    'DELETE',
    '/users/:id',
    {
      name: 'removeUser',
      summary: 'Remove a user; pending transactions are denied',
      response: done,
    },
    (control, id) => control.removeUser(id) ?? {},
  ),
  write(
    'POST',
    '/users/:id/devices',
    {
      name: 'addDevice',
      summary: 'Add a device to a user',
      body: newDeviceBody,
      response: deviceView,
    },
    (control, id, body) => control.addDevice(id, camelCaseKeys(body)),
  ),
];

const devices: readonly Operation[] = [
  read(
    '/devices/:id',
    'readPhone',
    'Read the screen of a phone or token',
    phoneView,
    (control, id) => control.phone(id),
  ),
  write(
    'PATCH',
    '/devices/:id',
    {
      name: 'updateDevice',
      summary: 'Turn a phone off or on',
      body: deviceChangeBody.meta({ id: 'DeviceChange' }),
      response: deviceView,
    },
    (control, id, body) => control.updateDevice(id, body),
  ),
  command(
    'DELETE',
    '/devices/:id',
    { name: 'removeDevice', summary: 'Remove a device', response: done },
    (control, id) => control.removeDevice(id) ?? {},
  ),
  command(
    'POST',
    '/devices/:id/next-passcode',
    {
      name: 'nextPasscode',
      summary: 'Advance to the next passcode',
      response: z.object({ passcode: z.string() }),
    },
    (control, id) => ({ passcode: control.nextPasscode(id) }),
  ),
  read(
    '/activations',
    'listActivations',
    'List unclaimed activation codes',
    z.array(activationView),
    (control) => control.activations(),
  ),
  write(
    'POST',
    '/activations',
    {
      name: 'claimActivation',
      summary: 'Add a phone by activation code',
      body: claimBody,
      response: deviceView,
    },
    (control, _id, { code, ...phone }) => control.claim(code, phone),
  ),
];

const transactions: readonly Operation[] = [
  read(
    '/transactions',
    'listTransactions',
    'List pending transactions',
    z.array(transactionView),
    (control) => control.pending(),
  ),
  read(
    '/transactions/:id',
    'readTransaction',
    'Read a transaction',
    transactionView,
    (control, id) => control.transaction(id),
  ),
  write(
    'POST',
    '/transactions/:id/answer',
    {
      name: 'answerTransaction',
      summary: 'Answer a push or a call; "code" is typed for a verified push',
      body: answerBody,
      response: answerOutcome,
    },
    (control, id, { answer, code }) => ({ outcome: control.answer(id, answer, code) }),
  ),
];

const service: readonly Operation[] = [
  read('/faults', 'listFaults', 'List the faults in force', z.array(fault), (control) =>
    control.faults(),
  ),
  write(
    'PUT',
    '/faults',
    {
      name: 'setFaults',
      summary: 'Replace the faults',
      body: faultsBody,
      response: z.array(fault),
    },
    (control, _id, body) => {
      const { faults, seed } = camelCaseKeys(body);
      control.setFaults(faults, seed);
      return control.faults();
    },
  ),
  read(
    '/log',
    'listLog',
    'List the latest requests, oldest first',
    z.array(logEntryView),
    (control) => control.log(),
  ),
  read(
    '/log/:id',
    'readExchange',
    'Read a request and its response, with its signature explained',
    exchangeView,
    (control, id) => control.exchange(Number(id)),
  ),
  read('/clock', 'readClock', 'Read the clock', clockView, (control) => ({ nowMs: control.now() })),
  write(
    'POST',
    '/advance',
    { name: 'advance', summary: 'Advance the clock', body: advanceBody, response: clockView },
    (control, _id, { seconds }) => {
      control.advance(seconds);
      return { nowMs: control.now() };
    },
  ),
  command(
    'POST',
    '/reset',
    { name: 'reset', summary: 'Restore the configuration', response: done },
    (control) => control.reset() ?? {},
  ),
];

/** Every operation, by topic. */
export const operations: readonly Operation[] = [...users, ...devices, ...transactions, ...service];
