import * as z from 'zod/mini';
import type { ApiResponse } from '../request.ts';
import { readJson } from './read-json.ts';

const schema = z.looseObject({ stat: z.literal('FAIL'), code: z.int() });

/** Duo's code for a refusal, before anybody reads the reply in full; `undefined` for anything else. */
export const refusalCode = (reply: ApiResponse): number | undefined => {
  const json = readJson(reply);
  return 'value' in json ? schema.safeParse(json.value).data?.code : undefined;
};
