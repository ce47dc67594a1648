import type { ApiResponse } from '../request.ts';

/**
 * What a reply's headers tell about delivering: when to come back, and what time it is at Duo.
 *
 * @param headerOf a header's value by its lower-case name; empty or `undefined` when it is absent.
 */
export const readDeliveryHeaders = (
  headerOf: (name: string) => string | undefined,
): Pick<ApiResponse, 'retryAfter' | 'dateMs'> => {
  const dateMs = Date.parse(headerOf('date') ?? '');
  const retryAfter = headerOf('retry-after') || headerOf('x-retry-after');
  return { ...(!Number.isNaN(dateMs) && { dateMs }), ...(retryAfter && { retryAfter }) };
};
