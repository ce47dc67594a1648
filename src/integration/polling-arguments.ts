import { flag, type Values, wholeNumber } from './argument.ts';
import type { Poll } from './result.ts';

/** The arguments of a command that can wait for the user. */
export const pollingArguments = {
  polling: flag('Wait for the answer of the user, without holding up the server.'),
  interval_in_seconds: wholeNumber('How often the platform asks again, in seconds.', {
    least: 1,
    most: 600,
    defaultValue: 10,
  }),
  timeout_in_seconds: wholeNumber('How long to wait for the user, in seconds.', {
    least: 1,
    most: 3600,
    defaultValue: 90,
  }),
};

type PollingValues = Values<typeof pollingArguments>;

/** Let the platform run `duo-authenticate-status` again for this transaction. */
export const pollStatus = (txid: string, values: PollingValues): Poll => ({
  command: 'duo-authenticate-status',
  args: {
    txid,
    polling: 'true',
    interval_in_seconds: String(values.interval_in_seconds),
    timeout_in_seconds: String(values.timeout_in_seconds),
  },
  intervalSeconds: values.interval_in_seconds,
  timeoutSeconds: values.timeout_in_seconds,
});
