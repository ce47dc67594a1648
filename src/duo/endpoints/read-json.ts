import type { ApiResponse } from '../request.ts';
import { jsonFault } from './json-fault.ts';

/** A reply's JSON, or what keeps it from being read. */
export type ReadJson = { readonly value: unknown } | { readonly fault: string };

// Some services leave the type out; one that names another type means another thing.
const jsonTypes = /^(?:$|(?:application|text)\/(?:[\w.-]+\+)?json\b)/i;

const parse = (body: string): ReadJson => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { fault: 'it is not JSON' };
  }
  const fault = jsonFault(body);
  return fault === undefined ? { value } : { fault };
};

/** Read a reply as JSON, and only as such JSON as Duo writes. It never throws. */
export const readJson = ({ body, contentType, isUtf8 = true }: ApiResponse): ReadJson => {
  if (body.trim() === '') {
    return { fault: 'it is empty' };
  }
  if (!isUtf8) {
    return { fault: 'it is not UTF-8' };
  }
  if (!jsonTypes.test(contentType.trim())) {
    return { fault: contentType.includes('html') ? 'it is a web page' : 'it is not JSON' };
  }
  return parse(body);
};
