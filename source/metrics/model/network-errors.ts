import type {Usage} from './row.ts';

/** Packets a second with an error, both ways; unknown where neither way is known. */
export function networkErrorsOf({
	rxErrorsPerSecond: received,
	txErrorsPerSecond: sent,
}: Pick<Usage, 'rxErrorsPerSecond' | 'txErrorsPerSecond'>): number | undefined {
	return received === undefined && sent === undefined ? undefined : (received ?? 0) + (sent ?? 0);
}
