/** A value of a log line; undefined ones are left out. */
export type LogValue = string | number | undefined;

/**
 * Writes one event into the log of `--log`: what happened, and its details. Never throws, and returns before the line is on the
 * disk. The text may be from a server; it must hold no secret.
 */
export type Log = (
	level: 'info' | 'warn' | 'error',
	event: string,
	details?: Readonly<Record<string, LogValue>>,
) => void;
