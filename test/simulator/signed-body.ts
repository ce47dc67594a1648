import { createHash, createHmac } from 'node:crypto';
import type { Simulator } from '../../src/simulator/index.ts';
import { type CalledReply, send } from './duo-caller.ts';

const sha512 = (text: string): string => createHash('sha512').update(text).digest('hex');

/** Sends a JSON body, whatever it is, under a version 5 signature that fits it. */
export const sendSigned = (
  simulator: Simulator,
  path: string,
  body: string,
  target: string = path,
): Promise<CalledReply> => {
  const date = new Date(simulator.control.now()).toUTCString();
  const text = [date, 'POST', simulator.hostname, path, '', sha512(body), sha512('')].join('\n');
  const signature = createHmac('sha512', simulator.skey).update(text).digest('hex');
  const credentials = Buffer.from(`${simulator.ikey}:${signature}`).toString('base64');
  const headers = {
    authorization: `Basic ${credentials}`,
    date,
    'content-type': 'application/json',
  };
  return send(simulator, 'POST', target, headers, body);
};
