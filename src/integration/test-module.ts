import { allowedSkewSeconds, compareWithDuo, measureSkew } from '../duo/clock.ts';
import {
  checkRequest,
  parseCheckResponse,
  parsePingResponse,
  pingRequest,
} from '../duo/endpoints/ping.ts';
import { DuoApiError } from '../duo/errors/response-errors.ts';
import { done, type Plan } from '../duo/plan.ts';
import type { ApiResponse } from '../duo/request.ts';

// Duo names a wrong date in two ways, and a wrong date also spoils the signature.
const clockCodes = [40103, 40104, 40105];

const withClockAdvice = (error: DuoApiError, offsetSeconds: number): DuoApiError => {
  const isOff = Math.abs(offsetSeconds) > allowedSkewSeconds;
  return isOff && clockCodes.includes(error.duoCode)
    ? new DuoApiError(
        error,
        `This machine's clock is ${compareWithDuo(offsetSeconds)}, which allows ${allowedSkewSeconds} s: set the clock.`,
      )
    : error;
};

const readCheck = (response: ApiResponse, offsetSeconds: number): Plan<'ok'> => {
  try {
    parseCheckResponse(response);
    return done('ok');
  } catch (error) {
    throw error instanceof DuoApiError ? withClockAdvice(error, offsetSeconds) : error;
  }
};

/**
 * The Test button: ping for host, network and clock, then check for the keys and the application's
 * type. It fails with a {@link DuoError} whose message and advice say what is wrong and what to do.
 */
export const testModule = (): Plan<'ok'> => ({
  send: pingRequest(),
  next: (response) => {
    const offsetSeconds = measureSkew(parsePingResponse(response).time, response);
    return { send: checkRequest(), next: (checked) => readCheck(checked, offsetSeconds) };
  },
});
