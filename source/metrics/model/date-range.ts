/** A `Date` holds Unix times of up to this many milliseconds, before and after 1970 (ECMA-262, time values). */
export const LATEST_DATE_MS = 8.64e15;
